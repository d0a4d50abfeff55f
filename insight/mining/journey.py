"""Station: the journey map. Stages and touchpoints with volume, sentiment and the emotion curve."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from insight.schema import BREAKS, JOURNEY, PAINS
from insight.taxonomy import SENTIMENTS, Taxonomy

_COUNTS = ["positive", "neutral", "negative"]


def draw_journey(
    mentions: pd.DataFrame,
    taxonomy: Taxonomy,
    *,
    min_n: int,
    segment: str = "",
    value: str = "",
) -> pd.DataFrame:
    """Stages, then touchpoints, of the journey.

    Parameters
    ----------
    mentions : DataFrame
        `schema.MENTIONS` of the reviews that are kept.
    taxonomy : Taxonomy
        Order of stages and touchpoints; every stage gets a row, also with no mention.
    min_n : int
        Fewest mentions of a touchpoint that may be called the weakest; those whose usual pain category is
        'none', such as a verdict on everything, name nothing to mend and are never called so.
    segment, value : str
        Written into the columns of these names.

    Returns
    -------
    DataFrame
        `schema.JOURNEY`.
    """
    total = len(mentions)
    stages = _tally(mentions, "stage").reindex([s.id for s in taxonomy.stages])
    stages = stages.assign(level="stage", stage=stages.index, touchpoint="")
    present = set(mentions["touchpoint"].unique())
    points = _tally(mentions, "touchpoint").reindex([t.id for t in taxonomy.touchpoints if t.id in present])
    where = _commonest_stage(mentions)
    points = points.assign(level="touchpoint", stage=where.reindex(points.index), touchpoint=points.index)
    table = pd.concat([stages, points], ignore_index=True)
    counted = ["n", "n_reviews", *_COUNTS]
    table[counted] = table[counted].fillna(0).astype("int64")
    table["share"] = table["n"] / max(total, 1)
    table = table.join(_net_interval(table))
    leading = {side: _leading_theme(mentions, side) for side in ("negative", "positive")}
    key = table["touchpoint"].where(table["level"] == "touchpoint", table["stage"])
    for column, side in (("pain_theme", "negative"), ("strength_theme", "positive")):
        table[column] = [leading[side].get(id_, "") for id_ in key]
    mendable = [t.id for t in taxonomy.touchpoints if t.pain != "none"]
    enough = table["touchpoint"].isin(mendable) & (table["n"] >= min_n)
    weakest = table.loc[enough, "net_high"].idxmin() if enough.any() else None
    table = table.assign(segment=segment, value=value, is_weakest=table.index == weakest)
    return table[JOURNEY.names]


def tabulate_pains(mentions: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """The pain matrix: every stage by every pain category but 'none' (`schema.PAINS`)."""
    cells = pd.MultiIndex.from_product(
        [[s.id for s in taxonomy.stages], [p.id for p in taxonomy.pains if p.id != "none"]],
        names=["stage", "pain"],
    )
    counts = mentions.groupby(["stage", "pain", "sentiment"], observed=True).size().unstack(fill_value=0)
    counts = counts.reindex(index=cells, columns=list(SENTIMENTS), fill_value=0).astype("int64").reset_index()
    counts["n"] = counts[list(SENTIMENTS)].sum(axis=1)
    counts["negativity"] = counts["negative"] / counts["n"].where(counts["n"] > 0)
    counts["low"], counts["high"] = wilson(counts["negative"], counts["n"])
    return counts[PAINS.names]


def find_breaks(mentions: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """Breaking points: where within reviews the sentiment drops from one stage to a later one.

    Returns
    -------
    DataFrame
        `schema.BREAKS`, one row for each pair of stages that some review speaks of both.
    """
    by_stage = _net_by_review(mentions)
    order = [s.id for s in taxonomy.stages if s.id in by_stage]
    rows = []
    for i, earlier in enumerate(order):
        for later in order[i + 1 :]:
            change = by_stage[later] - by_stage[earlier]
            change = change[~np.isnan(change)]
            if not len(change):
                continue
            drops, n = int((change < 0).sum()), len(change)
            low, high = proportion_confint(drops, n, method="wilson")
            rows.append((earlier, later, n, drops, drops / n, low, high, float(change.mean())))
    return pd.DataFrame(rows, columns=BREAKS.names)


def wilson(count: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Wilson 95 % interval of count / n; NaN where n is 0."""
    low, high = proportion_confint(count.to_numpy(), np.maximum(n.to_numpy(), 1), method="wilson")
    known = n.to_numpy() > 0
    return pd.Series(np.where(known, low, np.nan), n.index), pd.Series(np.where(known, high, np.nan), n.index)


def _commonest_stage(mentions: pd.DataFrame) -> pd.Series:
    """Touchpoint id -> the stage of most of its mentions, of equally common ones the first by name."""
    sizes = mentions.groupby(["touchpoint", "stage"], observed=True).size().reset_index(name="n")
    sizes = sizes.astype({"touchpoint": "str", "stage": "str"})
    sizes = sizes.sort_values(["n", "stage"], ascending=[False, True]).drop_duplicates("touchpoint")
    return sizes.set_index("touchpoint")["stage"]


def _net_by_review(mentions: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Stage -> mean sign of its mentions in each review, NaN where the review does not speak of it."""
    review, reviews = pd.factorize(mentions["review_id"])
    sign = mentions["sentiment"].map({"negative": -1.0, "neutral": 0.0, "positive": 1.0}).to_numpy("float64")
    nets = {}
    for stage in mentions["stage"].unique():
        here = (mentions["stage"] == stage).to_numpy()
        counts = np.bincount(review[here], minlength=len(reviews))
        sums = np.bincount(review[here], weights=sign[here], minlength=len(reviews))
        nets[str(stage)] = np.divide(sums, counts, out=np.full(len(reviews), np.nan), where=counts > 0)
    return nets


def _tally(mentions: pd.DataFrame, by: str) -> pd.DataFrame:
    grouped = mentions.groupby(by, observed=True)
    counts = mentions.groupby([by, "sentiment"], observed=True).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(SENTIMENTS), fill_value=0)
    return counts.assign(n=grouped.size(), n_reviews=grouped["review_id"].nunique())


def _net_interval(table: pd.DataFrame) -> pd.DataFrame:
    """Mean of the signs (-1, 0, 1) with its t interval, from the counts alone."""
    rows = []
    for counts in table[_COUNTS].to_numpy():
        n = counts.sum()
        if n == 0:
            rows.append((np.nan, np.nan, np.nan))
            continue
        net = (counts[0] - counts[2]) / n
        if n == 1 or counts.max() == n:
            # No variance to estimate from: the rule of three bounds what was never seen.
            slack = min(2.0, 3 / n)
            rows.append((net, max(-1.0, net - slack), min(1.0, net + slack)))
            continue
        low, high = DescrStatsW(np.array([1.0, 0.0, -1.0]), weights=counts).tconfint_mean()
        rows.append((net, max(-1.0, low), min(1.0, high)))
    return pd.DataFrame(rows, columns=["net", "net_low", "net_high"], index=table.index)


def _leading_theme(mentions: pd.DataFrame, side: str) -> dict[str, str]:
    """Touchpoint id and stage id -> theme with most mentions of that sentiment."""
    chosen = mentions[(mentions["sentiment"] == side) & (mentions["theme_id"] != "")]
    leading: dict[str, str] = {}
    for by in ("stage", "touchpoint"):
        sizes = chosen.groupby([by, "theme_id"], observed=True).size().rename("n").reset_index()
        sizes = sizes.sort_values(["n", "theme_id"], ascending=[False, True]).drop_duplicates(by)
        leading |= dict(zip(sizes[by], sizes["theme_id"], strict=True))
    return leading
