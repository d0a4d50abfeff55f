from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from insight.estimators.lexicon_counts import LexiconCounts
from insight.text.diacritics import strip_diacritics
from insight.text.lexicon import find_verdicts, sentiment_lexicon

WRITTEN = [*sorted(set(chain.from_iterable(map(str.split, sentiment_lexicon())))), "không", "shop", "chưa"]
SYLLABLE = st.sampled_from([*WRITTEN, *map(strip_diacritics, WRITTEN)])
PHRASE = st.sampled_from([*sentiment_lexicon(), *map(strip_diacritics, sentiment_lexicon())])
CLAUSE = st.lists(SYLLABLE | PHRASE | st.just("không"), max_size=8).map(" ".join)


@given(st.lists(CLAUSE | CLAUSE.map(strip_diacritics), min_size=1, max_size=5))
def test_the_phrases_counted_are_those_found_in_each_clause_by_itself(clauses):
    counts = LexiconCounts().transform(clauses).toarray()
    for row, clause in zip(counts, clauses, strict=True):
        polarities = [polarity for _, _, polarity in find_verdicts(clause.split())]
        expected = np.log1p([polarities.count(sign) for sign in (-1, 0, 1)]) * 0.5
        np.testing.assert_array_equal(row[:3], expected)


def test_a_clause_without_a_word_has_no_verdict():
    assert LexiconCounts().transform(["", "tốt"]).toarray()[0, :3].tolist() == [0, 0, 0]
