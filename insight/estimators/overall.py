"""The verdict on a whole review, from the sentiment of its clauses and from its words."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from insight.estimators.context import Groups
from insight.estimators.mentions import MentionLabels

_WEIGHTS = {"negative": 1.0, "neutral": 1.4, "positive": 1.0}
"""Neutral verdicts are few, and missing one costs the macro-average as much as missing many others."""


class OverallSentiment(BaseEstimator):
    """Logistic regression over the balance of a review's clauses and what its words say by themselves.

    Parameters
    ----------
    C : float
        Inverse of the penalty.

    Attributes
    ----------
    model_ : LogisticRegression
        The model; its classes are in the order of `SENTIMENTS`.
    """

    def __init__(self, *, C: float = 0.1) -> None:
        self.C = C

    def fit(self, said: MentionLabels, groups: Groups, y: NDArray[np.str_]) -> Self:
        """Learn from what a model says of clauses it was not trained on, and the verdicts on the reviews."""
        summary = summarise(said, groups, len(y))
        self.model_ = LogisticRegression(C=self.C, max_iter=2000, class_weight=_WEIGHTS).fit(summary, y)
        return self

    def predict_proba(self, said: MentionLabels, groups: Groups, n_reviews: int) -> NDArray[np.float64]:
        """Probabilities of negative, neutral, positive; shape (n_reviews, 3)."""
        check_is_fitted(self)
        return np.asarray(self.model_.predict_proba(summarise(said, groups, n_reviews)))


def summarise(said: MentionLabels, groups: Groups, n_reviews: int) -> NDArray[np.float64]:
    """What the clauses of each review say together, shape (n_reviews, 7).

    Balance of praise and complaint over all clauses and over the judging ones, with their sizes, each
    clause weighted by the probability that it is a mention; then the decision values of the words. A
    review without a clause is all zero.
    """
    weighted = said.sentiment * said.p_mention[:, None]
    bad, faint, good = (np.bincount(groups, weights=w, minlength=n_reviews) for w in weighted.T)
    balance = (good - bad) / np.maximum(good + bad + faint, 1e-9)
    judging = (good - bad) / np.maximum(good + bad, 1e-9)
    words = np.zeros((n_reviews, said.review.shape[1]))
    words[: len(said.review)] = said.review
    return np.column_stack([balance, np.abs(balance), judging, np.abs(judging), words])
