"""What stands around a clause: the clause before, the clause after, and the whole review."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Groups = NDArray[np.int64]
"""Review number of each clause, ascending, from 0; shape (n_clauses,)."""

_BEFORE, _AFTER, _REVIEW = 0.5, 0.4, 0.5
"""Weights of the context blocks against the clause itself, chosen by cross-validation over domains."""


def context_of(features: sp.csr_matrix, groups: Groups) -> list[sp.csr_matrix]:
    """Context blocks for a feature matrix: clause before, clause after, review; each of its shape.

    Parameters
    ----------
    features : csr_matrix, shape (n_clauses, n_features)
        Features of the clauses, in reading order.
    groups : ndarray of int64, shape (n_clauses,)
        Review number of each clause.
    """
    together = groups[1:] == groups[:-1]
    rows = np.arange(len(groups))
    padded = _with_empty_row(features)  # row -1: the review begins or ends here
    before = padded[np.where(np.append(False, together), rows - 1, -1)]
    after = padded[np.where(np.append(together, False), rows + 1, -1)]
    mean = sum_by_group(features, groups)
    mean.sort_indices()
    mean.data *= np.repeat(1 / np.maximum(np.bincount(groups), 1), np.diff(mean.indptr))
    mean = mean[groups]
    for block, weight in ((before, _BEFORE), (after, _AFTER), (mean, _REVIEW)):
        block.data *= weight
    return [before, after, mean]


def mean_by_group(features: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Mean row of each review, shape (n_reviews, n_features)."""
    return sp.csr_matrix(sp.diags(1 / np.maximum(np.bincount(groups), 1)) @ sum_by_group(features, groups))


def sum_by_group(features: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Sum of the rows of each review, shape (n_reviews, n_features)."""
    ends = np.append(0, np.cumsum(np.bincount(groups)))
    rows = np.arange(len(groups))
    sums = sp.csr_matrix((np.ones(len(groups)), rows, ends), shape=(len(ends) - 1, len(groups)))
    return sp.csr_matrix(sums @ features)


def _with_empty_row(features: sp.csr_matrix) -> sp.csr_matrix:
    """`features` and an empty row behind them, sharing their memory."""
    ends = np.append(features.indptr, features.indptr[-1:])
    shape = (features.shape[0] + 1, features.shape[1])
    return sp.csr_matrix((features.data, features.indices, ends), shape=shape)
