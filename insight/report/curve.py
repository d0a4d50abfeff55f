"""The emotion curve: net sentiment along the journey, with its confidence band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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
from insight.taxonomy import Language

_SLOT, _WIDTH = 76, 980
_TOP, _BOTTOM = 1.42, -1.12
_ROW, _LETTER = 44, 7.2
_HEIGHT = 316
_ZERO = _HEIGHT * _TOP / (_TOP - _BOTTOM)

Rows = list[dict[str, Any]]


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
    rows, known, runs = _rows(stops, range(len(stops)))
    bands, heads = _stage_bands(stops)
    data = {"bands": bands, "heads": heads, "silent": [row for row in rows if row["net"] is None]}
    data |= _common_data(rows, known, runs)
    return _draw(_wide(len(stops), words), data, alt, language, "wide-only")


@cache
def _wide(n: int, words: Words) -> dict[str, Any]:
    """Return the specification for `n` stops, its data still to be given: built once for all segments."""
    import altair as alt_

    x = alt_.X("x:Q", axis=None, scale=alt_.Scale(domain=[-1.25, n - 0.5], nice=False))
    y = alt_.Y("net:Q", axis=None, scale=alt_.Scale(domain=[100 * _BOTTOM, 100 * _TOP], nice=False))
    layers = [
        _on("bands").mark_rect(color=SHADE, cornerRadius=6).encode(x=x, x2="x2:Q"),
        _on("heads")
        .mark_text(fontSize=13, fontWeight="bold", baseline="top", color=INK, lineBreak="\n")
        .encode(x=x, y=alt_.value(10), text="t:N"),
        *_frame(words),
        _on("runs")
        .mark_area(color=ACCENT, opacity=0.16, interpolate="monotone")
        .encode(x=x, y=alt_.Y("low:Q", axis=None), y2="high:Q", detail="run:N"),
        _on("known")
        .mark_rule(color=MUTED, strokeWidth=1)
        .encode(x=x, y=alt_.Y("low:Q", axis=None), y2="high:Q"),
        _on("bridges")
        .mark_line(color=ACCENT, strokeWidth=1.5, strokeDash=[2, 5])
        .encode(x=x, y=y, detail="bridge:N"),
        _on("runs")
        .mark_line(color=ACCENT, strokeWidth=2.5, interpolate="monotone")
        .encode(x=x, y=y, detail="run:N"),
        *_points({"x": x, "y": y}),
        *_haloed(_on("known").encode(x=x, y=y, text="value:N"), fontWeight="bold", fontSize=13, dy=-16),
        _on("silent")
        .mark_text(fontSize=11, fontStyle="italic", color=MUTED, lineBreak="\n", lineHeight=13)
        .encode(x=x, y=alt_.value(_ZERO), text="note:N"),
        _on("rows")
        .mark_text(fontSize=11, baseline="top", lineBreak="\n", lineHeight=13, color=INK)
        .encode(x=x, y=alt_.value(_HEIGHT + 6), text="label:N"),
    ]
    return _specification(layers, width=max(_WIDTH, _SLOT * n), height=_HEIGHT)


def emotion_curve_narrow(stops: Sequence[Stop], *, words: Words, alt: str, language: Language) -> Markup:
    """Return the same curve from top to bottom, for phones; each stage has a heading of its own."""
    places, bands, end = _stack(stops)
    data = {"bands": bands, **_common_data(*_rows(stops, places))}
    return _draw(_narrow(end, words), data, alt, language, "narrow-only")


@cache
def _narrow(end: float, words: Words) -> dict[str, Any]:
    """Return the specification of the narrow curve for stops down to `end`, its data still to be given."""
    import altair as alt_

    x = alt_.X("net:Q", axis=None, scale=alt_.Scale(domain=[-112, 112], nice=False))
    y = alt_.Y("x:Q", axis=None, scale=alt_.Scale(domain=[-0.5, end], reverse=True, nice=False))
    ends: list[tuple[int, str, Any]] = [(-100, words.worse, "left"), (100, words.better, "right")]
    names = _on("rows").encode(y=y, yOffset=alt_.value(-13))
    small: dict[str, Any] = {"fontSize": 12, "baseline": "bottom"}
    layers = [
        _on("bands").mark_rect(color=SHADE, cornerRadius=6).encode(y=y, y2="x2:Q"),
        alt_.Chart(_data([{"net": 0}])).mark_rule(color=MUTED, strokeDash=[4, 4]).encode(x=x),
        *[
            alt_.Chart(_data([{"net": net, "t": text}]))
            .mark_text(fontSize=11, color=MUTED, align=align, baseline="top")
            .encode(x=x, y=alt_.value(2), text="t:N")
            for net, text, align in ends
        ],
        *_haloed(
            _on("bands").encode(x=alt_.value(8), y=y, yOffset=alt_.value(15), text="t:N"),
            fontSize=13,
            fontWeight="bold",
            align="left",
        ),
        _on("bridges")
        .mark_line(color=ACCENT, strokeWidth=1.5, strokeDash=[2, 5])
        .encode(x=x, y=y, order="x:Q", detail="bridge:N"),
        _on("runs").mark_line(color=ACCENT, strokeWidth=2).encode(x=x, y=y, order="x:Q", detail="run:N"),
        _on("known")
        .mark_rule(color=MUTED, strokeWidth=1)
        .encode(x=alt_.X("low:Q", axis=None), x2="high:Q", y=y),
        *_points({"x": x, "y": y}),
        *_haloed(names.encode(x=alt_.value(8), text="line:N"), align="left", **small),
        *_haloed(names.encode(x=alt_.value(322), text="value:N"), align="right", fontWeight="bold", **small),
    ]
    return _specification(layers, width=330, height=_ROW * (end + 0.5))


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


def _points(at: dict[str, Any]) -> list[Any]:
    """Circles in the colour of their side of zero, and a ring around the weakest."""
    import altair as alt_

    colour = {"positive": POSITIVE, "negative": NEGATIVE, "neutral": NEUTRAL}
    scale = alt_.Scale(domain=list(colour), range=list(colour.values()))
    return [
        _on("known")
        .mark_point(filled=True, size=110, opacity=1, stroke=PAPER, strokeWidth=1.5)
        .encode(**at, fill=alt_.Fill("tone:N", scale=scale, legend=None)),
        _on("weak").mark_point(size=330, color=NEGATIVE, strokeWidth=2).encode(**at),
    ]


def _haloed(chart: Any, **options: Any) -> list[Any]:
    """Text that stays readable on lines: its outline in the colour of the ground first."""
    halo = chart.mark_text(stroke=SHADE, strokeWidth=4, color=SHADE, **options)
    return [halo, chart.mark_text(color=INK, **options)]


def _bridges(runs: Rows) -> Rows:
    """Return the two ends of every gap in the curve, to be joined by a dotted line."""
    ends = [(a, b) for a, b in pairwise(runs) if a["run"] != b["run"]]
    return [{**end, "bridge": number} for number, pair in enumerate(ends) for end in pair]


def _frame(words: Words) -> list[Any]:
    import altair as alt_

    ends = ((100, f"+100 {words.better}"), (0, "0"), (-100, f"{MINUS}100 {words.worse}"))
    lines = [{"net": net, "t": "\n".join(wrap(text, 9))} for net, text in ends]
    base = alt_.Chart(_data(lines)).encode(y=alt_.Y("net:Q", axis=None))
    return [
        base.mark_rule(color=LINE, strokeWidth=1).encode(x=alt_.value(52), x2=alt_.value("width")),
        alt_.Chart(_data([{"net": 0}]))
        .mark_rule(color=MUTED, strokeDash=[4, 4])
        .encode(y=alt_.Y("net:Q", axis=None), x=alt_.value(52), x2=alt_.value("width")),
        base.mark_text(
            fontSize=10, color=MUTED, align="left", baseline="middle", lineBreak="\n", lineHeight=12
        ).encode(x=alt_.value(0), text="t:N"),
    ]


def _data(rows: Rows) -> Any:
    import altair as alt_

    return alt_.InlineData(values=rows)


def _on(name: str) -> Any:
    """Return a chart of the rows that `_draw` is given under `name`."""
    import altair as alt_

    return alt_.Chart(alt_.NamedData(name=name))


def _specification(layers: Sequence[Any], *, width: float, height: float) -> dict[str, Any]:
    import altair as alt_

    chart = alt_.layer(*layers).properties(width=width, height=height)
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.pop("config", None)
    return spec


def _draw(spec: dict[str, Any], data: dict[str, Rows], alt: str, language: Language, css: str) -> Markup:
    datasets = {**spec.get("datasets", {}), **data}
    return draw_svg({**spec, "datasets": datasets}, alt, css=css, **DIGITS[language])
