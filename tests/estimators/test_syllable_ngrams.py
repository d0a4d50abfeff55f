import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from insight.estimators.syllable_ngrams import SyllableNgrams

TEXTS = ["giao hàng nhanh", "giao hàng chậm quá", "máy lag lag lag"]
TEXT = st.lists(st.sampled_from(["a", "ă", "b", "lạ", "z"]), max_size=8).map(" ".join)


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_weights_are_those_of_scikit_learn_to_the_last_bit(texts):
    fitted_on = ["a ă b lạ", "b a a ă", "lạ lạ lạ"]
    ours = SyllableNgrams(min_df=1).fit(fitted_on).transform(texts)
    expected = TfidfVectorizer.transform(SyllableNgrams(min_df=1).fit(fitted_on), texts)
    assert ours.dtype == expected.dtype == np.float32
    assert (ours.toarray() == expected.toarray()).all()


def test_fitting_again_forgets_the_first_fit():
    ngrams = SyllableNgrams(min_df=1).fit(["x y z"])
    ngrams.transform(TEXTS)
    again = ngrams.fit(TEXTS).transform(TEXTS)
    assert (again != SyllableNgrams(min_df=1).fit(TEXTS).transform(TEXTS)).nnz == 0


def test_what_is_made_for_looking_up_is_no_part_of_the_state():
    ngrams = SyllableNgrams(min_df=1).fit(TEXTS)
    before = list(ngrams.__getstate__())
    ngrams.transform(TEXTS)
    assert list(ngrams.__getstate__()) == before
