import numpy as np
import scipy.sparse as sp

from insight.estimators.context import context_of, mean_by_group, sum_by_group


def test_neighbours_of_the_same_review_are_seen_and_others_are_not():
    features = sp.csr_matrix(np.diag([1.0, 2.0, 3.0]))
    before, after, review = (block.toarray() for block in context_of(features, np.array([0, 0, 1])))
    assert before[1, 0] > 0
    assert before[0].sum() == 0
    assert before[2].sum() == 0
    assert after[0, 1] > 0
    assert after[1].sum() == 0
    assert (review[0] == review[1]).all()
    assert review[2, 2] > 0
    assert review[2, :2].sum() == 0


def test_the_mean_of_a_review_is_over_its_clauses():
    features = sp.csr_matrix(np.array([[1.0], [3.0], [10.0]]))
    assert mean_by_group(features, np.array([0, 0, 1])).toarray().ravel().tolist() == [2.0, 10.0]


def test_the_sum_of_a_review_is_over_its_clauses():
    features = sp.csr_matrix(np.array([[1.0], [3.0], [10.0]]))
    assert sum_by_group(features, np.array([0, 0, 2])).toarray().ravel().tolist() == [4.0, 0.0, 10.0]
