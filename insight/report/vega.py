"""The few words of Vega-Lite that the drawings are written in, as plain dictionaries.

A library that builds such dictionaries takes longer to import and to check them than drawing takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Spec = dict[str, Any]
Rows = list[dict[str, Any]]


def layer(mark: str, data: Spec, encoding: Mapping[str, Spec], **options: Any) -> Spec:
    """One layer of a drawing.

    Parameters
    ----------
    mark : str
        What is drawn for each row, such as 'rule'.
    data : dict
        `these` rows or the rows that are `named` so.
    encoding : mapping of str to dict
        Channel, such as 'x', -> what it takes its value from.
    **options
        Properties of the mark.
    """
    return {"data": data, "mark": {"type": mark, **options}, "encoding": dict(encoding)}


def these(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Rows that stand in the layer itself."""
    return {"values": list(rows)}


def named(name: str) -> Spec:
    """Rows that `drawing` is given under a name; several layers may share them."""
    return {"name": name}


def amount(field: str, **options: Any) -> Spec:
    """A channel that takes numbers from a field."""
    return {"field": field, "type": "quantitative", **options}


def nominal(field: str, **options: Any) -> Spec:
    """A channel that takes names from a field."""
    return {"field": field, "type": "nominal", **options}


def temporal(field: str, **options: Any) -> Spec:
    """A channel that takes days from a field."""
    return {"field": field, "type": "temporal", **options}


def fixed(value: float | str) -> Spec:
    """A channel with one value for all rows: pixels or a colour."""
    return {"value": value}


def end(field: str) -> Spec:
    """The second end of a span, on the scale of the first."""
    return {"field": field}


def drawing(
    layers: Sequence[Spec], *, width: float, height: float, rows: Mapping[str, Rows] | None = None
) -> Spec:
    """Layers on top of each other, the first one lowest; `rows` are those that layers call by name."""
    spec: Spec = {"layer": list(layers), "width": width, "height": height}
    return {**spec, "datasets": dict(rows)} if rows else spec
