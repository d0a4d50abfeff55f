"""Segments side by side: net sentiment of each stage and the share of each pain, against the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.report.views.context import Context, records
from insight.report.views.pieces import Cell, Table

_TOLD = 8


@dataclass(frozen=True)
class SegmentsView:
    """What the part shows: sentences for the differences beyond chance, then one table a column."""

    findings: list[str]
    more: str
    tables: list[Table]


def view_segments(context: Context) -> SegmentsView:
    """Differences that stand after false-discovery control, largest first, and the tables."""
    rows = records(context.analysis.segments)
    significant = [row for row in rows if row["is_significant"]]
    significant.sort(key=lambda row: (-abs(row["share"] - row["base_share"]), row["segment"], row["value"]))
    columns = list(dict.fromkeys(row["segment"] for row in rows))
    left = len(significant) - _TOLD
    return SegmentsView(
        findings=[_finding(context, row) for row in significant[:_TOLD]],
        more=context.messages("segments.more", n=context.formats.integer(left)) if left > 0 else "",
        tables=[
            _table(context, column, [row for row in rows if row["segment"] == column]) for column in columns
        ],
    )


def _finding(context: Context, row: dict[str, Any]) -> str:
    formats = context.formats
    key = "segments.over" if row["share"] > row["base_share"] else "segments.under"
    return context.messages(
        key,
        column=context.column_name(row["segment"]),
        value=context.name(row["value"]),
        pain=context.pain_names.get(row["pain"], row["pain"]),
        share=formats.percent(row["share"]),
        base=formats.percent(row["base_share"]),
        n=context.mentions_count(row["n"]),
    )


def _table(context: Context, column: str, rows: list[dict[str, Any]]) -> Table:
    m, pains = context.messages, list(dict.fromkeys(row["pain"] for row in rows))
    head = [context.column_name(column), m("table.n")]
    head += [m("segments.net_of", stage=name) for name in context.stage_names.values()]
    head += [m("segments.share_of", pain=context.pain_names.get(pain, pain)) for pain in pains]
    lines = []
    for value in dict.fromkeys(row["value"] for row in rows):
        inside = [row for row in rows if row["value"] == value]
        line = [Cell(context.name(value)), Cell(context.formats.integer(inside[0]["n"]))]
        lines.append([*line, *_nets(context, column, value), *[_cell(context, row) for row in inside]])
    return Table(m("segments.table", column=context.column_name(column)), head, lines)


def _nets(context: Context, column: str, value: str) -> list[Cell]:
    journey, formats = context.analysis.journey, context.formats
    chosen = journey[
        (journey["segment"] == column) & (journey["value"] == value) & (journey["level"] == "stage")
    ]
    by_stage = {row["stage"]: row for row in records(chosen)}
    cells = []
    for stage in context.stage_names:
        row = by_stage.get(stage)
        if row is None or row["n"] < context.min_n:
            cells.append(Cell(context.messages("segments.few"), css="few"))
        else:
            low_high = formats.points_range(row["net_low"], row["net_high"])
            cells.append(Cell(formats.points(row["net"]), low_high))
    return cells


def _cell(context: Context, row: dict[str, Any]) -> Cell:
    formats, base = (
        context.formats,
        context.messages("segments.base", base=context.formats.percent(row["base_share"])),
    )
    if not row["is_significant"]:
        return Cell(formats.percent(row["share"]), base)
    over = row["share"] > row["base_share"]
    return Cell(f"{'▲' if over else '▼'} {formats.percent(row['share'])}", base, "over" if over else "under")
