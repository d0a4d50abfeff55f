import numpy as np
import pytest

from insight.estimators.accents import AccentRestorer
from insight.estimators.similarity import choose_diverse, word_vectors
from insight.estimators.themes import ThemeClusters
from insight.estimators.vectors import ClauseVectors

SLOW = ["giao hàng chậm", "giao chậm", "shop giao hàng chậm", "giao hàng chậm trễ", "hàng giao chậm trễ"]
BROKEN = ["pin tụt nhanh", "pin nhanh hết", "pin yếu tụt nhanh", "máy pin yếu", "pin yếu nhanh hết"]


@pytest.fixture(scope="module")
def vectors() -> ClauseVectors:
    return ClauseVectors(random_state=0).fit(SLOW + BROKEN)


def test_vectors_have_length_one_and_zero_where_no_word_is_known(vectors):
    X = vectors.transform(["giao hàng chậm", "qwerty"])
    assert X.shape == (2, vectors.n_features_)
    assert np.linalg.norm(X, axis=1) == pytest.approx([1, 0], abs=1e-6)


def test_clauses_on_one_matter_are_nearer_than_clauses_on_two(vectors):
    a, b, c = vectors.transform(["giao hàng chậm", "giao chậm trễ", "pin yếu"])
    assert a @ b > a @ c + 0.3


def test_function_words_do_not_move_a_vector(vectors):
    a, b = vectors.transform(["giao hàng chậm", "thì giao hàng chậm lắm ạ"])
    assert a @ b > 0.9


def test_vectors_of_no_text_have_no_rows(vectors):
    assert vectors.transform([]).shape == (0, vectors.n_features_)


@pytest.mark.parametrize("texts", [["tốt"], ["tốt", "tệ"], ["😡"]])
def test_one_word_is_enough_to_fit(texts):
    X = ClauseVectors().fit_transform(texts)
    assert len(X) == len(texts)
    assert np.isfinite(X).all()


def test_two_matters_are_two_themes(vectors):
    X = vectors.transform(SLOW + BROKEN)
    labels, cosines = ThemeClusters(min_weight=3, max_themes=2).fit(X, np.ones(10)).predict(X)
    assert len(set(labels[:5])) == len(set(labels[5:])) == 1
    assert labels[0] != labels[9]
    assert cosines.min() > 0


def test_too_few_mentions_are_one_theme(vectors):
    X = vectors.transform(SLOW[:2])
    clusters = ThemeClusters(min_weight=5).fit(X, np.ones(2))
    assert clusters.centers_.shape == (1, vectors.n_features_)


def test_no_theme_is_lighter_than_asked(vectors):
    X, weights = vectors.transform(SLOW + BROKEN), np.array([9.0] * 9 + [1.0])
    labels, _ = ThemeClusters(min_weight=9, max_themes=8).fit(X, weights).predict(X)
    sizes = np.bincount(labels, weights=weights)
    assert sizes[sizes > 0].min() >= 9


def test_fitting_again_forgets_the_last_fit(vectors):
    X = vectors.transform(SLOW + BROKEN)
    clusters = ThemeClusters(min_weight=3, max_themes=2)
    clusters.fit(X, np.ones(10)).fit(X[:2], np.ones(2))
    assert len(clusters.centers_) == 1


def test_what_many_say_stays_a_theme_when_some_of_it_is_left_out(vectors):
    X = vectors.transform(SLOW + BROKEN)
    whole = ThemeClusters(min_weight=2, max_themes=2).fit(X, np.ones(10)).predict(X)[0]
    part = ThemeClusters(min_weight=2, max_themes=2).fit(X[1:9], np.ones(8)).predict(X)[0]
    assert set(zip(whole.tolist(), part.tolist(), strict=True)) in ({(0, 0), (1, 1)}, {(0, 1), (1, 0)})


def test_all_clauses_equal_are_one_theme(vectors):
    X = np.repeat(vectors.transform(["giao chậm"]), 20, axis=0)
    labels, _ = ThemeClusters(min_weight=2).fit(X, np.ones(20)).predict(X)
    assert len(set(labels)) == 1


def test_missing_diacritics_are_written_back_from_the_context():
    restorer = AccentRestorer().fit(["giao hàng chậm", "món hàng đẹp", "chăm sóc tốt"], [3, 1, 9])
    assert restorer.transform(["giao hang cham", "cham soc"]) == ["giao hàng chậm", "chăm sóc"]


def test_a_text_with_diacritics_or_unknown_words_is_left_alone():
    restorer = AccentRestorer().fit(["giao hàng chậm"])
    assert restorer.transform(["giao hàng cham", "ok shop", ""]) == ["giao hàng cham", "ok shop", ""]


def test_diverse_rows_start_with_the_best_and_skip_copies():
    X = word_vectors(["giao chậm", "giao chậm", "pin yếu", "giá cao"])
    assert choose_diverse((X @ X.T).toarray(), np.array([1.0, 0.9, 0.5, 0.4]), 3, ceiling=0.9) == [0, 2, 3]


def test_nothing_to_choose_from_is_nothing_chosen():
    assert choose_diverse(np.zeros((0, 0), dtype=np.float32), np.zeros(0), 3) == []
