"""The journey map: stages as columns, the emotion curve, breaking points, and one map for each segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from insight.report.curve import Stop, Words, emotion_curve, emotion_curve_narrow
from insight.report.views.context import Context, records
from insight.report.views.pieces import Bar, Figure, Quote, Span, Table, bar, cells, net_span, tone

if TYPE_CHECKING:
    import pandas as pd

_RARE = 0.05
_SEGMENTS = 18
_VALUES = 4


@dataclass(frozen=True)
class Point:
    """A touchpoint in a column of the map."""

    id: str
    name: str
    n: str
    bar: Bar
    net: str
    interval: str
    span: Span | None
    owner: str
    is_weakest: bool
    is_few: bool


@dataclass(frozen=True)
class Stage:
    """A column of the map. `gap` says in words why there is little or nothing to show."""

    id: str
    name: str
    gap: str
    volume: str
    bar: Bar | None
    net: str
    interval: str
    span: Span | None
    pain: str
    pain_n: str
    strength: str
    strength_n: str
    quotes: list[Quote]
    owners: str
    points: list[Point]


@dataclass(frozen=True)
class Map:
    """The journey of all customers or of one segment."""

    id: str
    title: str
    figure: Figure | None
    stages: list[Stage]
    weakest: Markup
    gaps: list[str]


@dataclass(frozen=True)
class Break:
    """One step between stages within the same reviews."""

    text: str
    span: Span | None


@dataclass(frozen=True)
class JourneyView:
    """What the part shows."""

    whole: Map
    segments: list[Map]
    left_out: str
    breaks: list[Break]


def view_journey(context: Context) -> JourneyView:
    """Return the journey of all customers and of every segment."""
    journey = context.analysis.journey
    keys = journey.loc[journey["segment"] != "", ["segment", "value"]].drop_duplicates()
    drawn = keys.groupby("segment", sort=False).head(
        max(_VALUES, _SEGMENTS // max(keys["segment"].nunique(), 1))
    )
    segments = []
    for number, (column, value) in enumerate(drawn.itertuples(index=False, name=None), start=1):
        rows = journey[(journey["segment"] == column) & (journey["value"] == value)]
        title = f"{context.column_name(column)}: {context.name(value)}"
        segments.append(_map(context, rows, f"journey-{number}", title, with_quotes=False))
    more = len(keys) - len(segments)
    return JourneyView(
        whole=_map(
            context, context.whole_journey, "journey-all", context.messages("journey.all"), with_quotes=True
        ),
        segments=segments,
        left_out=context.messages("journey.left_out", n=context.formats.integer(more)) if more > 0 else "",
        breaks=[_break(context, row) for row in records(context.analysis.breaks)],
    )


def view_weakest(context: Context, rows: pd.DataFrame) -> Markup:
    """Return the weakest touchpoint with its margin of error, as a sentence; empty without one."""
    weakest = rows[rows["is_weakest"].astype(bool)]
    if weakest.empty:
        return Markup("")
    row = weakest.iloc[0]
    return context.messages.html(
        "journey.weakest",
        touchpoint=context.touchpoint_name(row["touchpoint"]),
        net=context.formats.points(row["net"]),
        interval=context.formats.points_range(row["net_low"], row["net_high"]),
        n=context.mentions_count(row["n"]),
    )


def _map(context: Context, rows: pd.DataFrame, id: str, title: str, *, with_quotes: bool) -> Map:
    stages = records(rows[rows["level"] == "stage"])
    points = records(rows[rows["level"] == "touchpoint"])
    stops = _stops(context, stages, points)
    return Map(
        id=id,
        title=title,
        figure=_figure(context, title, stops, points) if any(s.net is not None for s in stops) else None,
        stages=[_stage(context, row, points, with_quotes=with_quotes) for row in stages],
        weakest=view_weakest(context, rows),
        gaps=[text for text in (_gap(context, row) for row in stages) if text],
    )


def _stage(
    context: Context, row: dict[str, Any], points: list[dict[str, Any]], *, with_quotes: bool
) -> Stage:
    formats, stage = context.formats, row["stage"]
    inside = [point for point in points if point["stage"] == stage]
    few = row["n"] < context.min_n
    return Stage(
        id=stage,
        name=context.stage_names.get(stage, stage),
        gap=_gap(context, row),
        volume=context.messages(
            "journey.volume", n=context.mentions_count(row["n"]), share=formats.percent(row["share"])
        ),
        bar=_bar(context, row) if row["n"] else None,
        net="" if few else formats.points(row["net"]),
        interval="" if few else formats.points_range(row["net_low"], row["net_high"]),
        span=None if few else net_span(row["net"], row["net_low"], row["net_high"]),
        pain=context.theme_name(row["pain_theme"]),
        pain_n=_theme_size(context, row["pain_theme"]),
        strength=context.theme_name(row["strength_theme"]),
        strength_n=_theme_size(context, row["strength_theme"]),
        quotes=_stage_quotes(context, row) if with_quotes else [],
        owners=_owners(context, inside),
        points=[_point(context, point) for point in inside],
    )


def _point(context: Context, row: dict[str, Any]) -> Point:
    formats, few = context.formats, row["n"] < context.min_n
    return Point(
        id=row["touchpoint"],
        name=context.touchpoint_name(row["touchpoint"]),
        n=formats.integer(row["n"]),
        bar=_bar(context, row),
        net="" if few else formats.points(row["net"]),
        interval="" if few else formats.points_range(row["net_low"], row["net_high"]),
        span=None if few else net_span(row["net"], row["net_low"], row["net_high"]),
        owner=context.department_names.get(context.owners.get(row["touchpoint"], ""), ""),
        is_weakest=bool(row["is_weakest"]),
        is_few=few,
    )


def _bar(context: Context, row: dict[str, Any]) -> Bar:
    counts = int(row["positive"]), int(row["neutral"]), int(row["negative"])
    return bar(*counts, context.formats, context.messages.catalogue["sentiment.bar"])


def _gap(context: Context, row: dict[str, Any]) -> str:
    """Why a stage has little to show: nobody speaks of it, or hardly anybody."""
    values = {"stage": context.stage_names.get(row["stage"], row["stage"]), "min_n": context.min_n}
    if row["n"] == 0:
        return context.messages("journey.gap_none", **values)
    share = context.analysis.quality.coverage.get(row["stage"]) if row["segment"] == "" else None
    if row["n"] < context.min_n:
        return context.messages("journey.gap_few", n=context.mentions_count(row["n"]), **values)
    if share is not None and share < _RARE:
        return context.messages("journey.gap_rare", share=context.formats.percent(share), **values)
    return ""


def _theme_size(context: Context, theme_id: str) -> str:
    theme = context.themes.get(theme_id)
    return context.mentions_count(theme["n"]) if theme else ""


def _stage_quotes(context: Context, row: dict[str, Any]) -> list[Quote]:
    """Return the best quote of the top pain and of the top strength, the larger side first."""
    order = (
        ["pain_theme", "strength_theme"]
        if row["negative"] >= row["positive"]
        else ["strength_theme", "pain_theme"]
    )
    found = []
    for key in order:
        ids = list(context.themes[row[key]]["quote_ids"]) if row[key] in context.themes else []
        here = [key for key in ids if context.quotable.get(key, {}).get("stage") == row["stage"]]
        found += context.quotes(here or ids, 1)
    return found


def _owners(context: Context, points: Sequence[dict[str, Any]]) -> str:
    """Departments that own the stage's touchpoints, most negative mentions first."""
    weights: dict[str, int] = {}
    for point in points:
        owner = context.owners.get(point["touchpoint"], "")
        weights[owner] = weights.get(owner, 0) + int(point["negative"])
    order = sorted(weights, key=lambda owner: (-weights[owner], list(context.department_names).index(owner)))
    return ", ".join(context.department_names[owner] for owner in order)


def _stops(context: Context, stages: list[dict[str, Any]], points: list[dict[str, Any]]) -> list[Stop]:
    stops = []
    for stage in stages:
        name = context.stage_names.get(stage["stage"], stage["stage"])
        inside = [point for point in points if point["stage"] == stage["stage"]]
        if not inside:
            silent = context.messages("journey.silent")
            stops.append(Stop(name, "", "0", "", None, None, None, "neutral", silent))
        stops += [_stop(context, name, point) for point in inside]
    return stops


def _stop(context: Context, stage: str, row: dict[str, Any]) -> Stop:
    label, n = context.touchpoint_name(row["touchpoint"]), context.formats.integer(row["n"])
    if row["n"] < context.min_n:
        return Stop(stage, label, n, "", None, None, None, "neutral", context.messages("journey.too_few"))
    low, net, high = (round(100 * row[key], 1) for key in ("net_low", "net", "net_high"))
    note = context.messages("journey.weakest_mark") if row["is_weakest"] else ""
    side = tone(row["net_low"], row["net_high"])
    return Stop(stage, label, n, context.formats.points(row["net"]), net, low, high, side, note)


def _figure(context: Context, title: str, stops: list[Stop], points: list[dict[str, Any]]) -> Figure:
    m, formats = context.messages, context.formats
    words = Words(m("journey.better"), m("journey.worse"))
    said = ", ".join(f"{stop.label} {stop.value}" for stop in stops if stop.value)
    alt = m("journey.alt", title=title, values=said)
    head = [m("table.touchpoint"), m("table.stage"), m("table.n"), m("table.net"), m("table.interval")]
    rows = [
        cells(
            context.touchpoint_name(row["touchpoint"]),
            context.stage_names.get(row["stage"], row["stage"]),
            formats.integer(row["n"]),
            formats.points(row["net"]),
            formats.points_range(row["net_low"], row["net_high"]),
        )
        for row in points
    ]
    drawings = [
        draw(stops, words=words, alt=alt, language=context.language)
        for draw in (emotion_curve, emotion_curve_narrow)
    ]
    return Figure(
        m("journey.curve"), drawings, Table(m("journey.curve"), head, rows), m("journey.curve_note")
    )


def _break(context: Context, row: dict[str, Any]) -> Break:
    from insight.report.views.pieces import share_span

    text = context.messages(
        "journey.break",
        earlier=context.stage_names[row["from_stage"]],
        later=context.stage_names[row["to_stage"]],
        n=context.reviews_count(row["n"]),
        share=context.formats.percent(row["share"]),
        interval=context.formats.percent_range(row["low"], row["high"]),
        change=context.formats.points(row["mean_drop"]),
    )
    return Break(text, share_span(row["share"], row["low"], row["high"], "negative"))
