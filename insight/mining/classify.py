"""Station: clauses become mentions; neighbouring clauses that say the same become one."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.estimators.model import ReviewLabels
from insight.text.forms import join_forms

_LABELS = ("stage", "touchpoint", "pain", "sentiment")
_TOGETHER = [f"p_{label}" for label in _LABELS]


def classify_clauses(
    clauses: pd.DataFrame,
    labels: ReviewLabels,
    raw_texts: pd.Series,
    *,
    mention_threshold: float,
    min_sentiment: float,
    min_touchpoint: float,
) -> pd.DataFrame:
    """Mentions from clauses and what a model says of them.

    Parameters
    ----------
    clauses : DataFrame
        From `split_reviews`.
    labels : ReviewLabels
        One entry a clause.
    raw_texts : Series of str
        Raw text of each review, by row number.
    mention_threshold : float
        Clauses less probably a mention than this are left out.
    min_sentiment, min_touchpoint : float
        A mention with a lower probability is marked `unsure`.

    Returns
    -------
    DataFrame
        `schema.MENTIONS` without `score`, `theme_id` empty.
    """
    said = labels.mentions
    rows = np.flatnonzero(said.p_mention >= mention_threshold)
    table = clauses.take(rows).assign(
        **{label: said.labels[label][rows] for label in _LABELS},
        **{f"p_{label}": said.probability[label][rows] for label in _LABELS},
    )
    merged = _merge_neighbours(table, raw_texts)
    unsure = (merged["p_sentiment"] < min_sentiment) | (merged["p_touchpoint"] < min_touchpoint)
    groups = merged["group"].to_numpy()
    number = pd.Series(np.arange(len(groups)) - np.searchsorted(groups, groups) + 1, merged.index)
    mention_id = merged["review_id"] + ":" + number.astype("str")
    forms = pd.array([join_forms(clause.split(" ")) for clause in merged["clause"]], dtype="str")
    found = merged.assign(unsure=unsure, mention_id=mention_id.astype("str"), theme_id="", form=forms)
    columns = ["mention_id", "review_id", "text", "form", "start", "end", *_LABELS, *_TOGETHER]
    return found[[*columns, "unsure", "theme_id"]].astype(
        dict.fromkeys([*_LABELS, "theme_id", "text"], "str")
    )


def _merge_neighbours(table: pd.DataFrame, raw_texts: pd.Series) -> pd.DataFrame:
    """Join runs of clauses of one review that carry the same four labels; probabilities are averaged."""
    if table.empty:
        return table
    keys = ["group", *_LABELS]
    differs = np.zeros(len(table), dtype=bool)
    for key in keys:
        values = table[key].to_numpy()
        differs[1:] |= values[1:] != values[:-1]
    # A clause between two mentions that is none itself keeps them apart.
    positions = table.index.to_numpy()
    differs[1:] |= np.diff(positions) != 1
    differs[0] = True
    starts = np.flatnonzero(differs)
    merged = table.iloc[starts].reset_index(drop=True)
    merged["end"] = table["end"].to_numpy()[_last_of(starts, len(table))]
    sizes = np.diff(np.append(starts, len(table)))
    for column in _TOGETHER:
        merged[column] = np.add.reduceat(table[column].to_numpy(), starts) / sizes
    joined = np.flatnonzero(sizes > 1)
    text, clause = (merged[column].to_numpy(dtype=object) for column in ("text", "clause"))
    raw = raw_texts.to_numpy()
    group, start, end = (merged[column].to_numpy() for column in ("group", "start", "end"))
    clauses = table["clause"].to_numpy(dtype=object)
    for i in joined:
        text[i] = raw[group[i]][start[i] : end[i]]
        clause[i] = " ".join(clauses[starts[i] : starts[i] + sizes[i]])
    return merged.assign(text=pd.array(text, dtype="str"), clause=pd.array(clause, dtype="str"))


def _last_of(starts: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.append(starts[1:], n) - 1
