import pytest

from insight.text.lexicon import find_verdicts, sentiment_lexicon


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
