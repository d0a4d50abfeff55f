from hypothesis import given
from hypothesis import strategies as st

from insight.estimators.runs import RunTable
from insight.estimators.split_texts import split_texts

SYLLABLES = st.sampled_from(["giao", "hàng", "nhanh", "chậm", "x"])
RUN = st.lists(SYLLABLES, min_size=1, max_size=4).map(" ".join)


@given(
    st.lists(RUN, unique=True, max_size=8),
    st.lists(st.lists(SYLLABLES, max_size=9).map(" ".join), max_size=5),
)
def test_every_run_of_the_table_is_found_wherever_it_stands_in_a_text(runs, texts):
    found = {
        (start, run)
        for length in RunTable(runs).find(split_texts(texts))
        for start, run in zip(length.starts.tolist(), length.runs.tolist(), strict=True)
    }
    expected, before = set(), 0
    for syllables in map(str.split, texts):
        for number, run in enumerate(map(str.split, runs)):
            places = range(len(syllables) - len(run) + 1)
            expected |= {(before + i, number) for i in places if syllables[i : i + len(run)] == run}
        before += len(syllables)
    assert found == expected


def test_runs_begin_only_among_the_syllables_asked_for():
    texts = split_texts(["hàng nhanh", "hàng nhanh"])
    found = list(RunTable(["hàng nhanh"]).find(texts, texts.rows == 1))
    assert [length.starts.tolist() for length in found] == [[], [2]]
