import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer

from insight.estimators.character_ngrams import CharacterNgrams

TEXTS = ["giao hàng nhanh", "giao hàng chậm quá", "", "pin trâu", "máy lag lag lag"]


@given(st.lists(st.text(alphabet="aăbcđẹ ngiơ", max_size=25), min_size=1, max_size=8))
def test_weights_are_those_of_scikit_learn(texts):
    if not any(text.split() for text in texts):
        return
    ours = CharacterNgrams(min_count=1).fit(texts)
    theirs = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=False)
    expected = theirs.fit_transform(texts)
    assert ours.vocabulary_.keys() == theirs.vocabulary_.keys()
    np.testing.assert_allclose(ours.transform(texts).toarray(), expected.toarray(), atol=1e-12)


def test_rare_ngrams_are_left_out():
    assert (
        CharacterNgrams(min_count=3).fit(TEXTS).vocabulary_.keys()
        < CharacterNgrams(min_count=1).fit(TEXTS).vocabulary_.keys()
    )


def test_fitting_again_forgets_the_first_fit():
    once = CharacterNgrams(min_count=1).fit(["xyz"])
    again = CharacterNgrams(min_count=1).fit(["xyz"])
    again.transform(["xyz"])
    again.fit(TEXTS)
    assert again.vocabulary_ == CharacterNgrams(min_count=1).fit(TEXTS).vocabulary_ != once.vocabulary_


def test_transforming_before_fitting_is_refused():
    with pytest.raises(NotFittedError):
        CharacterNgrams().transform(TEXTS)


def test_the_cache_is_no_part_of_the_state():
    ngrams = CharacterNgrams(min_count=1).fit(TEXTS)
    before = set(ngrams.__getstate__())
    ngrams.transform(["một câu khác hẳn"])
    assert set(ngrams.__getstate__()) == before
