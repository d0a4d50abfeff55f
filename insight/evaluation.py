"""Measure a model on labelled reviews: the figures of the codebook, per label, domain and text style."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from insight.estimators.calibration import expected_calibration_error, reliability
from insight.estimators.model import ReviewModel
from insight.labelled import LabelledReview
from insight.pipeline import Labelled, label_batch
from insight.settings import ScreenSettings, Settings
from insight.taxonomy import SENTIMENTS
from insight.text.diacritics import has_diacritics
from insight.text.informal import informal_spellings
from insight.training import label_clauses

_SHORT, _LONG = 10, 50
_ENOUGH = 10
_CONFIDENT_SHARE = 0.8
Key = Callable[[Any], Any]

SETS: dict[str, Key] = {
    "stage_f1": lambda m: m.stage,
    "touchpoint_f1": lambda m: m.touchpoint,
    "pain_f1": lambda m: m.pain if m.pain != "none" else None,
    "pain_sent_f1": lambda m: (m.pain, m.sentiment) if m.pain != "none" else None,
    "stage_sent_f1": lambda m: (m.stage, m.sentiment),
    "pain_point_f1": lambda m: m.pain if m.pain != "none" and m.sentiment == "negative" else None,
}
"""Figure -> what is compared, as a set a review: it does not depend on where clauses are cut."""


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes
    ----------
    n_reviews : int
        Reviews measured on.
    scores : dict of str to float
        The figures over all reviews.
    by_label, by_domain, by_style : dict
        F1 of each touchpoint and pain category with its support; scores of each domain and text style.
    calibration : dict of str to float
        Expected calibration error and accuracies of the sentiment of clauses.
    reliability : list of (float, float, int)
        Mean confidence, accuracy and number of clauses of each bin of confidence in the sentiment.
    """

    n_reviews: int
    scores: dict[str, float]
    by_label: dict[str, dict[str, tuple[float, int]]] = field(default_factory=dict)
    by_domain: dict[str, dict[str, float]] = field(default_factory=dict)
    by_style: dict[str, dict[str, float]] = field(default_factory=dict)
    calibration: dict[str, float] = field(default_factory=dict)
    reliability: list[tuple[float, float, int]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to four places."""
        rounded: dict[str, Any] = _rounded(vars(self))
        return rounded

    def as_text(self) -> str:
        """A table for a terminal."""
        names = list(self.scores)
        lines = [f"{self.n_reviews} reviews", f"{'':22}" + "".join(f"{name:>18}" for name in names)]
        tables = {"all": self.scores, **self.by_domain, **self.by_style}
        lines += [
            f"{row:22}" + "".join(f"{scores[name]:>18.3f}" for name in names)
            for row, scores in tables.items()
        ]
        for kind, labels in self.by_label.items():
            lines += ["", kind] + [f"  {label:20}{f1:.3f}  n={n}" for label, (f1, n) in labels.items()]
        lines += ["", "sentiment of clauses"] + [f"  {k:36}{v:.3f}" for k, v in self.calibration.items()]
        return "\n".join(lines)


def evaluate_model(model: ReviewModel, reviews: Sequence[LabelledReview]) -> Figures:
    """Figures of `model` on `reviews`, which it must not have been trained on."""
    predicted = predict_labelled(model, reviews)
    domains = sorted({review.domain for review in reviews})
    calibration, bins = _calibration(model, reviews)
    styles = {name: [r for r in reviews if is_of(r)] for name, is_of in _STYLES.items()}
    return Figures(
        n_reviews=len(reviews),
        scores=score(reviews, predicted),
        by_label={kind: _by_label(reviews, predicted, SETS[f"{kind}_f1"]) for kind in ("touchpoint", "pain")},
        by_domain={d: score([r for r in reviews if r.domain == d], predicted) for d in domains if d},
        by_style={name: score(some, predicted) for name, some in styles.items() if len(some) >= _ENOUGH},
        calibration=calibration,
        reliability=bins,
    )


def predict_labelled(model: ReviewModel, reviews: Sequence[LabelledReview]) -> dict[str, Any]:
    """Review id -> (overall, list of predicted mentions), by the row-wise stations."""
    table = pd.DataFrame({"review_id": [r.id for r in reviews], "text": [r.text for r in reviews]})
    no_screen = Settings(screen=ScreenSettings(spam=False, filler=False, foreign=False))
    labelled: Labelled = label_batch(table, model, no_screen)
    mentions: dict[str, list[Any]] = {review.id: [] for review in reviews}
    for row in labelled.mentions.itertuples():
        mentions[str(row.review_id)].append(row)
    overall = zip(labelled.reviews["review_id"], labelled.reviews["overall"], strict=True)
    return {review_id: (verdict, mentions[review_id]) for review_id, verdict in overall}


def score(reviews: Sequence[LabelledReview], predicted: dict[str, Any]) -> dict[str, float]:
    """The figures of the codebook's scorer, as name -> value in [0, 1]."""
    scores = {}
    for name, key in SETS.items():
        counts = _counts(reviews, predicted, key)
        scores[name] = _f1(*(sum(c[i] for c in counts.values()) for i in range(3)))
        if name == "touchpoint_f1":
            seen = [_f1(*c) for c in counts.values() if c[0] + c[2] >= _ENOUGH]
            scores["touchpoint_macro"] = sum(seen) / len(seen) if seen else 0.0
    truth = [review.overall for review in reviews]
    said = [predicted[review.id][0] for review in reviews]
    scores["overall_f1"] = float(
        f1_score(truth, said, labels=list(SENTIMENTS), average="macro", zero_division=0)
    )
    return scores


def _counts(reviews: Sequence[LabelledReview], predicted: dict[str, Any], key: Key) -> dict[Any, list[int]]:
    """Label -> [found, wrongly said, missed], counted once a review."""
    counts: dict[Any, list[int]] = {}
    for review in reviews:
        want = {key(m) for m in review.mentions} - {None}
        got = {key(m) for m in predicted[review.id][1]} - {None}
        for label in want | got:
            place = 0 if label in want and label in got else 1 if label in got else 2
            counts.setdefault(label, [0, 0, 0])[place] += 1
    return counts


def _f1(found: int, wrong: int, missed: int) -> float:
    return 2 * found / (2 * found + wrong + missed) if found else 0.0


def _by_label(
    reviews: Sequence[LabelledReview], predicted: dict[str, Any], key: Key
) -> dict[str, tuple[float, int]]:
    counts = _counts(reviews, predicted, key)
    return {label: (_f1(*c), c[0] + c[2]) for label, c in sorted(counts.items()) if c[0] + c[2]}


def _calibration(
    model: ReviewModel, reviews: Sequence[LabelledReview]
) -> tuple[dict[str, float], list[tuple[float, float, int]]]:
    table = label_clauses(reviews)
    rows = np.flatnonzero(table.y["sentiment"] != "no_mention")
    if not len(rows):
        return {}, []
    said = model.mentions.predict(table.clauses, table.groups)
    confidence = said.probability["sentiment"][rows]
    is_right = said.labels["sentiment"][rows] == table.y["sentiment"][rows]
    sure = np.argsort(-confidence, kind="stable")[: int(len(rows) * _CONFIDENT_SHARE)]
    summary = {
        "expected_calibration_error": expected_calibration_error(confidence, is_right),
        "accuracy": float(is_right.mean()),
        "accuracy_of_the_80_percent_surest": float(is_right[sure].mean()),
    }
    return summary, reliability(confidence, is_right)


def _words(review: LabelledReview) -> list[str]:
    return review.text.lower().split()


_STYLES: dict[str, Callable[[LabelledReview], bool]] = {
    "teencode": lambda r: sum(word in informal_spellings() for word in _words(r)) >= 2,
    "no diacritics": lambda r: len(_words(r)) > 2 and not has_diacritics(r.text),
    "short (up to 10)": lambda r: len(_words(r)) <= _SHORT,
    "long (over 50)": lambda r: len(_words(r)) > _LONG,
    "mixed sentiment": lambda r: len(Counter(m.sentiment for m in r.mentions) - Counter(["neutral"])) > 1,
}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
