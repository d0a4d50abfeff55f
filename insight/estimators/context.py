"""What stands around a clause: the clause before, the clause after, and the whole review."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Groups = NDArray[np.int64]
"""Review number of each clause, ascending, from 0; shape (n_clauses,)."""

N_CONTEXTS = 3
"""Blocks of context: before, after, review."""

_BEFORE, _AFTER, _REVIEW = 0.5, 0.4, 0.5
"""Weights of the context blocks against the clause itself, chosen by cross-validation over domains."""


def context_of(features: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Context blocks for a feature matrix, shape (n_clauses, 3 * n_features).

    Parameters
    ----------
    features : csr_matrix, shape (n_clauses, n_features)
        Features of the clauses, in reading order.
    groups : ndarray of int64, shape (n_clauses,)
        Review number of each clause.
    """
    n = len(groups)
    follows = np.flatnonzero(groups[1:] == groups[:-1]) + 1
    before = _picker(follows, follows - 1, n) @ features
    after = _picker(follows - 1, follows, n) @ features
    mean = mean_by_group(features, groups)[groups]
    blocks = [before * _BEFORE, after * _AFTER, mean * _REVIEW]
    return sp.csr_matrix(sp.hstack(blocks, format="csr"))


def mean_by_group(features: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Mean row of each review, shape (n_reviews, n_features)."""
    n_reviews = int(groups[-1]) + 1 if len(groups) else 0
    sizes = np.bincount(groups, minlength=n_reviews)
    sums = sp.csr_matrix(
        (np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(n_reviews, len(groups))
    )
    return sp.csr_matrix(sp.diags(1 / np.maximum(sizes, 1)) @ (sums @ features))


def _picker(to: NDArray[np.int64], source: NDArray[np.int64], n: int) -> sp.csr_matrix:
    return sp.csr_matrix((np.ones(len(to)), (to, source)), shape=(n, n))
