"""The one form all formats are read into: tables of strings, and the rows that cannot be used."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

import pandas as pd

_SURROGATE = re.compile("[\ud800-\udfff]")
_USABLE = 0.1
"""A row with more unreadable characters than this share is rejected; with fewer they become U+FFFD."""


class Reject(NamedTuple):
    """A row that cannot be used: its number, why, and how it stands in the file."""

    row: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Rows:
    """A piece of a dump.

    Attributes
    ----------
    table : DataFrame
        Columns of strings under the dump's own headers, "" where a cell is empty; the index is the row
        number in the file.
    rejects : list of Reject
        Rows of this piece that could not be parsed.
    problems : mapping of str to int
        What was mended, as id -> count.
    """

    table: pd.DataFrame
    rejects: list[Reject] = field(default_factory=list)
    problems: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RawTable:
    """One table of a dump before anything is known about its columns.

    Attributes
    ----------
    pieces : callable
        `pieces(n)` reads the table from its start in pieces of at most `n` rows.
    header_row : int
        Row of the header in the file, from 1; 0 when there is none.
    """

    name: str
    path: str
    format: str
    pieces: Callable[[int], Iterator[Rows]]
    compression: str = ""
    encoding: str = ""
    certainty: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    notes: tuple[str, ...] = ()


def to_rows(
    columns: Mapping[str, Sequence[str]],
    numbers: Sequence[int],
    rejects: Sequence[Reject] = (),
    problems: Mapping[str, int] | None = None,
) -> Rows:
    """Piece from columns of strings; characters that no encoding has are replaced or rejected."""
    index = pd.Index(list(numbers), dtype="int64")
    found = dict(problems or {})
    try:
        table = pd.DataFrame(
            {name: pd.Series(cells, index, dtype="str") for name, cells in columns.items()}, index
        )
        return Rows(table, list(rejects), found)
    except UnicodeEncodeError:
        return _without_surrogates(columns, numbers, rejects, found)


def _without_surrogates(
    columns: Mapping[str, Sequence[str]],
    numbers: Sequence[int],
    rejects: Sequence[Reject],
    problems: dict[str, int],
) -> Rows:
    names = list(columns)
    kept: list[list[str]] = []
    kept_numbers: list[int] = []
    bad: list[Reject] = []
    for number, cells in zip(numbers, zip(*columns.values(), strict=True), strict=True):
        clean, count = _SURROGATE.subn("\ufffd", "\x1f".join(cells))
        if count > _USABLE * len(clean):
            raw = json.dumps(dict(zip(names, cells, strict=True)))  # in ASCII: the bytes stay readable
            bad.append(Reject(number, "undecodable", raw))
            continue
        if count:
            problems["replaced_characters"] = problems.get("replaced_characters", 0) + count
        kept.append(clean.split("\x1f") if count else list(cells))
        kept_numbers.append(number)
    clean_columns = {name: [row[i] for row in kept] for i, name in enumerate(names)}
    return to_rows(clean_columns, kept_numbers, [*rejects, *bad], problems)


def raw_json(row: object) -> str:
    """Row as JSON for the rejects file."""
    text = json.dumps(row, ensure_ascii=False, default=str)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def cell_text(value: object) -> str:
    """Cell of a workbook, JSON or Parquet file as the string it would be in a CSV file."""
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
