"""What stands around a clause: the clause before, the clause after, and the whole review."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Groups = NDArray[np.int64]
"""Review number of each clause, ascending, from 0; shape (n_clauses,)."""

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
    together = groups[1:] == groups[:-1]
    rows = np.arange(len(groups))
    none = sp.csr_matrix((1, features.shape[1]), dtype=features.dtype)
    padded = sp.vstack([features, none], format="csr")  # row -1 is empty: the review begins or ends here
    before = padded[np.where(np.append(False, together), rows - 1, -1)]
    after = padded[np.where(np.append(together, False), rows + 1, -1)]
    mean = mean_by_group(features, groups)
    mean.sort_indices()
    mean = mean[groups]
    for block, weight in ((before, _BEFORE), (after, _AFTER), (mean, _REVIEW)):
        block.data *= weight
    return sp.csr_matrix(sp.hstack([before, after, mean], format="csr"))


def mean_by_group(features: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Mean row of each review, shape (n_reviews, n_features)."""
    n_reviews = int(groups[-1]) + 1 if len(groups) else 0
    sizes = np.bincount(groups, minlength=n_reviews)
    sums = sp.csr_matrix(
        (np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(n_reviews, len(groups))
    )
    return sp.csr_matrix(sp.diags(1 / np.maximum(sizes, 1)) @ (sums @ features))
