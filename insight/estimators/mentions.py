"""Classify clauses in their context: is it a mention, of which labels, with which sentiment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from insight.estimators.context import Groups
from insight.estimators.heads import HEADS, NO_MENTION, OVERALL, LinearHeads
from insight.estimators.labels import Labels, allowed_labels, decode
from insight.estimators.split_texts import split_texts
from insight.taxonomy import SENTIMENTS
from insight.text.diacritics import strip_diacritics

_PART = 6_000
"""Clauses whose features are made at a time."""


@dataclass(frozen=True)
class MentionLabels:
    """Labels of clauses; every array has one entry a clause.

    Attributes
    ----------
    classes : dict of str to list of str
        Head ('touchpoint', 'stage', 'pain', 'sentiment') -> labels that it may answer.
    codes : dict of str to ndarray of int64
        Head -> place of the label among its `classes`. Together the labels are an allowed tuple.
    probability : dict of str to ndarray of float64
        Head -> calibrated probability of that label.
    sentiment : ndarray of float64, shape (n_clauses, 3)
        Probabilities of negative, neutral, positive.
    p_mention : ndarray of float64, shape (n_clauses,)
        Probability that the clause judges or reports anything.
    review : ndarray of float64, shape (n_reviews, 3)
        Decision values of the verdict on each review, from its words alone.
    """

    classes: dict[str, list[str]]
    codes: dict[str, NDArray[np.int64]]
    probability: dict[str, NDArray[np.float64]]
    sentiment: NDArray[np.float64]
    p_mention: NDArray[np.float64]
    review: NDArray[np.float64]

    @property
    def labels(self) -> dict[str, NDArray[np.str_]]:
        """Head -> label, in full."""
        return {
            head: np.array(self.classes[head], dtype=np.str_)[codes] for head, codes in self.codes.items()
        }


class MentionClassifier(BaseEstimator):
    """Linear heads decoded into consistent labels; reviews without diacritics have heads of their own.

    Parameters
    ----------
    C : float
        Inverse of the penalty of the linear support vector machines.
    random_state : int
        Seed of their solver.

    Attributes
    ----------
    written_, stripped_ : LinearHeads
        The heads for reviews as they are written, and for reviews typed without any diacritics.
    temperatures_ : dict of str to float
        Head -> divisor of its decision values (Guo et al. 2017, "On calibration of modern neural
        networks", section 4.2); 1 until `calibrate` is called.
    allowed_ : list of Labels
        The label tuples it may answer.
    log_prior_ : ndarray of float64, shape (n_allowed,)
        Logarithm of the share of each tuple among those of its touchpoint.
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
        """Learn from labelled clauses.

        Parameters
        ----------
        clauses : sequence of str
            Clauses in normal form, in reading order.
        groups : ndarray of int64, shape (n_clauses,)
            Review number of each clause, ascending from 0.
        y : mapping of str to ndarray of str
            Head -> label of each clause; `no_mention` in all heads where the clause is none.
        overall : ndarray of str, shape (n_reviews,)
            Verdict on each review.
        """
        heads = LinearHeads(C=self.C, random_state=self.random_state)
        self.written_ = clone(heads).fit(clauses, groups, y, overall)
        bare = [strip_diacritics(clause) for clause in clauses]
        self.stripped_ = clone(heads).fit(bare, groups, y, overall)
        mentions = np.flatnonzero(y["touchpoint"] != NO_MENTION)
        triples = zip(y["touchpoint"][mentions], y["pain"][mentions], y["stage"][mentions], strict=True)
        allowed, self.log_prior_ = allowed_labels(Labels(*map(str, t)) for t in triples)
        self.allowed_ = [tuple(labels) for labels in allowed]
        self.temperatures_ = dict.fromkeys(HEADS, 1.0)
        return self

    def classes(self, head: str) -> list[str]:
        """Labels that a head knows, in the order of its decision values."""
        return list(self.written_.classes_[head])

    def decision(self, clauses: Sequence[str], groups: Groups) -> dict[str, NDArray[np.float64]]:
        """Head -> decision values before the temperature, shape (n_clauses, n_classes of the head).

        Under `OVERALL` those of the verdict on each review, shape (n_reviews, 3), without a temperature.
        """
        check_is_fitted(self)
        has_marks = np.fromiter((not clause.isascii() for clause in clauses), dtype=bool, count=len(clauses))
        marked = np.bincount(groups, weights=has_marks, minlength=1)[groups] > 0
        texts = split_texts(clauses)
        values = {head: np.empty((len(clauses), len(self.classes(head)))) for head in HEADS}
        values[OVERALL] = np.zeros((int(groups[-1]) + 1, len(SENTIMENTS)))
        for heads, rows in (
            (self.written_, np.flatnonzero(marked)),
            (self.stripped_, np.flatnonzero(~marked)),
        ):
            for some in _parts(rows, groups):
                reviews, numbers = np.unique(groups[some], return_inverse=True)
                part = heads.decide(texts.take(some), numbers)
                values[OVERALL][reviews] = part.pop(OVERALL)
                for head, found in part.items():
                    values[head][some] = found
        return values

    def predict(self, clauses: Sequence[str], groups: Groups) -> MentionLabels:
        """Labels and probabilities of `clauses`; the arguments are those of `fit`."""
        return self.decode(self.decision(clauses, groups))

    def decode(self, decision: Mapping[str, NDArray[np.float64]]) -> MentionLabels:
        """Labels and probabilities from decision values."""
        proba = {head: softmax(decision[head] / self.temperatures_[head], axis=1) for head in HEADS}
        classes = {head: self.classes(head) for head in HEADS}
        p_mention = np.ones(len(proba["touchpoint"]))
        if NO_MENTION in classes["touchpoint"]:  # a corpus may label every clause
            none = classes["touchpoint"].index(NO_MENTION)
            p_mention = 1 - proba["touchpoint"][:, none]
            proba["touchpoint"] = np.delete(proba["touchpoint"], none, axis=1)
            proba["touchpoint"] /= np.maximum(proba["touchpoint"].sum(axis=1, keepdims=True), 1e-9)
            classes["touchpoint"].remove(NO_MENTION)
        chosen = decode([Labels(*t) for t in self.allowed_], self.log_prior_, classes, proba)
        index = {
            head: np.array([classes[head].index(labels[place]) for labels in self.allowed_])[chosen]
            for place, head in enumerate(Labels._fields)
        }
        index["sentiment"] = proba["sentiment"].argmax(axis=1)
        rows = np.arange(len(chosen))
        return MentionLabels(
            classes=classes,
            codes={head: index[head] for head in HEADS},
            probability={head: proba[head][rows, index[head]] for head in HEADS},
            sentiment=proba["sentiment"],
            p_mention=p_mention,
            review=decision[OVERALL],
        )

    def calibrate(
        self, decision: Mapping[str, NDArray[np.float64]], y: Mapping[str, NDArray[np.str_]]
    ) -> Self:
        """Set the temperatures from out-of-sample decision values and the true labels of the clauses."""
        from insight.estimators.calibration import fit_temperature

        mentions = y["touchpoint"] != NO_MENTION
        for head in HEADS:
            rows = np.ones(len(mentions), dtype=bool) if head == "touchpoint" else mentions
            classes = self.classes(head)
            truth = np.array([classes.index(label) for label in y[head][rows]])
            self.temperatures_[head] = fit_temperature(decision[head][rows], truth)
        return self


def _parts(rows: NDArray[np.int64], groups: Groups) -> Iterator[NDArray[np.int64]]:
    """Cut `rows` into parts of whole reviews whose matrices stay small enough for the processor's cache."""
    of_rows = groups[rows]
    start = 0
    while start < len(rows):
        last = of_rows[min(start + _PART, len(rows)) - 1]
        end = int(np.searchsorted(of_rows, last, side="right"))
        yield rows[start:end]
        start = end
