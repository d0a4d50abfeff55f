"""The model of a run: everything that turns clauses into labels, with what it was trained on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from insight.estimators.context import Groups
from insight.estimators.heads import HEADS
from insight.estimators.mentions import MentionClassifier, MentionLabels
from insight.estimators.overall import OverallSentiment


class ReviewLabels(NamedTuple):
    """What a model says of some reviews.

    Attributes
    ----------
    mentions : MentionLabels
        One entry a clause.
    overall : ndarray of float64, shape (n_reviews, 3)
        Probabilities of negative, neutral, positive.
    """

    mentions: MentionLabels
    overall: NDArray[np.float64]


@dataclass(frozen=True)
class ReviewModel:
    """A trained model and its metadata.

    Attributes
    ----------
    mentions : MentionClassifier
        Labels of clauses.
    overall : OverallSentiment
        Verdicts on reviews.
    mention_threshold : float
        A clause is a mention when its probability of being one is at least this.
    metadata : dict
        Name, corpus counts and hash, figures measured, versions, settings of the training.
    """

    mentions: MentionClassifier
    overall: OverallSentiment
    mention_threshold: float = 0.7
    metadata: dict[str, Any] = field(default_factory=dict)

    def predict(self, clauses: Sequence[str], groups: Groups, n_reviews: int) -> ReviewLabels:
        """Labels of the clauses and verdicts on the reviews.

        Parameters
        ----------
        clauses : sequence of str
            Clauses in normal form, in reading order.
        groups : ndarray of int64, shape (n_clauses,)
            Review number of each clause, ascending from 0.
        n_reviews : int
            Number of reviews, those without a clause included.
        """
        labels = self.mentions.predict(clauses, groups) if len(clauses) else _no_mentions()
        overall = self.overall.predict_proba(labels, groups, n_reviews)
        return ReviewLabels(labels, overall)


def _no_mentions() -> MentionLabels:
    return MentionLabels(
        classes={head: [] for head in HEADS},
        codes={head: np.empty(0, dtype=np.int64) for head in HEADS},
        probability={head: np.empty(0) for head in HEADS},
        sentiment=np.empty((0, 3)),
        p_mention=np.empty(0),
        review=np.empty((0, 3)),
    )
