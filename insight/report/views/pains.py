"""The pain matrix: stage by pain category, each cell with the mentions behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.report.views.context import Context, records
from insight.report.views.pieces import Filter, Quote

_STEPS = 5


@dataclass(frozen=True)
class PainCell:
    """One stage and pain category. `heat` is the step of its colour, 0 for nothing to show."""

    id: str
    title: str
    negative: str
    share: str
    interval: str
    n: str
    heat: str
    is_few: bool
    is_silent: bool
    filter: Filter
    quotes: list[Quote]


@dataclass(frozen=True)
class PainRow:
    """One stage."""

    stage: str
    cells: list[PainCell]


@dataclass(frozen=True)
class PainsView:
    """What the part shows."""

    pains: list[str]
    rows: list[PainRow]
    largest: str


def view_pains(context: Context) -> PainsView:
    """Return the matrix in the order of the journey."""
    table = records(context.analysis.pains)
    pains = [key for key in context.pain_names if key != "none"]
    most = max([int(row["negative"]) for row in table], default=0)
    by_key = {(row["stage"], row["pain"]): row for row in table}
    quotes = _quotes(context)
    rows = [
        PainRow(
            context.stage_names[stage],
            [
                _cell(context, by_key[stage, p], most, quotes.get((stage, p), []))
                for p in pains
                if (stage, p) in by_key
            ],
        )
        for stage in context.stage_names
    ]
    return PainsView([context.pain_names[key] for key in pains], rows, _largest(context, table, most))


def _cell(context: Context, row: dict[str, Any], most: int, quotes: list[Quote]) -> PainCell:
    formats, stage, pain = context.formats, row["stage"], row["pain"]
    heat = 0 if not row["negative"] else 1 + int((_STEPS - 1) * row["negative"] / max(most, 1) + 0.5)
    few = row["n"] < context.min_n
    return PainCell(
        id=f"pain-{stage}-{pain}",
        title=f"{context.stage_names[stage]} × {context.pain_names[pain]}",
        negative=formats.integer(row["negative"]),
        share="" if few else formats.percent(row["negativity"]),
        interval="" if few else formats.percent_range(row["low"], row["high"]),
        n=context.mentions_count(row["n"]),
        heat=str(heat),
        is_few=bool(few),
        is_silent=not row["n"],
        filter=Filter({"stage": stage, "pain": pain, "sentiment": "negative"}),
        quotes=quotes,
    )


def _quotes(context: Context) -> dict[tuple[str, str], list[Quote]]:
    """Up to three quotes a cell: those the themes chose first, then what the model is surest of."""
    found: dict[tuple[str, str], list[Quote]] = {}
    for row in context.rows_of(context.shown.of_pains):
        found.setdefault((row["stage"], row["pain"]), []).append(context.quote_row(row))
    return found


def _largest(context: Context, table: list[dict[str, Any]], most: int) -> str:
    row = next((row for row in table if row["negative"] == most), None)
    if row is None or not most:
        return context.messages("pains.none")
    return context.messages(
        "pains.largest",
        stage=context.stage_names[row["stage"]],
        pain=context.pain_names[row["pain"]],
        negative=context.formats.integer(most),
        total=context.formats.integer(context.n_negative),
    )
