"""The drawings of the report. Each takes plain figures and gives inline SVG with a text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot, log
from typing import Any

from markupsafe import Markup

from insight.report.svg import (
    ACCENT,
    DIGITS,
    INK,
    MUTED,
    NEGATIVE,
    POSITIVE,
    draw_svg,
)
from insight.report.vega import Spec, amount, drawing, end, fixed, layer, named, nominal, temporal, these
from insight.taxonomy import Language


@dataclass(frozen=True)
class Mark:
    """One item of the quadrant chart."""

    number: str
    volume: float
    negativity: float


@dataclass(frozen=True)
class Moment:
    """One period of a trend; `low` and `high` are None where no interval is known."""

    period: str
    value: float
    low: float | None = None
    high: float | None = None


def quadrants(
    marks: Sequence[Mark],
    *,
    median: float,
    corners: Sequence[str],
    titles: tuple[str, str],
    size: tuple[int, int],
    alt: str,
    language: Language,
    css: str = "",
) -> Markup:
    """Volume against negativity, an item a numbered circle.

    Parameters
    ----------
    marks : sequence of Mark
        What to draw.
    median : float
        Volume that parts often from seldom.
    corners : sequence of str
        Names of the quadrants: upper right, upper left, lower right, lower left.
    titles : tuple of str
        Titles of the two axes.
    size : tuple of int
        Width and height of the plot.
    alt : str
        Text alternative.
    language : {'vi', 'en'}
        How digits are separated.
    css : str
        Class of the drawing.
    """
    low = 0.7 * min([m.volume for m in marks] + [median])
    high = min(1.0, 1.5 * max([m.volume for m in marks] + [median]))
    rows = []
    for mark, (right, down) in zip(marks, _apart(marks, low, high, size), strict=True):
        x_value = mark.volume * (high / low) ** (right / size[0])
        y_value = mark.negativity - _SPAN * down / size[1]
        rows.append({"x": x_value, "y": y_value, "t": mark.number, "bad": mark.negativity >= BAD})
    at = _quadrant_axes(low, high, titles)
    colour = {"condition": {"test": "datum.bad", "value": NEGATIVE}, "value": POSITIVE}
    points, coloured, dashed = named("marks"), {**at, "color": colour}, [4, 4]
    layers = [
        layer("rule", these([{"y": BAD}]), {"y": amount("y")}, color=MUTED, strokeDash=dashed),
        layer("rule", these([{"x": median}]), {"x": amount("x")}, color=MUTED, strokeDash=dashed),
        *_corner_names(corners, size),
        layer("circle", points, coloured, size=420, opacity=0.18),
        layer("point", points, coloured, size=420, strokeWidth=1.5, filled=False),
        layer("text", points, {**at, "text": nominal("t")}, fontSize=12, fontWeight="bold", color=INK),
    ]
    spec = drawing(layers, width=size[0], height=size[1], rows={"marks": rows})
    return draw_svg(spec, alt, css=css, **DIGITS[language])


def _quadrant_axes(low: float, high: float, titles: tuple[str, str]) -> dict[str, Spec]:
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    x = amount("x", title=titles[0], scale={"type": "log", "domain": [low, high], "nice": False})
    y = amount("y", title=titles[1], scale={"domain": [0.5 - _SPAN / 2, 0.5 + _SPAN / 2], "nice": False})
    x["axis"] = {"format": "~%", "grid": False, "tickCount": 4, "values": ticks}
    y["axis"] = {"format": "%", "values": [0, 0.25, 0.5, 0.75, 1]}
    return {"x": x, "y": y}


def _corner_names(corners: Sequence[str], size: tuple[int, int]) -> list[Spec]:
    right, bottom = size[0] - 6, size[1] - 6
    places = [(right, 6, "right", "top"), (6, 6, "left", "top")]
    places += [(right, bottom, "right", "bottom"), (6, bottom, "left", "bottom")]
    bold: Spec = {"color": MUTED, "fontWeight": "bold", "fontSize": 13}
    layers = []
    for corner, (x, y, align, baseline) in zip(corners, places, strict=True):
        at = {"text": nominal("t"), "x": fixed(x), "y": fixed(y)}
        layers.append(layer("text", these([{"t": corner}]), at, align=align, baseline=baseline, **bold))
    return layers


_SPAN = 1.14
_CIRCLE = 23
_STEPS = [0, -1, 1, -2, 2]


def _apart(
    marks: Sequence[Mark], low: float, high: float, size: tuple[int, int]
) -> list[tuple[float, float]]:
    """Shift circles that would cover each other by as few pixels as needed, the first ones least."""
    placed: list[tuple[float, float]] = []
    shifts = []
    nearest = sorted(((i, j) for i in _STEPS for j in _STEPS), key=lambda step: hypot(*step))
    for mark in marks:
        at = size[0] * log(mark.volume / low) / log(high / low), -size[1] * mark.negativity / _SPAN
        for i, j in nearest:
            right, down = _CIRCLE * i * 0.75, _CIRCLE * j * 0.75
            spot = at[0] + right, at[1] + down
            if all(hypot(spot[0] - x, spot[1] - y) >= _CIRCLE for x, y in placed):
                break
        placed.append(spot)
        shifts.append((right, down))
    return shifts


BAD = 1 / 3
"""Share of negative mentions from which on an item is called bad, as in the drivers."""
_TICKS = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]


def trend(
    moments: Sequence[Moment], *, kind: str, size: tuple[int, int], alt: str, language: Language, grain: str
) -> Markup:
    """One measure over time.

    Parameters
    ----------
    moments : sequence of Moment
        Periods in order, each an ISO date.
    kind : {'count', 'net', 'share'}
        What the values are.
    size : tuple of int
        Width and height of the plot.
    alt : str
        Text alternative.
    language : {'vi', 'en'}
        How digits and dates are written.
    grain : {'week', 'month'}
        What a period is.
    """
    rows = _runs(moments, grain)
    step = 0.7 * size[0] / len(rows)
    count = max(2, min(size[0] // 75, len(rows)))
    x = temporal("p", title=None, scale={"type": "utc", "padding": step / 2 + 2})
    x["axis"] = {
        "labelExpr": _dates(grain, language),
        "values": [m.period for m in moments][:: -(-len(rows) // count)],
        "grid": False,
        "ticks": False,
        "labelOverlap": True,
        "labelFlush": 30,
        "labelPadding": 7,
    }
    y = amount("v", title=None, scale=_y_scale(kind, moments))
    y["axis"] = {"labelExpr": _VALUES[kind], "tickCount": 4}
    at = {"x": x, "y": y}
    layers = _columns(at, min(step, 40)) if kind == "count" else _line(at, kind)
    spec = drawing(layers, width=size[0], height=size[1], rows={"rows": rows})
    return draw_svg(spec, alt, **DIGITS[language])


def _columns(at: dict[str, Spec], width: float) -> list[Spec]:
    return [layer("bar", named("rows"), at, color=ACCENT, size=max(2.0, width))]


def _line(at: dict[str, Spec], kind: str) -> list[Spec]:
    """A line with its band; above and below a line at zero where values have a sign."""
    colour, rows = NEGATIVE if kind == "share" else ACCENT, named("rows")
    run = nominal("run")
    band = {"x": at["x"], "y": amount("lo"), "y2": end("hi"), "detail": run}
    area = layer("area", rows, band, color=colour, opacity=0.18)
    area["transform"] = [{"filter": "isValid(datum.lo) && isValid(datum.hi)"}]
    zero = layer("rule", these([{"v": 0}]), {"y": amount("v")}, color=MUTED)
    return [
        *([zero] if kind == "net" else []),
        area,
        layer("line", rows, {**at, "detail": run}, color=colour, strokeWidth=2),
        layer("circle", rows, at, color=colour, size=26, opacity=1),
    ]


_VALUES = {
    "count": "format(datum.value, ',d')",
    "net": "(datum.value > 0 ? '+' : '') + format(datum.value, 'd')",
    "share": "format(datum.value, '~%')",
}


def _dates(grain: str, language: Language) -> str:
    pattern = "%d/%m" if grain == "week" else "%m/%Y"
    if language == "en":
        pattern = "%-d %b" if grain == "week" else "%b %Y"
    return f"utcFormat(datum.value, '{pattern}')"


_LONGEST_STEP = {"week": 8, "month": 32}


def _runs(moments: Sequence[Moment], grain: str) -> list[dict[str, Any]]:
    """Return the moments as rows; `run` counts the gaps before each, so that no line bridges one."""
    rows: list[dict[str, Any]] = []
    run, last = 0, date.min
    for moment in moments:
        day = date.fromisoformat(moment.period)
        run += (day - last).days > _LONGEST_STEP[grain]
        last = day
        rows.append({"p": moment.period, "v": moment.value, "lo": moment.low, "hi": moment.high, "run": run})
    return rows


def _y_scale(kind: str, moments: Sequence[Moment]) -> dict[str, Any]:
    if kind == "net":
        return {"domain": [-100, 100]}
    top = max([m.high if m.high is not None else m.value for m in moments] + [0.01])
    return {"domain": [0, top], "nice": True}


def sparkline(values: Sequence[float], alt: str) -> Markup:
    """Return a small line without axes, for the size of one theme over time."""
    top = max([*values, 1e-9])
    step = 100 / max(len(values) - 1, 1)
    points = " ".join(f"{i * step:.1f},{23 - 21 * v / top:.1f}" for i, v in enumerate(values))
    return Markup(
        '<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="1.5" '
        'vector-effect="non-scaling-stroke"/></svg>'
    ).format(alt, points)
