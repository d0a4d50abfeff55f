"""One linear model a label over shared features."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from insight.estimators.context import Groups, mean_by_group, sum_by_group
from insight.estimators.features import ClauseFeatures
from insight.estimators.split_texts import SplitTexts, split_texts
from insight.taxonomy import SENTIMENTS

NO_MENTION = "no_mention"
HEADS = ("touchpoint", "stage", "pain", "sentiment")
OVERALL = "overall"
_FAINT = 0.005


class LinearHeads(BaseEstimator):
    """Decision values of the four labels of clauses in their context.

    Parameters
    ----------
    C : float
        Inverse of the penalty of the linear support vector machines.
    random_state : int
        Seed of the solver.

    Attributes
    ----------
    features_ : ClauseFeatures
        The feature extractor.
    classes_ : dict of str to list of str
        Head -> labels. The touchpoint head knows the further class `no_mention`.
    coef_ : ndarray of float32, shape (n_labels_of_all_heads, n_features)
        Weights of the heads, in the order of `HEADS`.
    intercept_ : ndarray of float32, shape (n_labels_of_all_heads,)
        Their intercepts.
    review_coef_, review_intercept_ : ndarray of float32
        The same for the verdict on a whole review, over the mean of its clauses; rows as in `SENTIMENTS`.
    """

    def __init__(self, *, C: float = 0.15, random_state: int = 0) -> None:
        self.C = C
        self.random_state = random_state

    def fit(
        self,
        clauses: Sequence[str],
        groups: Groups,
        y: Mapping[str, NDArray[np.str_]],
        overall: NDArray[np.str_],
    ) -> Self:
        """Learn from labelled clauses; the arguments are those of `MentionClassifier.fit`."""
        self.features_ = ClauseFeatures().fit(clauses)
        own, *context = self.features_.blocks(split_texts(clauses), groups)
        X = sp.csr_matrix(sp.hstack([own, *context], format="csr"))
        mentions = np.flatnonzero(y["touchpoint"] != NO_MENTION)
        self.classes_: dict[str, list[str]] = {}
        weights, intercepts = [], []
        for head in HEADS:
            rows = slice(None) if head == "touchpoint" else mentions
            self.classes_[head], coef, intercept = self._one_against_rest(X[rows], y[head][rows])
            weights.append(coef)
            intercepts.append(intercept)
        self.coef_ = _coarse(np.vstack(weights))
        self.intercept_ = np.concatenate(intercepts).astype(np.float32)
        spoken = np.unique(groups)
        told, coef, intercept = self._one_against_rest(_review_features(own, groups)[spoken], overall[spoken])
        place = [SENTIMENTS.index(label) for label in told]
        # By column, as scikit-learn's weights are: the product with a sparse matrix needs no copy.
        self.review_coef_ = np.zeros((len(SENTIMENTS), coef.shape[1]), dtype=np.float32, order="F")
        self.review_coef_[place] = _coarse(coef)
        self.review_intercept_ = np.full(len(SENTIMENTS), -1, dtype=np.float32)
        self.review_intercept_[place] = intercept
        return self

    def _one_against_rest(
        self, X: sp.csr_matrix, y: NDArray[np.str_]
    ) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """Labels, their weights and intercepts: one row a label, also where there are but one or two."""
        labels = [str(label) for label in np.unique(y)]
        if len(labels) == 1:
            return labels, np.zeros((1, X.shape[1])), np.ones(1)
        model = LinearSVC(C=self.C, random_state=self.random_state).fit(X, y)
        if len(labels) == 2:  # scikit-learn keeps one row for two labels
            return (
                labels,
                np.vstack([-model.coef_, model.coef_]),
                np.append(-model.intercept_, model.intercept_),
            )
        return labels, model.coef_, model.intercept_

    def decision(self, clauses: Sequence[str], groups: Groups) -> dict[str, NDArray[np.float64]]:
        """Head -> decision values, shape (n_clauses, n_labels of the head).

        Under `OVERALL` those of the verdict on each review, shape (n_reviews, 3).
        """
        return self.decide(split_texts(clauses), groups)

    def decide(self, texts: SplitTexts, groups: Groups) -> dict[str, NDArray[np.float64]]:
        """Values for clauses that are split already; see `decision`."""
        check_is_fitted(self)
        own, *context = self.features_.blocks(texts, groups)
        X = sp.hstack([own, *context], format="csr")
        values = np.asarray(X @ self.coef_.T + self.intercept_, dtype=np.float64)
        ends = np.cumsum([len(self.classes_[head]) for head in HEADS])
        decision = dict(zip(HEADS, np.split(values, ends[:-1], axis=1), strict=True))
        # A mean at unit length points where the sum does, whose product takes no further matrix.
        total = sum_by_group(own, groups)
        review = (total @ self.review_coef_.T) / _lengths(total)[:, None] + self.review_intercept_
        return {**decision, OVERALL: np.asarray(review, dtype=np.float64)}


def _review_features(own: sp.csr_matrix, groups: Groups) -> sp.csr_matrix:
    """Mean of the clauses' own features, without their context, at unit length."""
    return sp.csr_matrix(normalize(mean_by_group(own, groups), copy=False))


def _lengths(rows: sp.csr_matrix) -> NDArray[np.float64]:
    """Euclidean length of each row, 1 where it is empty."""
    squares = np.append(rows.data * rows.data, 0.0)  # so that an empty last row begins inside
    lengths = np.sqrt(np.add.reduceat(squares, rows.indptr[:-1]))
    return np.asarray(np.where((np.diff(rows.indptr) > 0) & (lengths > 0), lengths, 1.0))


def _coarse(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Weights to three digits, faint ones as zero: a model file is a third as large, decisions stay."""
    coarse = weights.astype(np.float16).astype(np.float32)
    return np.where(np.abs(coarse) < _FAINT, np.float32(0), coarse)
