"""Themes: what customers speak of, with size, trend and quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from insight.report.charts import sparkline
from insight.report.views.context import Context, records
from insight.report.views.pieces import Filter, Quote

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_CARDS = {"negative": 12, "positive": 8, "neutral": 4}
_QUOTES = {"negative": 3, "positive": 2, "neutral": 2}
_SMALL_PERIODS = 3


@dataclass(frozen=True)
class Theme:
    """A theme with its figures; `quotes` are empty in the list of smaller themes."""

    id: str
    name: str
    place: str
    side: str
    n: str
    share: str
    terms: str
    parts: str
    """What a large theme falls into, with mentions of each."""
    spark: Markup
    quotes: list[Quote]
    filter: Filter


@dataclass(frozen=True)
class Side:
    """The themes of one sentiment: the largest as cards, the others as a list."""

    id: str
    title: str
    count: str
    cards: list[Theme]
    others: list[Theme]


@dataclass(frozen=True)
class ThemesView:
    """What the part shows."""

    sides: list[Side]


def view_themes(context: Context) -> ThemesView:
    """Themes of each side, largest first."""
    history = _history(context)
    sides = []
    for side, cards in _CARDS.items():
        rows = [row for row in records(context.analysis.themes) if row["side"] == side]
        rows.sort(key=lambda row: bool(row["is_remainder"]))
        shown = [row for row in rows[:cards] if not row["is_remainder"]]
        others = rows[len(shown) :]
        sides.append(
            Side(
                id=side,
                title=context.messages(f"themes.{side}"),
                count=context.formats.integer(len(rows)),
                cards=[_theme(context, row, history, _QUOTES[side]) for row in shown],
                others=[_theme(context, row, history, 0) for row in others],
            )
        )
    return ThemesView([side for side in sides if side.cards or side.others])


def _theme(context: Context, row: dict[str, Any], history: dict[str, list[float]], quotes: int) -> Theme:
    formats = context.formats
    return Theme(
        id=f"theme-{context.theme_key(row['theme_id'])}",
        name=context.theme_short(row["theme_id"]),
        place=context.touchpoint_name(row["touchpoint"]),
        side=row["side"],
        n=context.mentions_count(row["n"]) if quotes else formats.integer(row["n"]),
        share=formats.percent(row["share"]),
        terms=", ".join(context.name(term) for term in list(row["terms"])[1:5]),
        parts=_parts(context, row),
        spark=_spark(context, history.get(row["theme_id"], [])) if quotes else Markup(""),
        quotes=context.quotes(list(row["quote_ids"]), quotes),
        filter=Filter({"theme": context.theme_key(row["theme_id"])}),
    )


def _parts(context: Context, row: dict[str, Any]) -> str:
    pairs = zip(list(row["part_names"]), list(row["part_sizes"]), strict=True)
    return ", ".join(f"{context.name(name)} ({context.formats.integer(n)})" for name, n in pairs)


def _history(context: Context) -> dict[str, list[float]]:
    """Theme id -> its share of the mentions of each period, over the periods of the trends."""
    trends = context.analysis.trends
    net = trends[trends["measure"] == "net"].sort_values("period")
    if len(net) < _SMALL_PERIODS:
        return {}
    import numpy as np
    import pandas as pd

    edges = pd.DatetimeIndex(net["period"])
    period, known = _periods(context, edges)
    theme, ids = pd.factorize(context.analysis.mentions["theme_id"][known], sort=True)
    cells = np.bincount(theme * len(edges) + period[known], minlength=len(ids) * len(edges))
    shares = cells.reshape(len(ids), len(edges)) / net["n"].to_numpy()
    return {str(id_): [float(x) for x in line] for id_, line in zip(ids, shares, strict=True)}


def _periods(context: Context, edges: pd.DatetimeIndex) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Number of the period of each mention, and which mentions have one."""
    import numpy as np
    import pandas as pd

    dates = context.kept_reviews["date"].dropna()
    of_review = np.full(len(context.analysis.reviews), -1, dtype=np.int32)
    of_review[dates.index] = edges.searchsorted(pd.DatetimeIndex(dates), side="right") - 1
    period = of_review[context.analysis.mentions["review_id"]]
    return period, period >= 0


def _spark(context: Context, values: list[float]) -> Markup:
    if not values:
        return Markup("")
    first, last = context.formats.percent(values[0]), context.formats.percent(values[-1])
    return sparkline(values, context.messages("themes.spark", first=first, last=last))
