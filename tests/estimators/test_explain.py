import numpy as np

from insight.estimators.explain import deciding_words


def test_the_word_that_decides_comes_first(small_model):
    words = deciding_words(
        small_model.mentions, ["giao hàng chậm"], np.zeros(1, dtype=np.int64), 0, "sentiment", "negative"
    )
    assert words[0][0] == "chậm"
    assert {word for word, _ in words} == {"giao", "hàng", "chậm"}
