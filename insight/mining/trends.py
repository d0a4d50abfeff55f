"""Station: volume, net sentiment and each pain, by week or month."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from insight.schema import TRENDS

_WEEKS_UP_TO_DAYS = 200
_SIGN = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def follow_trends(reviews: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Measures by period, over the reviews that carry a date.

    Parameters
    ----------
    reviews : DataFrame
        Kept reviews, with `review_id` and, where the dump has them, `date`.
    mentions : DataFrame
        Their mentions.

    Returns
    -------
    DataFrame
        `schema.TRENDS`; by week when the dates span at most 200 days, else by month. Every pain category that
        the mentions have gets a row in every period with mentions. Empty without dates.
    """
    dated = reviews.dropna(subset=["date"]) if "date" in reviews else reviews.iloc[:0]
    if dated.empty:
        return TRENDS.empty()
    span = dated["date"].max() - dated["date"].min()
    grain = "week" if span.days <= _WEEKS_UP_TO_DAYS else "month"
    start = dated["date"].dt.to_period("W" if grain == "week" else "M").dt.start_time
    period = pd.Series(start.to_numpy(), index=dated["review_id"].to_numpy())
    rows = [
        (day, "reviews", n, float(n), float("nan"), float("nan")) for day, n in period.value_counts().items()
    ]
    rows += _by_period(mentions, mentions["review_id"].map(period))
    table = pd.DataFrame(rows, columns=["period", "measure", "n", "value", "low", "high"]).assign(grain=grain)
    return table.sort_values(["measure", "period"], ignore_index=True)[TRENDS.names]


def _by_period(
    mentions: pd.DataFrame, period: pd.Series
) -> list[tuple[object, str, int, float, float, float]]:
    """Net sentiment and the share of each pain in each period; mentions without a period are left out."""
    sizes = mentions.groupby([period, "pain", "sentiment"], observed=True).size()
    if sizes.empty:
        return []
    table = pd.DataFrame(sizes.unstack("sentiment", fill_value=0)).reindex(columns=list(_SIGN), fill_value=0)
    by_sentiment = table.groupby(level=0).sum()
    n = pd.Series(by_sentiment.sum(axis=1))
    rows: list[tuple[object, str, int, float, float, float]] = [
        (day, "net", int(counts.sum()), *_net(counts)) for day, counts in by_sentiment.iterrows()
    ]
    for pain in sorted(set(table.index.unique("pain")) - {"none"}):
        negative = pd.Series(table["negative"].xs(pain, level="pain")).reindex(n.index, fill_value=0)
        low, high = proportion_confint(negative.to_numpy(), n.to_numpy(), method="wilson")
        values = zip(n.index, n, negative / n, low, high, strict=True)
        rows += [(day, f"pain:{pain}", *figures) for day, *figures in values]
    return rows


def _net(by_sentiment: pd.Series) -> tuple[float, float, float]:
    counts = by_sentiment[by_sentiment > 0].sort_values(ascending=False).rename(_SIGN)
    if counts.sum() < 2 or len(counts) < 2:
        value = float(counts.index[0])
        return value, float("nan"), float("nan")
    stats = DescrStatsW(counts.index.to_numpy(), weights=counts.to_numpy())
    low, high = stats.tconfint_mean()
    return float(stats.mean), max(-1.0, float(low)), min(1.0, float(high))
