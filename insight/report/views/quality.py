"""Data quality: what was read, what was set aside, and what the model is unsure of."""

from __future__ import annotations

from dataclasses import dataclass

from insight.report.formats import plain, shorten
from insight.report.masking import mask
from insight.report.views.context import Context, records
from insight.report.views.pieces import Cell, Table, cells

_TEXT = 240
_SHOWN = 50


@dataclass(frozen=True)
class Fact:
    """One figure with what it means."""

    name: str
    value: str
    note: str


@dataclass(frozen=True)
class QualityView:
    """What the part shows."""

    facts: list[Fact]
    tables: list[Table]
    mismatch: str
    mismatched: Table | None


def view_quality(context: Context) -> QualityView:
    """Return counts of the run and of its doubts."""
    quality, formats, m = context.analysis.quality, context.formats, context.messages
    mismatch = m("quality.no_stars")
    if quality.with_stars:
        values = formats.integer(quality.n_mismatched), formats.integer(quality.with_stars)
        share = formats.percent(quality.n_mismatched / quality.with_stars)
        mismatch = m("quality.mismatch", n=values[0], total=values[1], share=share)
    return QualityView(_facts(context), _tables(context), mismatch, _mismatched(context))


def _facts(context: Context) -> list[Fact]:
    quality, formats, m = context.analysis.quality, context.formats, context.messages
    kept, n_mentions = len(context.kept_reviews), len(context.analysis.mentions)
    rows = context.analysis.manifest.get("rows") or {}
    values = {
        "read": (formats.integer(rows.get("read", len(context.analysis.reviews))), ""),
        "kept": (formats.integer(kept), ""),
        "without": (
            formats.integer(quality.without_mention),
            formats.percent(quality.without_mention / max(kept, 1)),
        ),
        "per_review": (formats.decimal(quality.mentions_per_review, 2), ""),
        "confidence": (formats.percent(quality.mean_confidence), ""),
        "unsure": (formats.integer(quality.unsure), formats.percent(quality.unsure / max(n_mentions, 1))),
    }
    return [Fact(m(f"quality.{key}"), value, note) for key, (value, note) in values.items()]


def _tables(context: Context) -> list[Table]:
    quality, formats, m = context.analysis.quality, context.formats, context.messages
    screened = [
        cells(_reason(context, "screen", reason), formats.integer(n))
        for reason, n in quality.screened.items()
        if reason != "kept"
    ]
    rows = context.analysis.manifest.get("rows") or {}
    rejected = [
        cells(_reason(context, "reject", k), formats.integer(n))
        for k, n in (rows.get("rejected") or {}).items()
        if n
    ]
    coverage = [
        cells(context.stage_names.get(stage, stage), formats.percent(share))
        for stage, share in quality.coverage.items()
    ]
    tables = [
        Table(m("quality.screened"), [m("table.reason"), m("table.reviews")], screened),
        Table(m("quality.rejected"), [m("table.reason"), m("table.rows")], rejected),
        Table(m("quality.coverage"), [m("table.stage"), m("table.share_of_reviews")], coverage),
    ]
    return [table for table in tables if table.rows]


def _reason(context: Context, kind: str, reason: str) -> str:
    known = f"{kind}.{reason}"
    return context.messages(known) if known in context.messages.catalogue else context.name(reason)


def _mismatched(context: Context) -> Table | None:
    rows = records(context.analysis.quality.mismatched.head(_SHOWN))
    if not rows:
        return None
    m, formats = context.messages, context.formats
    head = [m("table.review"), m("table.stars"), m("table.verdict"), m("table.confidence")]
    lines = [
        [
            Cell(shorten(plain(mask(row["text"][: 2 * _TEXT])), _TEXT)),
            Cell(formats.decimal(row["stars"], 0 if float(row["stars"]).is_integer() else 1)),
            Cell(context.sentiment_names[row["overall"]], css=row["overall"]),
            Cell(formats.percent(row["p_overall"])),
        ]
        for row in rows
    ]
    return Table(m("quality.mismatched"), head, lines)
