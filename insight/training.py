"""Train a model: labelled reviews in, a `ReviewModel` out."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from insight.errors import InputError
from insight.estimators.heads import HEADS, NO_MENTION, OVERALL
from insight.estimators.mentions import MentionClassifier
from insight.estimators.model import ReviewModel
from insight.estimators.overall import OverallSentiment
from insight.labelled import LabelledMention, LabelledReview
from insight.taxonomy import SENTIMENTS
from insight.text.clauses import split_clauses
from insight.text.reading import read_text

_MIN_OVERLAP = 0.4
_FOLDS = 4
_MIN_CLASSES = 3
_NEVER_SEEN = -2.0
"""Decision value of a class that the fold's training reviews do not hold."""


@dataclass(frozen=True)
class LabelledClauses:
    """The clauses that the splitter finds in labelled reviews, each with the labels of its mention.

    Attributes
    ----------
    clauses : list of str
        Normal forms, in reading order.
    groups : ndarray of int64, shape (n_clauses,)
        Review number of each clause.
    y : dict of str to ndarray of str
        Head -> labels; `no_mention` where no mention covers the clause.
    overall : ndarray of str, shape (n_reviews,)
        Verdicts.
    """

    clauses: list[str]
    groups: NDArray[np.int64]
    y: dict[str, NDArray[np.str_]]
    overall: NDArray[np.str_]

    def take(self, reviews: NDArray[np.int64]) -> "LabelledClauses":
        """The clauses of some reviews, by ascending review number; reviews are numbered anew."""
        rows = np.flatnonzero(np.isin(self.groups, reviews))
        numbers = np.searchsorted(reviews, self.groups[rows])
        labels = {head: values[rows] for head, values in self.y.items()}
        return LabelledClauses([self.clauses[i] for i in rows], numbers, labels, self.overall[reviews])


def label_clauses(reviews: Sequence[LabelledReview]) -> LabelledClauses:
    """Split `reviews` and give each clause the labels of the mention it overlaps most."""
    clauses: list[str] = []
    groups: list[int] = []
    labels: list[LabelledMention | None] = []
    for number, review in enumerate(reviews):
        reading = read_text(review.text)
        for clause in split_clauses(reading):
            start, end = reading.raw_span(clause.first, clause.last)
            clauses.append(reading.form(clause.first, clause.last))
            groups.append(number)
            labels.append(_mention_of(start, end, review.mentions))
    y = {
        head: np.array([getattr(label, head) if label else NO_MENTION for label in labels], dtype=np.str_)
        for head in HEADS
    }
    return LabelledClauses(
        clauses, np.array(groups, dtype=np.int64), y, np.array([r.overall for r in reviews])
    )


def train_model(reviews: Sequence[LabelledReview], *, seed: int = 0) -> ReviewModel:
    """Train on `reviews`.

    Probabilities are calibrated, and the verdict on whole reviews is learnt, from what models say of
    reviews they were not trained on: folds leave whole domains out, as new customers' dumps do.

    Parameters
    ----------
    reviews : sequence of LabelledReview
        At least two sentiments, stages and touchpoints among their mentions.
    seed : int
        Seed of the solvers; the same reviews and seed give the same model.

    Raises
    ------
    InputError
        When there are too few labels to learn from.
    """
    table = label_clauses(reviews)
    _check_labels(table)
    decision = _out_of_sample(table, [review.domain for review in reviews], seed)
    mentions = MentionClassifier(random_state=seed)
    mentions.fit(table.clauses, table.groups, table.y, table.overall)
    said = mentions.calibrate(decision, table.y).decode(decision)
    overall = OverallSentiment().fit(said, table.groups, table.overall)
    return ReviewModel(mentions, overall)


def describe_corpus(reviews: Sequence[LabelledReview], *, seed: int) -> dict[str, Any]:
    """What a model was trained on, for its metadata."""
    content = repr([(r.text, r.overall, r.mentions) for r in reviews]).encode()
    return {
        "trained_on": {
            "reviews": len(reviews),
            "mentions": sum(len(review.mentions) for review in reviews),
            "domains": dict(sorted(Counter(review.domain for review in reviews).items())),
        },
        "corpus_sha256": hashlib.sha256(content).hexdigest(),
        "seed": seed,
        "versions": {name: version(name) for name in ("scikit-learn", "numpy", "scipy", "skops")},
    }


def _check_labels(table: LabelledClauses) -> None:
    for head in HEADS:
        found = set(table.y[head]) - {NO_MENTION}
        if len(found) < _MIN_CLASSES:
            raise InputError(
                f"The labelled reviews hold {len(found)} different {head} labels; a model needs at least "
                f"{_MIN_CLASSES}. Add reviews, or train on the shipped corpus as well with --with-default."
            )
    if len(set(table.overall)) < _MIN_CLASSES:
        raise InputError("The labelled reviews need negative, neutral and positive overall verdicts.")


def _out_of_sample(
    table: LabelledClauses, domains: Sequence[str], seed: int
) -> dict[str, NDArray[np.float64]]:
    """Decision values of each clause by a model that saw no review of its fold.

    Folds hold whole domains; where the reviews name fewer domains than folds, folds hold reviews.
    """
    numbers = np.arange(len(domains))
    by_domain = len(set(domains)) >= _FOLDS
    folds = GroupKFold(n_splits=min(_FOLDS, len(domains)))
    classes = {
        head: sorted(set(labels) if head == "touchpoint" else set(labels) - {NO_MENTION})
        for head, labels in table.y.items()
    }
    values = {head: np.full((len(table.clauses), len(known)), _NEVER_SEEN) for head, known in classes.items()}
    values[OVERALL] = np.zeros((len(domains), len(SENTIMENTS)))
    for train, test in folds.split(numbers, groups=domains if by_domain else numbers):
        learnt, held = table.take(train), table.take(test)
        model = MentionClassifier(random_state=seed)
        model.fit(learnt.clauses, learnt.groups, learnt.y, learnt.overall)
        rows = np.flatnonzero(np.isin(table.groups, test))
        found = model.decision(held.clauses, held.groups)
        verdicts = found.pop(OVERALL)
        values[OVERALL][test[: len(verdicts)]] = verdicts
        for head, decision in found.items():
            columns = np.array([classes[head].index(label) for label in model.classes(head)])
            values[head][np.ix_(rows, columns)] = decision
    return values


def _mention_of(start: int, end: int, mentions: Sequence[LabelledMention]) -> LabelledMention | None:
    best, most = None, 0
    for mention in mentions:
        overlap = min(end, mention.end) - max(start, mention.start)
        if overlap > most:
            best, most = mention, overlap
    if best is None or most < _MIN_OVERLAP * min(end - start, best.end - best.start):
        return None
    return best
