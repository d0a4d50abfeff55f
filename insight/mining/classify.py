"""Station: clauses become mentions; neighbouring clauses that say the same become one."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.estimators.model import ReviewLabels

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
    table = clauses.assign(
        **{label: said.labels[label] for label in _LABELS},
        **{f"p_{label}": said.probability[label] for label in _LABELS},
    )
    table = table[said.p_mention >= mention_threshold]
    merged = _merge_neighbours(table, raw_texts)
    unsure = (merged["p_sentiment"] < min_sentiment) | (merged["p_touchpoint"] < min_touchpoint)
    number = merged.groupby("review_id").cumcount() + 1
    mention_id = merged["review_id"] + ":" + number.astype("str")
    columns = ["mention_id", "review_id", "text", "start", "end", *_LABELS, *_TOGETHER, "unsure", "theme_id"]
    return merged.assign(unsure=unsure, mention_id=mention_id.astype("str"), theme_id="")[columns].astype(
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
    text = merged["text"].to_numpy(dtype=object)
    raw = raw_texts.to_numpy()
    group, start, end = (merged[column].to_numpy() for column in ("group", "start", "end"))
    for i in joined:
        text[i] = raw[group[i]][start[i] : end[i]]
    return merged.assign(text=pd.array(text, dtype="str"))


def _last_of(starts: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.append(starts[1:], n) - 1
