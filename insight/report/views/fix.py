"""What to fix first: touchpoints and themes by volume, negativity and the gap in stars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.report.charts import Mark, quadrants
from insight.report.views.context import Context, records
from insight.report.views.pieces import Figure, Filter, Span, Table, cells, share_span

_THEMES = 15
QUADRANTS = ("fix_now", "watch", "promote", "keep", "too_few")


@dataclass(frozen=True)
class Driver:
    """A touchpoint or theme with its figures."""

    number: str
    name: str
    place: str
    owner: str
    n: str
    volume: str
    negativity: str
    interval: str
    span: Span | None
    gap: str
    gap_interval: str
    quadrant: str
    quadrant_name: str
    filter: Filter


@dataclass(frozen=True)
class FixView:
    """What the part shows."""

    touchpoints: list[Driver]
    themes: list[Driver]
    figure: Figure | None
    has_stars: bool
    too_few: str
    unspecific: str


def view_fix(context: Context, *, with_figure: bool = True) -> FixView:
    """Drivers by priority; what has too few mentions, or names nothing one could mend, is not ranked."""
    rows = records(context.analysis.drivers)
    known = [row for row in rows if row["quadrant"] != "too_few"]
    vague = [row for row in known if row["touchpoint"] in context.unspecific]
    known = [row for row in known if row not in vague]
    points = [row for row in known if row["kind"] == "touchpoint"]
    themes = [row for row in known if row["kind"] == "theme" and _is_pain(context, row)]
    few = [row["id"] for row in rows if row["kind"] == "touchpoint" and row["quadrant"] == "too_few"]
    drivers = [_driver(context, row, number) for number, row in enumerate(points, start=1)]
    return FixView(
        touchpoints=drivers,
        themes=[_driver(context, row, number) for number, row in enumerate(themes[:_THEMES], start=1)],
        figure=_figure(context, points, drivers) if points and with_figure else None,
        has_stars=any(row["stars_gap"] == row["stars_gap"] for row in rows),
        too_few=", ".join(context.touchpoint_name(key) for key in few),
        unspecific=", ".join(context.touchpoint_name(r["id"]) for r in vague if r["kind"] == "touchpoint"),
    )


def _is_pain(context: Context, row: dict[str, Any]) -> bool:
    theme = context.themes.get(row["id"])
    return theme is not None and theme["side"] == "negative" and not theme["is_remainder"]


def _driver(context: Context, row: dict[str, Any], number: int) -> Driver:
    formats, point = context.formats, row["touchpoint"]
    is_theme = row["kind"] == "theme"
    gap_interval = formats.range(formats.signed(row["gap_low"]), formats.signed(row["gap_high"]))
    asked = {"touchpoint": point, "sentiment": "negative"}
    if is_theme:
        asked = {"theme": context.theme_key(row["id"])}
    return Driver(
        number=str(number),
        name=context.theme_short(row["id"]) if is_theme else context.touchpoint_name(point),
        place=context.touchpoint_name(point) if is_theme else "",
        owner=context.department_names.get(context.owners.get(point, ""), ""),
        n=formats.integer(row["n"]),
        volume=formats.percent(row["volume"]),
        negativity=formats.percent(row["negativity"]),
        interval=formats.percent_range(row["low"], row["high"]),
        span=share_span(row["negativity"], row["low"], row["high"], "negative"),
        gap=formats.signed(row["stars_gap"]),
        gap_interval=gap_interval,
        quadrant=row["quadrant"],
        quadrant_name=context.messages(f"quadrant.{row['quadrant']}"),
        filter=Filter(asked),
    )


def _figure(context: Context, rows: list[dict[str, Any]], drivers: list[Driver]) -> Figure:
    m = context.messages
    marks = [
        Mark(driver.number, float(row["volume"]), float(row["negativity"]))
        for row, driver in zip(rows, drivers, strict=True)
    ]
    all_points = context.analysis.drivers
    median = float(all_points.loc[all_points["kind"] == "touchpoint", "volume"].median())
    said = "; ".join(f"{driver.name}: {driver.quadrant_name}" for driver in drivers)
    corners = [m(f"quadrant.{name}") for name in ("fix_now", "watch", "promote", "keep")]
    drawings = [
        quadrants(
            marks,
            median=median,
            corners=corners,
            titles=(m("fix.axis_volume"), m("fix.axis_negativity")),
            size=size,
            alt=m("fix.alt", values=said),
            language=context.language,
            css=css,
        )
        for size, css in (((640, 360), "wide-only"), ((270, 300), "narrow-only"))
    ]
    table = Table(m("fix.touchpoints"), [], [cells(driver.number, driver.name) for driver in drivers])
    return Figure(m("fix.figure"), drawings, table, m("fix.figure_note"))
