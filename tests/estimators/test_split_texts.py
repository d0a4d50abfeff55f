import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from insight.estimators.split_texts import split_texts

SPACED = st.text(st.sampled_from(["à", "b", " ", "\n", "\u00a0", "\u3000", "\x1c"]), max_size=12)
PLAIN = st.lists(st.sampled_from(["giao", "hàng", "nhanh", ","]), min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(PLAIN | SPACED, max_size=6) | st.lists(PLAIN, max_size=6)


def syllables_of(split):
    said = iter(split.numbers.tolist())
    return [[split.syllables[next(said)] for _ in range(size)] for size in split.sizes.tolist()]


@given(TEXTS)
def test_texts_are_split_as_python_splits_them(texts):
    split = split_texts(texts)
    expected = [text.split() for text in texts]
    assert syllables_of(split) == expected
    assert split.rows.tolist() == [row for row, said in enumerate(expected) for _ in said]
    assert split.syllables == list(dict.fromkeys(syllable for said in expected for syllable in said))


@given(TEXTS, st.data())
def test_some_of_the_texts_are_what_splitting_them_alone_gives(texts, data):
    rows = np.array([i for i in range(len(texts)) if data.draw(st.booleans())], dtype=np.int64)
    some = split_texts(texts).take(rows)
    assert syllables_of(some) == [texts[i].split() for i in rows]
    assert some.rows.tolist() == [row for row, i in enumerate(rows) for _ in texts[i].split()]
