"""Trends: volume, net sentiment and each pain over weeks or months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.report.charts import Moment, trend
from insight.report.views.context import Context, records
from insight.report.views.pieces import Figure, Table, cells

_SIZE = (400, 170)


@dataclass(frozen=True)
class TrendsView:
    """What the part shows; no figure without dates."""

    figures: list[Figure]
    change: str


def view_trends(context: Context) -> TrendsView:
    """One figure for each measure."""
    table = context.analysis.trends
    pains = [f"pain:{key}" for key in context.pain_names if key != "none"]
    figures = []
    for measure in ("reviews", "net", *pains):
        rows = records(table[table["measure"] == measure].sort_values("period"))
        if rows:
            figures.append(_figure(context, measure, rows))
    return TrendsView(figures, view_change(context))


def view_change(context: Context) -> str:
    """How net sentiment moved from the last period but one to the last, if their intervals part."""
    table = context.analysis.trends
    net = table[(table["measure"] == "net") & (table["n"] >= context.min_n)].sort_values("period")
    if len(net) < 2:
        return context.messages("trends.unknown")
    before, after = records(net.tail(2))
    formats, grain = context.formats, str(after["grain"])
    key = "trends.same"
    if after["low"] > before["high"]:
        key = "trends.better"
    elif after["high"] < before["low"]:
        key = "trends.worse"
    return context.messages(
        key,
        before=formats.points(before["value"]),
        after=formats.points(after["value"]),
        first=formats.period(before["period"], grain),
        last=formats.period(after["period"], grain),
        n=context.mentions_count(after["n"]),
    )


def _figure(context: Context, measure: str, rows: list[dict[str, Any]]) -> Figure:
    m, formats, grain = context.messages, context.formats, str(rows[0]["grain"])
    kind = {"reviews": "count", "net": "net"}.get(measure, "share")
    write = {"count": formats.integer, "net": formats.points, "share": formats.percent}[kind]
    pain = measure.removeprefix("pain:")
    title = m(f"trends.{kind}", pain=context.pain_names.get(pain, pain))
    scale = 100 if kind == "net" else 1
    drawn = rows if kind == "count" else [row for row in rows if row["n"] >= context.min_n]
    moments = [Moment(f"{row['period']:%Y-%m-%d}", scale * row["value"], *_ends(row, scale)) for row in drawn]
    first, last = (drawn or rows)[0], (drawn or rows)[-1]
    alt = m(
        "trends.alt",
        title=title,
        first=formats.period(first["period"], grain),
        start=write(first["value"]),
        last=formats.period(last["period"], grain),
        end=write(last["value"]),
    )
    head = [m(f"table.{grain}"), m("table.value"), m("table.n"), m("table.interval")]
    lines = [
        cells(
            formats.period(row["period"], grain),
            write(row["value"]),
            formats.integer(row["n"]),
            formats.range(write(row["low"]), write(row["high"])),
        )
        for row in rows
    ]
    drawings = []
    if drawn:
        drawing = trend(moments, kind=kind, size=_SIZE, alt=alt, language=context.language, grain=grain)
        drawings = [drawing]
    few = m("trends.few", min_n=context.min_n) if len(drawn) < len(rows) else ""
    return Figure(title, drawings, Table(title, head, lines), few)


def _ends(row: dict[str, Any], scale: int) -> tuple[float | None, float | None]:
    low, high = row["low"], row["high"]
    return (None, None) if low != low or high != high else (scale * low, scale * high)
