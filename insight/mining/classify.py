"""Station: clauses become mentions; neighbouring clauses that say the same become one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from insight.estimators.model import ReviewLabels
from insight.text.forms import LONGEST, join_forms
from insight.text.found_clauses import FoundClauses

_LABELS = ("stage", "touchpoint", "pain", "sentiment")


def classify_clauses(
    clauses: FoundClauses,
    labels: ReviewLabels,
    raw_texts: Sequence[str],
    *,
    mention_threshold: float,
    min_sentiment: float,
    min_touchpoint: float,
) -> pd.DataFrame:
    """Mentions from clauses and what a model says of them.

    Parameters
    ----------
    clauses : FoundClauses
        From `find_clauses`.
    labels : ReviewLabels
        One entry a clause.
    raw_texts : sequence of str
        Raw text of each review, by row number.
    mention_threshold : float
        Clauses less probably a mention than this are left out.
    min_sentiment, min_touchpoint : float
        A mention with a lower probability is marked `unsure`.

    Returns
    -------
    DataFrame
        `schema.MENTIONS` without ids and `score`, `theme_id` empty, and before them `group` (int64): the row
        number of the review.
    """
    said = labels.mentions
    rows = np.flatnonzero(said.p_mention >= mention_threshold)
    codes = {label: said.codes[label][rows] for label in _LABELS}
    first = _first_of_runs(rows, clauses.groups[rows], *codes.values())
    sizes = np.diff(first, append=len(rows))
    groups = clauses.groups[rows[first]]
    start, end = clauses.starts[rows[first]], clauses.ends[rows[first + sizes - 1]]
    spans = zip(groups.tolist(), start.tolist(), end.tolist(), strict=True)
    p = {label: _means(said.probability[label][rows], first, sizes) for label in _LABELS}
    return pd.DataFrame(
        {
            "group": groups,
            "text": pd.array([raw_texts[group][begin:stop] for group, begin, stop in spans], dtype="str"),
            "form": pd.array(_forms(clauses.forms, rows[first], sizes), dtype="str"),
            "start": start,
            "end": end,
            **{label: _in_full(said.classes[label], codes[label][first]) for label in _LABELS},
            **{f"p_{label}": p[label] for label in _LABELS},
            "unsure": (p["sentiment"] < min_sentiment) | (p["touchpoint"] < min_touchpoint),
            "theme_id": _in_full([""], np.zeros(len(groups), dtype=np.int64)),
        }
    )


def _first_of_runs(rows: NDArray[np.int64], *values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where runs of neighbouring clauses begin that agree in review and labels.

    A clause between two mentions that is none itself keeps them apart.
    """
    differs = np.diff(rows, prepend=-2) != 1
    for of_clauses in values:
        differs[1:] |= of_clauses[1:] != of_clauses[:-1]
    return np.flatnonzero(differs)


def _means(
    values: NDArray[np.float64], first: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.float64]:
    return np.asarray(np.add.reduceat(values, first) / sizes) if len(first) else np.empty(0)


def _forms(clauses: list[str], first: NDArray[np.int64], sizes: NDArray[np.int64]) -> list[str]:
    """Forms in which mentions are compared; one of several clauses has the words of them all."""
    together = [clauses[place] for place in first.tolist()]
    for i in np.flatnonzero(sizes > 1).tolist():
        together[i] = " ".join(clauses[first[i] : first[i] + sizes[i]])
    return list(map(_form, together))


def _form(clause: str) -> str:
    # A clause of nothing but words, none of them shown in another way, is its own form.
    is_plain = clause.replace(" ", "").isalnum() and "ap" not in clause and clause.count(" ") < LONGEST
    return clause if is_plain else join_forms(clause.split(" "))


def _in_full(classes: Sequence[str], codes: NDArray[np.int64]) -> pd.api.extensions.ExtensionArray:
    """Labels from their places among `classes`."""
    chosen = pa.array(classes, type=pa.large_string()).take(pa.array(codes))
    labels: pd.api.extensions.ExtensionArray = pd.array(chosen, dtype="str")
    return labels
