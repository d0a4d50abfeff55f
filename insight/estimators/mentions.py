"""Classify clauses in their context: is it a mention, of which labels, with which sentiment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.base import BaseEstimator
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from insight.estimators.context import Groups
from insight.estimators.features import ClauseFeatures
from insight.estimators.labels import Labels, allowed_labels, decode

NO_MENTION = "no_mention"
HEADS = ("touchpoint", "stage", "pain", "sentiment")


@dataclass(frozen=True)
class MentionLabels:
    """Labels of clauses; every array has one entry a clause.

    Attributes
    ----------
    labels : dict of str to ndarray of str
        Head ('touchpoint', 'stage', 'pain', 'sentiment') -> label. Together they are an allowed tuple.
    probability : dict of str to ndarray of float64
        Head -> calibrated probability of that label.
    sentiment : ndarray of float64, shape (n_clauses, 3)
        Probabilities of negative, neutral, positive.
    p_mention : ndarray of float64, shape (n_clauses,)
        Probability that the clause judges or reports anything.
    """

    labels: dict[str, NDArray[np.str_]]
    probability: dict[str, NDArray[np.float64]]
    sentiment: NDArray[np.float64]
    p_mention: NDArray[np.float64]


class MentionClassifier(BaseEstimator):
    """One linear model a head over shared features, decoded into consistent labels.

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
    heads_ : dict of str to LinearSVC
        Head -> model. The touchpoint head knows the further class `no_mention`.
    temperatures_ : dict of str to float
        Head -> divisor of its decision values (Guo et al. 2017, "On calibration of modern neural
        networks", section 4.2); 1 until `calibrate` is called.
    allowed_ : list of Labels
        The label tuples it may answer.
    log_prior_ : ndarray of float64, shape (n_allowed,)
        Logarithm of the share of each tuple among those of its touchpoint.
    """

    def __init__(self, *, C: float = 0.1, random_state: int = 0) -> None:
        self.C = C
        self.random_state = random_state

    def fit(
        self,
        clauses: Sequence[str],
        groups: Groups,
        y: Mapping[str, NDArray[np.str_]],
        weights: NDArray[np.float64] | None = None,
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
        weights : ndarray of float64, shape (n_clauses,), optional
            Weight of each clause.
        """
        self.features_ = ClauseFeatures().fit(clauses, groups)
        X = self.features_.transform(clauses, groups)
        mentions = np.flatnonzero(y["touchpoint"] != NO_MENTION)
        self.heads_ = {}
        for head in HEADS:
            rows = slice(None) if head == "touchpoint" else mentions
            model = LinearSVC(C=self.C, random_state=self.random_state)
            self.heads_[head] = model.fit(X[rows], y[head][rows], None if weights is None else weights[rows])
        triples = zip(y["touchpoint"][mentions], y["pain"][mentions], y["stage"][mentions], strict=True)
        allowed, self.log_prior_ = allowed_labels(Labels(*map(str, t)) for t in triples)
        self.allowed_ = [tuple(labels) for labels in allowed]
        self.temperatures_ = dict.fromkeys(HEADS, 1.0)
        return self

    def decision(self, clauses: Sequence[str], groups: Groups) -> dict[str, NDArray[np.float64]]:
        """Head -> decision values before the temperature, shape (n_clauses, n_classes of the head)."""
        check_is_fitted(self)
        X = self.features_.transform(clauses, groups)
        coefficients = np.vstack([self.heads_[head].coef_ for head in HEADS])
        intercepts = np.concatenate([self.heads_[head].intercept_ for head in HEADS])
        values = X @ coefficients.T + intercepts
        ends = np.cumsum([len(self.heads_[head].classes_) for head in HEADS])
        return dict(zip(HEADS, np.split(values, ends[:-1], axis=1), strict=True))

    def predict(self, clauses: Sequence[str], groups: Groups) -> MentionLabels:
        """Labels and probabilities of `clauses`; the arguments are those of `fit`."""
        return self.decode(self.decision(clauses, groups))

    def decode(self, decision: Mapping[str, NDArray[np.float64]]) -> MentionLabels:
        """Labels and probabilities from decision values."""
        proba = {head: softmax(decision[head] / self.temperatures_[head], axis=1) for head in HEADS}
        classes = {head: [str(c) for c in self.heads_[head].classes_] for head in HEADS}
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
            labels={head: np.array(classes[head])[index[head]] for head in HEADS},
            probability={head: proba[head][rows, index[head]] for head in HEADS},
            sentiment=proba["sentiment"],
            p_mention=p_mention,
        )

    def calibrate(
        self, decision: Mapping[str, NDArray[np.float64]], y: Mapping[str, NDArray[np.str_]]
    ) -> Self:
        """Set the temperatures from out-of-sample decision values and the true labels of the clauses."""
        from insight.estimators.calibration import fit_temperature

        mentions = y["touchpoint"] != NO_MENTION
        for head in HEADS:
            rows = np.ones(len(mentions), dtype=bool) if head == "touchpoint" else mentions
            classes = list(self.heads_[head].classes_)
            truth = np.array([classes.index(label) for label in y[head][rows]])
            self.temperatures_[head] = fit_temperature(decision[head][rows], truth)
        return self

    def contributions(self, clauses: Sequence[str], groups: Groups) -> sp.csr_matrix:
        """Feature matrix of `clauses`, to be multiplied with a head's coefficients by `explain`."""
        return self.features_.transform(clauses, groups)
