from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.text.lexicon import NEGATOR_REACH, NEGATORS, find_verdicts, sentiment_lexicon, stripped_lexicon

SYLLABLES = sorted(set(chain.from_iterable(map(str.split, [*sentiment_lexicon(), *stripped_lexicon()]))))
PART = st.sampled_from([*SYLLABLES, *sentiment_lexicon(), *stripped_lexicon(), "không", "chua", "shop"])


@pytest.mark.parametrize(
    ("clause", "polarities"),
    [
        ("giao nhanh", [1]),
        ("giao không nhanh", [-1]),
        ("không chê vào đâu được", [1]),
        ("tạm ổn", [0]),
        ("máy lag pin yếu", [-1, -1]),
        ("mua hôm qua", []),
    ],
)
def test_phrases_are_found_with_their_polarity(clause, polarities):
    assert [polarity for _, _, polarity in find_verdicts(clause.split())] == polarities


def test_phrases_stand_in_the_normal_form_of_a_reading():
    from insight.text.reading import read_text

    changed = {p for p in sentiment_lexicon() if p[0] != "_" and " ".join(read_text(p).forms) != p}
    assert changed == set()


@given(st.lists(PART, max_size=6).map(lambda parts: " ".join(parts).split()))
def test_the_longest_phrase_counts_at_each_place_and_phrases_do_not_overlap(syllables):
    lexicon = stripped_lexicon() if "".join(syllables).isascii() else sentiment_lexicon()
    expected, i = [], 0
    while i < len(syllables):
        ends = [end for end in range(i + 1, len(syllables) + 1) if " ".join(syllables[i:end]) in lexicon]
        if ends:
            phrase = " ".join(syllables[i : ends[-1]])
            is_turned = not NEGATORS.isdisjoint(syllables[max(0, i - NEGATOR_REACH) : i])
            expected.append((i, phrase, -lexicon[phrase] if is_turned else lexicon[phrase]))
        i = ends[-1] if ends else i + 1
    assert find_verdicts(syllables) == expected
