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
    spoken = mentions[mentions["review_id"].isin(period.index)]
    pains = sorted(set(spoken["pain"]) - {"none"})
    for day, group in spoken.groupby(spoken["review_id"].map(period)):
        rows.append((day, "net", len(group), *_net(group["sentiment"])))
        negative = group.loc[group["sentiment"] == "negative", "pain"].value_counts()
        for pain in pains:
            count = int(negative.get(pain, 0))
            low, high = proportion_confint(count, len(group), method="wilson")
            rows.append((day, f"pain:{pain}", len(group), count / len(group), low, high))
    table = pd.DataFrame(rows, columns=["period", "measure", "n", "value", "low", "high"]).assign(grain=grain)
    return table.sort_values(["measure", "period"], ignore_index=True)[TRENDS.names]


def _net(sentiment: pd.Series) -> tuple[float, float, float]:
    counts = sentiment.map(_SIGN).value_counts()
    if counts.sum() < 2 or len(counts) < 2:
        value = float(counts.index[0])
        return value, float("nan"), float("nan")
    stats = DescrStatsW(counts.index.to_numpy(), weights=counts.to_numpy())
    low, high = stats.tconfint_mean()
    return float(stats.mean), max(-1.0, float(low)), min(1.0, float(high))
