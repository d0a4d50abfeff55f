"""The emotion curve: net sentiment along the journey, with its confidence band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from markupsafe import Markup

from insight.report.formats import MINUS, wrap
from insight.report.svg import (
    ACCENT,
    DIGITS,
    INK,
    LINE,
    MUTED,
    NEGATIVE,
    NEUTRAL,
    PAPER,
    POSITIVE,
    SHADE,
    draw_svg,
)
from insight.report.vega import Rows, Spec, amount, drawing, end, fixed, layer, named, nominal, these
from insight.taxonomy import Language

_SLOT, _WIDTH = 76, 980
_TOP, _BOTTOM = 1.42, -1.12
_ROW, _LETTER = 44, 7.2
_HEIGHT = 316
_ZERO = _HEIGHT * _TOP / (_TOP - _BOTTOM)


@dataclass(frozen=True)
class Stop:
    """One touchpoint on the curve, or a stage of which customers do not speak.

    Attributes
    ----------
    stage, label : str
        Names.
    n, value : str
        Written figures.
    net, low, high : float or None
        Points out of 100, None where there are too few mentions to draw.
    tone : str
        'positive', 'negative' or 'neutral': the side of zero on which the whole interval lies.
    note : str
        What to say at the point: the weakest touchpoint, or why there is a gap.
    """

    stage: str
    label: str
    n: str
    value: str
    net: float | None
    low: float | None
    high: float | None
    tone: str
    note: str = ""


@dataclass(frozen=True)
class Words:
    """What the drawing says beside names and figures."""

    better: str
    worse: str


def emotion_curve(stops: Sequence[Stop], *, words: Words, alt: str, language: Language) -> Markup:
    """Return the curve from left to right, stages as columns, for screens and paper."""
    n = len(stops)
    rows, known, runs = _rows(stops, range(n))
    bands, heads = _stage_bands(stops)
    data = {"bands": bands, "heads": heads, "silent": [row for row in rows if row["net"] is None]}
    data |= _common_data(rows, known, runs)
    spec = drawing(_wide(n, words), width=max(_WIDTH, _SLOT * n), height=_HEIGHT, rows=data)
    return draw_svg(spec, alt, css="wide-only", **DIGITS[language])


def _wide(n: int, words: Words) -> list[Spec]:
    """Layers for `n` stops."""
    x = amount("x", axis=None, scale={"domain": [-1.25, n - 0.5], "nice": False})
    y = amount("net", axis=None, scale={"domain": [100 * _BOTTOM, 100 * _TOP], "nice": False})
    low, high, run = amount("low", axis=None), end("high"), nominal("run")
    known, runs = named("known"), named("runs")
    dotted: Spec = {"color": ACCENT, "strokeWidth": 1.5, "strokeDash": [2, 5]}
    lines: Spec = {"lineBreak": "\n"}
    small: Spec = {"fontSize": 11, "lineHeight": 13, **lines}
    head: Spec = {"fontSize": 13, "fontWeight": "bold"}
    smooth: Spec = {"color": ACCENT, "interpolate": "monotone"}
    heads = {"x": x, "y": fixed(10), "text": nominal("t")}
    silent = {"x": x, "y": fixed(_ZERO), "text": nominal("note")}
    labels = {"x": x, "y": fixed(_HEIGHT + 6), "text": nominal("label")}
    return [
        layer("rect", named("bands"), {"x": x, "x2": end("x2")}, color=SHADE, cornerRadius=6),
        layer("text", named("heads"), heads, baseline="top", color=INK, **head, **lines),
        *_frame(words),
        layer("area", runs, {"x": x, "y": low, "y2": high, "detail": run}, opacity=0.16, **smooth),
        layer("rule", known, {"x": x, "y": low, "y2": high}, color=MUTED, strokeWidth=1),
        layer("line", named("bridges"), {"x": x, "y": y, "detail": nominal("bridge")}, **dotted),
        layer("line", runs, {"x": x, "y": y, "detail": run}, strokeWidth=2.5, **smooth),
        *_points({"x": x, "y": y}),
        *_haloed(known, {"x": x, "y": y, "text": nominal("value")}, dy=-16, **head),
        layer("text", named("silent"), silent, fontStyle="italic", color=MUTED, **small),
        layer("text", named("rows"), labels, baseline="top", color=INK, **small),
    ]


def emotion_curve_narrow(stops: Sequence[Stop], *, words: Words, alt: str, language: Language) -> Markup:
    """Return the same curve from top to bottom, for phones; each stage has a heading of its own."""
    places, bands, bottom = _stack(stops)
    data = {"bands": bands, **_common_data(*_rows(stops, places))}
    spec = drawing(_narrow(bottom, words), width=330, height=_ROW * (bottom + 0.5), rows=data)
    return draw_svg(spec, alt, css="narrow-only", **DIGITS[language])


def _narrow(bottom: float, words: Words) -> list[Spec]:
    """Layers of the narrow curve for stops down to `bottom`."""
    x = amount("net", axis=None, scale={"domain": [-112, 112], "nice": False})
    y = amount("x", axis=None, scale={"domain": [-0.5, bottom], "reverse": True, "nice": False})
    rows, runs = named("rows"), named("runs")
    dotted: Spec = {"color": ACCENT, "strokeWidth": 1.5, "strokeDash": [2, 5]}
    path = {"x": x, "y": y, "order": amount("x")}
    small: Spec = {"fontSize": 12, "baseline": "bottom"}
    heads = {"x": fixed(8), "y": y, "yOffset": fixed(15), "text": nominal("t")}
    names = {"x": fixed(8), "y": y, "yOffset": fixed(-13), "text": nominal("line")}
    values = {"x": fixed(322), "y": y, "yOffset": fixed(-13), "text": nominal("value")}
    spans = {"x": amount("low", axis=None), "x2": end("high"), "y": y}
    return [
        layer("rect", named("bands"), {"y": y, "y2": end("x2")}, color=SHADE, cornerRadius=6),
        layer("rule", these([{"net": 0}]), {"x": x}, color=MUTED, strokeDash=[4, 4]),
        _narrow_end(x, -100, words.worse, "left"),
        _narrow_end(x, 100, words.better, "right"),
        *_haloed(named("bands"), heads, fontSize=13, fontWeight="bold", align="left"),
        layer("line", named("bridges"), {**path, "detail": nominal("bridge")}, **dotted),
        layer("line", runs, {**path, "detail": nominal("run")}, color=ACCENT, strokeWidth=2),
        layer("rule", named("known"), spans, color=MUTED, strokeWidth=1),
        *_points({"x": x, "y": y}),
        *_haloed(rows, names, align="left", **small),
        *_haloed(rows, values, align="right", fontWeight="bold", **small),
    ]


def _narrow_end(x: Spec, net: int, text: str, align: str) -> Spec:
    at = {"x": x, "y": fixed(2), "text": nominal("t")}
    rows = these([{"net": net, "t": text}])
    return layer("text", rows, at, fontSize=11, color=MUTED, align=align, baseline="top")


def _common_data(rows: Rows, known: Rows, runs: Rows) -> dict[str, Rows]:
    weak = [row for row in known if row["note"]]
    return {"rows": rows, "known": known, "runs": runs, "bridges": _bridges(runs), "weak": weak}


def _stack(stops: Sequence[Stop]) -> tuple[list[float], Rows, float]:
    """Places of the stops from top to bottom, the band of each stage, and where the last one ends."""
    places: list[float] = []
    bands: Rows = []
    top = 0.0
    for stage, members in groupby(stops, key=lambda stop: stop.stage):
        first = top + 1.3
        inside = [first + number for number, _ in enumerate(members)]
        bands.append({"x": top, "x2": inside[-1] + 0.4, "t": stage})
        places += inside
        top = inside[-1] + 0.5
    return places, bands, top


def _rows(stops: Sequence[Stop], places: Sequence[float]) -> tuple[Rows, Rows, Rows]:
    """All stops, those with a value, and these again with the number of their unbroken run."""
    letters = max(9, int(_WIDTH / (len(stops) + 0.6) / _LETTER))
    rows = []
    for place, stop in zip(places, stops, strict=True):
        label = "\n".join([*wrap(stop.label, letters), f"n = {stop.n}"])
        note = "\n".join(wrap(stop.note, 11))
        mark = f" · {stop.note}" if stop.note else ""
        line = f"{stop.label} · n = {stop.n}{mark}"
        rows.append({**vars(stop), "x": place, "label": label, "note": note, "line": line})
    runs, run = [], 0
    for row in rows:
        run += row["net"] is None
        if row["net"] is not None:
            runs.append({**row, "run": run})
    return rows, [row for row in rows if row["net"] is not None], runs


def _stage_bands(stops: Sequence[Stop]) -> tuple[Rows, Rows]:
    bands, heads, start = [], [], 0
    for stage, members in groupby(stops, key=lambda stop: stop.stage):
        end = start + len(list(members))
        bands.append({"x": start - 0.46, "x2": end - 0.54})
        text = "\n".join(wrap(stage, max(11, 10 * (end - start))))
        heads.append({"x": (start + end - 1) / 2, "t": text})
        start = end
    return bands, heads


def _points(at: dict[str, Spec]) -> list[Spec]:
    """Circles in the colour of their side of zero, and a ring around the weakest."""
    colour = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}
    scale = {"domain": list(colour), "range": list(colour.values())}
    disc: Spec = {"filled": True, "size": 110, "opacity": 1, "stroke": PAPER, "strokeWidth": 1.5}
    return [
        layer("point", named("known"), {**at, "fill": nominal("tone", scale=scale, legend=None)}, **disc),
        layer("point", named("weak"), at, size=330, color=NEGATIVE, strokeWidth=2),
    ]


def _haloed(data: Spec, encoding: dict[str, Spec], **options: Any) -> list[Spec]:
    """Text that stays readable on lines: its outline in the colour of the ground first."""
    halo = layer("text", data, encoding, stroke=SHADE, strokeWidth=4, color=SHADE, **options)
    return [halo, layer("text", data, encoding, color=INK, **options)]


def _bridges(runs: Rows) -> Rows:
    """Return the two ends of every gap in the curve, to be joined by a dotted line."""
    ends = [(a, b) for a, b in pairwise(runs) if a["run"] != b["run"]]
    return [{**end, "bridge": number} for number, pair in enumerate(ends) for end in pair]


def _frame(words: Words) -> list[Spec]:
    ends = ((100, f"+100 {words.better}"), (0, "0"), (-100, f"{MINUS}100 {words.worse}"))
    lines = these([{"net": net, "t": "\n".join(wrap(text, 9))} for net, text in ends])
    y = amount("net", axis=None)
    across = {"x": fixed(52), "x2": fixed("width"), "y": y}
    named_at = {"x": fixed(0), "y": y, "text": nominal("t")}
    left: Spec = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": 12}
    return [
        layer("rule", lines, across, color=LINE, strokeWidth=1),
        layer("rule", these([{"net": 0}]), across, color=MUTED, strokeDash=[4, 4]),
        layer("text", lines, named_at, fontSize=10, color=MUTED, **left),
    ]
