from hypothesis import given
from hypothesis import strategies as st

from insight.text.clauses import split_clauses
from insight.text.found_clauses import find_clauses
from insight.text.reading import read_text

SIGNS = st.sampled_from([*"aàá đ,.!\n😍𝐕", "a\u0300", " nhưng "])
TEXTS = st.lists(st.lists(SIGNS, max_size=20).map("".join), max_size=4)


@given(TEXTS)
def test_clauses_have_the_raw_spans_and_forms_of_their_pieces(texts):
    readings = list(map(read_text, texts))
    found = find_clauses(readings)
    rows = zip(found.groups.tolist(), found.starts.tolist(), found.ends.tolist(), found.forms, strict=True)
    assert list(rows) == [
        (group, *reading.raw_span(first, last), reading.form(first, last))
        for group, reading in enumerate(readings)
        for first, last, _ in split_clauses(reading)
    ]
