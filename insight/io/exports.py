"""Tables for other programs: a workbook, mentions as JSON Lines, rejected rows as CSV."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import xlsxwriter

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
_MAX_WIDTH, _MIN_WIDTH = 60, 10


class Sheet(Protocol):
    """A sheet of a workbook: its name, the header, and rows of numbers and texts."""

    @property
    def name(self) -> str:
        """Name on the tab."""

    @property
    def header(self) -> Sequence[str]:
        """Titles of the columns."""

    @property
    def rows(self) -> Sequence[Sequence[Any]]:
        """One value a column."""


def write_workbook(sheets: Iterable[Sheet], path: Path) -> None:
    """Write `sheets` as an XLSX file; texts stay texts, whatever they begin with."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.freeze_panes(1, 0)
            for column, title in enumerate(sheet.header):
                page.write_string(0, column, title, bold)
                page.set_column(column, column, _width(sheet, column), wrap)
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    _write_cell(page, number, column, value)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)


def write_mentions_jsonl(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write one labelled review a line, in the form of section 6 of the codebook."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def write_rejects(rejects: pd.DataFrame, path: Path) -> None:
    """Write rejected rows as CSV that a spreadsheet opens with its letters whole and runs no formula of.

    Cells that begin like a formula get an apostrophe in front.
    """
    safe = rejects.assign(
        **{
            c: rejects[c].map(neutralise)
            for c in rejects.columns
            if not pd.api.types.is_numeric_dtype(rejects[c])
        }
    )
    safe.to_csv(path, index=False, encoding="utf-8-sig")


def neutralise(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> neutralise("=cmd()"), neutralise("tốt")
    ("'=cmd()", 'tốt')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _write_cell(page: Any, row: int, column: int, value: Any) -> None:
    if value is None or value != value:  # NaN and NaT differ from themselves
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        page.write_string(row, column, str(value)[:_MAX_CELL])
    else:
        page.write_number(row, column, value)


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in sheet.rows[:200]), default=0)
    return max(_MIN_WIDTH, min(_MAX_WIDTH, max(longest, len(sheet.header[column])) + 2))
