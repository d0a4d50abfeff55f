"""The verdict on a whole review, from the sentiment of its clauses."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from insight.estimators.context import Groups
from insight.taxonomy import SENTIMENTS


class OverallSentiment(BaseEstimator):
    """Logistic regression over what the clauses of a review say together.

    Parameters
    ----------
    C : float
        Inverse of the penalty.

    Attributes
    ----------
    model_ : LogisticRegression
        The model; its classes are in the order of `SENTIMENTS`.
    """

    def __init__(self, *, C: float = 1.0) -> None:
        self.C = C

    def fit(
        self,
        sentiment: NDArray[np.float64],
        p_mention: NDArray[np.float64],
        groups: Groups,
        y: NDArray[np.str_],
    ) -> Self:
        """Learn from out-of-sample clause probabilities (`MentionLabels`) and the verdicts of the reviews."""
        summary = summarise(sentiment, p_mention, groups, len(y))
        self.model_ = LogisticRegression(C=self.C, max_iter=2000).fit(summary, y)
        return self

    def predict_proba(
        self, sentiment: NDArray[np.float64], p_mention: NDArray[np.float64], groups: Groups, n_reviews: int
    ) -> NDArray[np.float64]:
        """Probabilities of negative, neutral, positive; shape (n_reviews, 3)."""
        check_is_fitted(self)
        return np.asarray(self.model_.predict_proba(summarise(sentiment, p_mention, groups, n_reviews)))


def summarise(
    sentiment: NDArray[np.float64], p_mention: NDArray[np.float64], groups: Groups, n_reviews: int
) -> NDArray[np.float64]:
    """What the clauses of each review say together, shape (n_reviews, 16).

    Mean and maximum of each sentiment over the clauses, weighted by the probability that they are
    mentions; the first and the last clause; the balance; the number of clauses. Reviews without a clause
    are all zero.
    """
    weighted = sentiment * p_mention[:, None]
    sizes = np.bincount(groups, minlength=n_reviews)
    total = np.stack([np.bincount(groups, weights=w, minlength=n_reviews) for w in weighted.T], axis=1)
    mass = np.bincount(groups, weights=p_mention, minlength=n_reviews)
    mean = total / np.maximum(mass, 1e-9)[:, None]
    highest = np.zeros((n_reviews, len(SENTIMENTS)))
    np.maximum.at(highest, groups, weighted)
    first = np.zeros_like(highest)
    last = np.zeros_like(highest)
    last[groups] = sentiment
    first[groups[::-1]] = sentiment[::-1]
    balance = mean[:, 2] - mean[:, 0]
    count = np.log1p(sizes)
    return np.column_stack([mean, highest, first, last, balance, np.abs(balance), balance * count, count])
