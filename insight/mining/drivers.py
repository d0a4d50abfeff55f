"""Station: what to fix first. Volume, negativity and the gap in stars of touchpoints and themes."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from insight.schema import DRIVERS

_BAD = 1 / 3
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
    rows = []
    for id_, group in named.groupby(column, observed=True):
        negative = group["sentiment"] == "negative"
        n, bad = len(group), int(negative.sum())
        low, high = proportion_confint(bad, n, method="wilson")
        speaking = group["review_id"].nunique()
        volume = speaking / max(n_reviews, 1)
        gap = _stars_gap(stars, group.loc[negative, "review_id"])
        touchpoint = group["touchpoint"].iat[0]
        rows.append((kind, id_, touchpoint, n, speaking, volume, bad / n, low, high, *gap, volume * bad / n))
    return pd.DataFrame(rows, columns=[name for name in DRIVERS.names if name != "quadrant"])


def _stars_by_review(reviews: pd.DataFrame) -> pd.Series:
    if "stars" not in reviews:
        return pd.Series(dtype="float64")
    return reviews.set_index("review_id")["stars"].dropna()


def _stars_gap(stars: pd.Series, with_ids: pd.Series) -> tuple[float, float, float, float, float]:
    inside = stars.index.isin(with_ids.unique())
    with_it, without = stars[inside], stars[~inside]
    if len(with_it) < 2 or len(without) < 2:
        return (np.nan,) * 5
    means = float(with_it.mean()), float(without.mean())
    if with_it.nunique() == 1 and without.nunique() == 1:
        return (*means, means[0] - means[1], np.nan, np.nan)
    comparison = CompareMeans(DescrStatsW(with_it.to_numpy()), DescrStatsW(without.to_numpy()))
    low, high = comparison.tconfint_diff(usevar="unequal")
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
