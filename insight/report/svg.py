"""Vega-Lite specifications as lean inline SVG: no script, no fixed colour, the page's own font."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

INK, MUTED, LINE = "#010101", "#020202", "#030303"
NEGATIVE, NEUTRAL, POSITIVE = "#0a0101", "#0a0102", "#0a0103"
ACCENT, PAPER, SHADE = "#0a0104", "#0a0105", "#0a0106"
_COLOURS = {
    INK: "ink",
    MUTED: "muted",
    LINE: "line",
    NEGATIVE: "negative",
    NEUTRAL: "neutral",
    POSITIVE: "positive",
    ACCENT: "accent",
    PAPER: "card",
    SHADE: "shade",
}
"""Stand-ins that become the page's CSS variables, so that one drawing serves light, dark and print."""

DIGITS = {
    "vi": {"thousands": ".", "decimal": ",", "percent": "\u00a0%"},
    "en": {"thousands": ",", "decimal": ".", "percent": "%"},
}
"""How each language writes numbers on an axis."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_KEPT = frozenset(
    [
        "d",
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-opacity",
        "opacity",
        "transform",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "width",
        "height",
        "font-size",
        "font-weight",
        "font-style",
        "text-anchor",
        "viewBox",
        "dy",
        "dx",
    ]
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_CONFIG: dict[str, Any] = {
    "background": None,
    "padding": 4,
    "config": {
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED,
            "titleColor": MUTED,
            "gridColor": LINE,
            "domainColor": LINE,
            "tickColor": LINE,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "labelLimit": 0,
        },
        "text": {"color": INK, "fontSize": 12},
    },
}


def draw_svg(
    spec: dict[str, Any], alt: str, *, thousands: str, decimal: str, percent: str, css: str = ""
) -> Markup:
    """Return a Vega-Lite specification as inline SVG.

    Parameters
    ----------
    spec : dict
        Vega-Lite, with the colours of this module.
    alt : str
        What the drawing says, for those who do not see it.
    thousands, decimal, percent : str
        How the language separates digits and marks a percentage.
    css : str
        Class of the drawing.
    """
    import vl_convert

    locale = {
        "decimal": decimal,
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", ""],
        "percent": percent,
    }
    drawn = vl_convert.vegalite_to_svg({**_CONFIG, **spec}, format_locale=locale)
    root = ElementTree.fromstring(drawn)  # noqa: S314 # drawn by our own renderer
    root.tag = root.tag.removeprefix(_NAMESPACE)
    size = root.get("width", "0"), root.get("height", "0")
    _clean(root)
    root.attrib.clear()
    root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("class", f"chart {css}".strip())
    root.set("style", f"max-width:{size[0]}px")
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # noqa: S704 # escaped by ElementTree


def _clean(element: ElementTree.Element) -> None:
    """Drop what only a program would read, empty groups and numbers beyond a tenth of a pixel."""
    element.tag = element.tag.removeprefix(_NAMESPACE)
    for name, value in list(element.attrib.items()):
        if name not in _KEPT or (name == "transform" and value == "translate(0,0)"):
            del element.attrib[name]
        elif name in ("fill", "stroke") and value in _COLOURS:
            element.set(name, f"var(--{_COLOURS[value]})")
        else:
            element.set(name, _LONG_NUMBER.sub(lambda m: f"{float(m.group()):.1f}".removesuffix(".0"), value))
    for child in list(element):
        _clean(child)
        if _is_empty(child):
            element.remove(child)
    if element.tag == "g" and len(element) == 1 and element[0].tag == "g" and not element.attrib:
        inner = element[0]
        element.remove(inner)
        element.attrib.update(inner.attrib)
        element.extend(list(inner))


def _is_empty(element: ElementTree.Element) -> bool:
    if element.tag in ("defs", "title", "style"):
        return True
    if element.tag == "g":
        return len(element) == 0
    if element.tag == "path":
        unseen = element.get("stroke") in (None, "none", "transparent")
        return unseen and element.get("fill") in (None, "none", "transparent")
    if element.tag == "text":
        return not "".join(element.itertext()).strip()
    return False
