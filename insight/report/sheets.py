"""The report for people who live in spreadsheets: its tables as rows of numbers and texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from insight.report.masking import mask
from insight.report.views.context import Context, records

_Cell = Callable[[Context, dict[str, Any]], Any]


@dataclass(frozen=True)
class SheetView:
    """Name, header and rows of one sheet."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


def tabulate_sheets(context: Context) -> list[SheetView]:
    """Sheets: journey, pains, themes, actions, quotes, data quality."""
    analysis = context.analysis
    return [
        _sheet(context, "journey", _JOURNEY, records(analysis.journey)),
        _sheet(context, "pains", _PAINS, records(analysis.pains)),
        _sheet(context, "themes", _THEMES, records(analysis.themes)),
        _sheet(context, "actions", _ACTIONS, records(analysis.actions)),
        _sheet(context, "quotes", _QUOTES, _quote_rows(context)),
        _quality(context),
    ]


def _sheet(context: Context, name: str, columns: dict[str, _Cell], rows: list[dict[str, Any]]) -> SheetView:
    header = [context.messages(f"sheets.column.{column}") for column in columns]
    cells = [[cell(context, row) for cell in columns.values()] for row in rows]
    return SheetView(context.messages(f"sheets.{name}"), header, cells)


def _value(key: str, digits: int = 4) -> _Cell:
    def cell(_context: Context, row: dict[str, Any]) -> Any:
        value = row[key]
        return round(value, digits) if isinstance(value, float) else value

    return cell


def _stage(context: Context, row: dict[str, Any]) -> str:
    return context.stage_names.get(str(row["stage"]), str(row["stage"]))


def _touchpoint(context: Context, row: dict[str, Any]) -> str:
    return context.touchpoint_name(row["touchpoint"]) if row["touchpoint"] else ""


def _pain(context: Context, row: dict[str, Any]) -> str:
    return context.pain_names.get(str(row["pain"]), str(row["pain"]))


def _side(context: Context, row: dict[str, Any]) -> str:
    return context.sentiment_names[row["side"]]


def _segment(context: Context, row: dict[str, Any]) -> str:
    return context.column_name(row["segment"]) if row["segment"] else ""


def _owner(context: Context, row: dict[str, Any]) -> str:
    return context.department_names.get(context.owners.get(row["touchpoint"], ""), "")


def _theme(context: Context, row: dict[str, Any]) -> str:
    return context.theme_name(row["theme_id"])


def _quote_text(context: Context, row: dict[str, Any]) -> str:
    ids = row.get("quote_ids")
    quote_id = row["quote_id"] if ids is None else next(iter(ids), "")
    found = context.quotable.get(quote_id)
    return mask(found["text"]) if found else ""


_COUNTS: dict[str, _Cell] = {key: _value(key) for key in ("n", "positive", "neutral", "negative")}
_JOURNEY: dict[str, _Cell] = {
    "segment": _segment,
    "value": _value("value"),
    "stage": _stage,
    "touchpoint": _touchpoint,
    **_COUNTS,
    "n_reviews": _value("n_reviews"),
    "share": _value("share"),
    "net": _value("net"),
    "low": _value("net_low"),
    "high": _value("net_high"),
    "department": _owner,
}
_PAINS: dict[str, _Cell] = {
    "stage": _stage,
    "pain": _pain,
    **_COUNTS,
    "negativity": _value("negativity"),
    "low": _value("low"),
    "high": _value("high"),
}
_THEMES: dict[str, _Cell] = {
    "theme_id": _value("theme_id"),
    "touchpoint": _touchpoint,
    "side": _side,
    "theme": _theme,
    "n": _value("n"),
    "share": _value("share"),
    "quote": _quote_text,
}
_ACTIONS: dict[str, _Cell] = {
    "department": lambda context, row: context.department_names.get(row["department"], row["department"]),
    "rank": _value("rank"),
    "touchpoint": _touchpoint,
    "theme": _theme,
    "n": _value("n"),
    "share": _value("share"),
    "quote": _quote_text,
}
_QUOTES: dict[str, _Cell] = {
    "theme": _theme,
    "touchpoint": _touchpoint,
    "side": _side,
    "quote": _value("text"),
    "review_id": _value("review_id"),
    "date": _value("date"),
    "stars": _value("stars"),
    "product": _value("product"),
}


def _quote_rows(context: Context) -> list[dict[str, Any]]:
    rows = []
    for theme in records(context.analysis.themes):
        for quote_id in theme["quote_ids"]:
            found = context.quotable.get(quote_id)
            if found is None:
                continue
            review = found["review"]
            date = review.get("date")
            rows.append(
                theme
                | {
                    "text": mask(found["text"]),
                    "review_id": found["review_id"],
                    "date": context.formats.day(date) if date is not None and date == date else "",
                    "stars": review.get("stars"),
                    "product": review.get("product") or "",
                }
            )
    return rows


def _quality(context: Context) -> SheetView:
    quality, rows = context.analysis.quality, context.analysis.manifest.get("rows") or {}
    said = context.messages
    cells: list[tuple[str, Any]] = [
        (said("sheets.quality_row.read"), rows.get("read")),
        (said("sheets.quality_row.kept"), rows.get("kept")),
    ]
    cells += [
        (said("sheets.quality_row.rejected", reason=r), n) for r, n in (rows.get("rejected") or {}).items()
    ]
    cells += [(said("sheets.quality_row.screened", reason=r), n) for r, n in quality.screened.items()]
    cells += [
        (said("sheets.quality_row.mentions_per_review"), round(quality.mentions_per_review, 3)),
        (said("sheets.quality_row.without_mention"), quality.without_mention),
        (said("sheets.quality_row.unsure"), quality.unsure),
        (said("sheets.quality_row.mean_confidence"), round(quality.mean_confidence, 3)),
        (said("sheets.quality_row.mismatched"), quality.n_mismatched),
    ]
    cells += [
        (said("sheets.quality_row.coverage", stage=context.stage_names[stage]), round(share, 4))
        for stage, share in quality.coverage.items()
    ]
    return SheetView(
        said("sheets.quality"), [said("sheets.column.figure"), said("sheets.column.amount")], cells
    )
