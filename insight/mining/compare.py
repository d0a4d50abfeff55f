"""Station: segments side by side. Which pains are over- or under-represented, beyond chance."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact

from insight.errors import UsageError, unknown
from insight.schema import SEGMENT_PREFIX, SEGMENTS

_FEW = 5
_MAX_VALUES = 12
_MIN_VALUES = 2
_KNOWN = ("brand", "product", "channel")


def segment_columns(reviews: pd.DataFrame, *, min_n: int) -> list[str]:
    """Columns that cut the reviews into a readable number of groups.

    Product, brand, channel and the dump's own columns, when at least two of their values, and at most
    twelve, have `min_n` reviews each and these cover at least half of the reviews that have a value.
    """
    candidates = [c for c in reviews.columns if c in _KNOWN or c.startswith(SEGMENT_PREFIX)]
    chosen = []
    for column in candidates:
        sizes = _sizes(reviews[column])
        large, n = sizes[sizes >= min_n].head(_MAX_VALUES), sizes.sum()
        if len(large) >= _MIN_VALUES and large.sum() >= 0.5 * n and len(sizes) < 0.5 * n:
            chosen.append(column)
    return chosen


def find_segments(reviews: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Segment columns by the headers of the dump, or by their names in the tables.

    Raises
    ------
    UsageError
        When the run has no such column; the nearest known one is proposed.
    """
    columns = [str(c) for c in reviews.columns if c in _KNOWN or str(c).startswith(SEGMENT_PREFIX)]
    by_header = {column.removeprefix(SEGMENT_PREFIX): column for column in columns}
    found = []
    for name in names:
        column = by_header.get(name.removeprefix(SEGMENT_PREFIX))
        if column is None:
            raise UsageError(unknown("segment column", name, by_header))
        found.append(column)
    return found


def segment_values(reviews: pd.DataFrame, column: str, *, min_n: int) -> list[str]:
    """The largest values of a segment column, at most twelve, each with at least `min_n` reviews."""
    sizes = _sizes(reviews[column])
    return [str(value) for value in sizes[sizes >= min_n].head(_MAX_VALUES).index]


def spoken_in(reviews: pd.DataFrame, mentions: pd.DataFrame, column: str) -> pd.Series:
    """The value that `column` has in the review of each mention, as a category."""
    value = reviews[column].astype("category")
    codes = mentions["review_id"].map(pd.Series(value.cat.codes.to_numpy(), reviews["review_id"].to_numpy()))
    codes = codes.fillna(-1).astype(value.cat.codes.dtype)
    return pd.Series(pd.Categorical.from_codes(codes, value.cat.categories), mentions.index)


def _sizes(column: pd.Series) -> pd.Series:
    """Value -> number of reviews, largest first; of equally large ones that which comes first in the dump."""
    place, values = pd.factorize(column)
    sizes = pd.Series(
        np.bincount(place[place >= 0], minlength=len(values)), pd.Index(values).astype("object")
    )
    return sizes.drop("", errors="ignore").sort_values(ascending=False, kind="stable")


def compare_segments(
    reviews: pd.DataFrame, mentions: pd.DataFrame, columns: list[str], *, min_n: int
) -> pd.DataFrame:
    """Share of negative mentions of each pain category in each segment against the rest of the dump.

    Tests are Fisher's exact where a cell expects fewer than five mentions, else chi-squared; p-values of
    all comparisons together are adjusted by Benjamini and Hochberg (1995).

    Parameters
    ----------
    reviews, mentions : DataFrame
        Kept reviews and their mentions.
    columns : list of str
        Segment columns of `reviews`.
    min_n : int
        Fewest mentions of a segment for a significant difference.

    Returns
    -------
    DataFrame
        `schema.SEGMENTS`.
    """
    hurts = (mentions["sentiment"] == "negative").to_numpy()
    pains = sorted(set(mentions["pain"].unique()) - {"none"})
    negative = {pain: hurts & (mentions["pain"] == pain).to_numpy() for pain in pains}
    rows = []
    for column in columns:
        value_of = spoken_in(reviews, mentions, column)
        for value in segment_values(reviews, column, min_n=min_n):
            rows += [(column, value, *row) for row in _contrast(negative, (value_of == value).to_numpy())]
    if not rows:
        return SEGMENTS.empty()
    table = pd.DataFrame(
        rows, columns=["segment", "value", "pain", "n", "negative", "share", "base_share", "p"]
    )
    table["ratio"] = table["share"] / table["base_share"].where(table["base_share"] > 0)
    table["q_value"] = false_discovery_control(table["p"])
    table["is_significant"] = (table["q_value"] < 0.05) & (table["n"] >= min_n)
    return table[SEGMENTS.names]


def _contrast(
    negative: dict[str, NDArray[np.bool_]], inside: NDArray[np.bool_]
) -> list[tuple[str, int, int, float, float, float]]:
    n_in, n_out = int(inside.sum()), int((~inside).sum())
    if not n_in or not n_out:
        return []
    rows = []
    for pain, bad in negative.items():
        a = int((bad & inside).sum())
        b = int(bad.sum()) - a
        rows.append((pain, n_in, a, a / n_in, b / n_out, _p_value(a, n_in, b, n_out)))
    return rows


def _p_value(a: int, n_in: int, b: int, n_out: int) -> float:
    if a + b == 0 or a + b == n_in + n_out:
        return 1.0
    cells = np.array([[a, n_in - a], [b, n_out - b]])
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    if expected.min() < _FEW:
        return float(fisher_exact(cells).pvalue)
    return float(chi2_contingency(cells).pvalue)
