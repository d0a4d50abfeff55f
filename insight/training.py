"""Train a model: labelled reviews in, a `ReviewModel` out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from insight.estimators.mentions import HEADS, NO_MENTION, MentionClassifier
from insight.estimators.model import ReviewModel
from insight.estimators.overall import OverallSentiment
from insight.labelled import LabelledMention, LabelledReview
from insight.text.clauses import split_clauses
from insight.text.diacritics import strip_diacritics
from insight.text.reading import read_text

_MIN_OVERLAP = 0.4
_FOLDS = 5


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
    return LabelledClauses(clauses, np.array(groups, dtype=np.int64), y, np.array([r.overall for r in reviews]))


def train_model(reviews: Sequence[LabelledReview], *, seed: int = 0, stripped_weight: float = 0.3) -> ReviewModel:
    """Train on `reviews`, and on copies without diacritics that count `stripped_weight` each.

    Probabilities are calibrated, and the verdict on whole reviews is learnt, from what models say of
    reviews they were not trained on: folds leave whole domains out, as new customers' dumps do.

    Parameters
    ----------
    reviews : sequence of LabelledReview
        At least one review for each stage and sentiment.
    seed : int
        Seed of the solvers; the same reviews and seed give the same model.
    stripped_weight : float
        Weight of the copies without diacritics.
    """
    table = label_clauses(reviews)
    decision = _out_of_sample(table, [r.domain for r in reviews], reviews, seed, stripped_weight)
    mentions = _fit_mentions(table, reviews, seed, stripped_weight).calibrate(decision, table.y)
    said = mentions.decode(decision)
    overall = OverallSentiment().fit(said.sentiment, said.p_mention, table.groups, table.overall)
    return ReviewModel(mentions, overall)


def _fit_mentions(
    table: LabelledClauses, reviews: Sequence[LabelledReview], seed: int, stripped_weight: float
) -> MentionClassifier:
    bare = [strip_diacritics(clause) for clause in table.clauses]
    clauses = [*table.clauses, *bare]
    groups = np.concatenate([table.groups, table.groups + len(reviews)])
    y = {head: np.concatenate([values, values]) for head, values in table.y.items()}
    weights = np.repeat([1.0, stripped_weight], len(table.clauses))
    return MentionClassifier(random_state=seed).fit(clauses, groups, y, weights)


def _out_of_sample(
    table: LabelledClauses,
    domains: Sequence[str],
    reviews: Sequence[LabelledReview],
    seed: int,
    stripped_weight: float,
) -> dict[str, NDArray[np.float64]]:
    """Decision values of each clause by a model that saw no review of its domain."""
    full = _fit_mentions(table, reviews, seed, 0.0) if len(set(domains)) < 2 else None
    values: dict[str, NDArray[np.float64]] = {}
    folds = GroupKFold(n_splits=min(_FOLDS, len(set(domains)))) if full is None else None
    numbers = np.arange(len(reviews))
    splits = folds.split(numbers, groups=domains) if folds else [(numbers, numbers)]
    classes = {head: sorted(set(labels) - ({NO_MENTION} if head != "touchpoint" else set())) for head, labels in table.y.items()}
    for train, test in splits:
        model = full or _fit_mentions(table.take(train), [reviews[i] for i in train], seed, stripped_weight)
        held = table.take(test)
        rows = np.flatnonzero(np.isin(table.groups, test))
        for head, decision in model.decision(held.clauses, held.groups).items():
            known = [str(c) for c in model.heads_[head].classes_]
            place = [classes[head].index(c) for c in known]
            target = values.setdefault(head, np.full((len(table.clauses), len(classes[head])), -2.0))
            target[np.ix_(rows, place)] = decision
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
