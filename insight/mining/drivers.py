"""Station: what to fix first. Volume, negativity and the gap in stars of touchpoints and themes."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from insight.schema import DRIVERS

_BAD = 1 / 3
_GAPS = ["stars_with", "stars_without", "stars_gap", "gap_low", "gap_high"]
_KINDS = (("touchpoint", "touchpoint"), ("theme", "theme_id"))


def rank_drivers(reviews: pd.DataFrame, mentions: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Touchpoints and themes by how often and how badly customers speak of them.

    The gap in stars compares reviews that mention the item negatively with all others (Welch's interval).
    It is an association: other things may differ between these reviews.

    Parameters
    ----------
    reviews : DataFrame
        Kept reviews, with `review_id` and, where the dump has them, `stars`.
    mentions : DataFrame
        Their mentions (`schema.MENTIONS`).
    min_n : int
        Items with fewer mentions are in the quadrant 'too_few'.

    Returns
    -------
    DataFrame
        `schema.DRIVERS`, highest priority first.
    """
    stars = _stars_by_review(reviews)
    tables = [_rank(mentions, kind, column, len(reviews), stars) for kind, column in _KINDS]
    table = pd.concat(tables, ignore_index=True)
    table["quadrant"] = _quadrants(table, min_n)
    order = ["priority", "n", "id"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)[DRIVERS.names]


def _rank(mentions: pd.DataFrame, kind: str, column: str, n_reviews: int, stars: pd.Series) -> pd.DataFrame:
    named = mentions[mentions[column] != ""]
    bad = named[named["sentiment"] == "negative"]
    groups = named.groupby(column, observed=True)
    table = groups.agg(
        n=("touchpoint", "size"), n_reviews=("review_id", "nunique"), touchpoint=("touchpoint", "first")
    )
    table["id"], table["kind"] = table.index.astype("str"), kind
    table["touchpoint"] = table["touchpoint"].astype("str")
    negative = bad.groupby(column, observed=True).size().reindex(table.index, fill_value=0)
    table["volume"] = table["n_reviews"] / max(n_reviews, 1)
    table["negativity"] = negative / table["n"]
    table["low"], table["high"] = proportion_confint(
        negative.to_numpy(), table["n"].to_numpy(), method="wilson"
    )
    table["priority"] = table["volume"] * negative / table["n"]
    return table.join(_stars_gaps(stars, bad, column)).reset_index(drop=True)


def _stars_by_review(reviews: pd.DataFrame) -> pd.Series:
    if "stars" not in reviews:
        return pd.Series(dtype="float64")
    return reviews.set_index("review_id")["stars"].dropna()


def _stars_gaps(stars: pd.Series, bad: pd.DataFrame, column: str) -> pd.DataFrame:
    """Mean stars with and without each item, their gap and its interval; NaN where too few have stars.

    Stars have few distinct values, so how often each of them was given says all that Welch's interval needs.
    """
    pairs = bad[["review_id", column]].drop_duplicates()
    given = pairs["review_id"].map(stars)
    counts = given.groupby([pairs[column], given], observed=True).size().unstack(fill_value=0)
    values = np.sort(stars.unique()).astype("float64")
    counts = counts.reindex(columns=values, fill_value=0)
    all_counts = stars.value_counts().reindex(values).to_numpy(dtype="int64")
    rows = [_stars_gap(values, inside, all_counts - inside) for inside in counts.to_numpy(dtype="int64")]
    return pd.DataFrame(rows, columns=_GAPS, index=counts.index, dtype="float64")


def _stars_gap(
    values: NDArray[np.float64], inside: NDArray[np.int64], outside: NDArray[np.int64]
) -> tuple[float, float, float, float, float]:
    if inside.sum() < 2 or outside.sum() < 2:
        return (np.nan,) * 5
    with_it, without = DescrStatsW(values, weights=inside), DescrStatsW(values, weights=outside)
    means = float(with_it.mean), float(without.mean)
    if (inside > 0).sum() == 1 and (outside > 0).sum() == 1:
        return (*means, means[0] - means[1], np.nan, np.nan)
    low, high = CompareMeans(with_it, without).tconfint_diff(usevar="unequal")
    return (*means, means[0] - means[1], float(low), float(high))


def _quadrants(table: pd.DataFrame, min_n: int) -> np.ndarray:
    """fix_now: often and bad; watch: seldom and bad; promote: often and good; keep: seldom and good.

    "Often" is at or above the median volume of items of its kind; "bad" means that at least a third of the
    mentions are negative.
    """
    median = table.groupby("kind")["volume"].transform("median")
    often, bad = table["volume"] >= median, table["negativity"] >= _BAD
    choices = np.select([often & bad, bad, often], ["fix_now", "watch", "promote"], default="keep")
    return np.where(table["n"] < min_n, "too_few", choices)
