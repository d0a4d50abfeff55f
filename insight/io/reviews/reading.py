"""From dumps to batches of reviews: find, look at, read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from insight.errors import InputError
from insight.io.reviews.batches import ReviewBatch, make_batch
from insight.io.reviews.formats import damaged, open_tables
from insight.io.reviews.ids import IdRegister
from insight.io.reviews.layout import ColumnMapping, DumpLayout
from insight.io.reviews.mapping import check_roles, map_columns, no_text_message
from insight.io.reviews.role_contents import can_be
from insight.io.reviews.role_names import roles_of
from insight.io.reviews.rows import RawTable, Rows
from insight.io.reviews.sources import DAMAGE, Source, fetched, find_sources, shown_names

_SAMPLED = 2_000


@dataclass(frozen=True)
class _Described:
    """A table of a dump, the layout found for it, and why it cannot be used, if so."""

    raw: RawTable
    layout: DumpLayout
    complaint: str = ""


def read_reviews(
    sources: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    batch_rows: int = 10_000,
    limit: int | None = None,
    now: datetime | None = None,
) -> Iterator[ReviewBatch]:
    """Read dumps in batches; every row of theirs is in `reviews` or in `rejects` of one batch.

    Parameters
    ----------
    sources : sequence of str or Path
        Files, folders, globs, URLs, or "-" for standard input.
    columns : mapping of str to str, optional
        Role -> header, where the recognition of columns is to be overruled. An empty header takes the
        role away.
    batch_rows : int
        The most rows in a batch; what bounds the memory.
    limit : int, optional
        Stop after so many rows of all dumps together.
    now : datetime, optional
        What relative dates count from; otherwise when each file was last written.

    Returns
    -------
    iterator of ReviewBatch
        In the order of the sources and of their rows. Ids are distinct over all of them.

    Raises
    ------
    InputError
        When a source is missing, empty, damaged or without a column of text.
    UsageError
        When `columns` names a role that does not exist.
    """
    check_roles(columns or {})
    locations = find_sources(
        sources
    )  # before the first batch is asked for, so that a wrong path is told at once
    return _batches(locations, dict(columns or {}), batch_rows, limit, now)


def inspect_dumps(
    sources: Sequence[str | Path], *, columns: Mapping[str, str] | None = None
) -> list[DumpLayout]:
    """Say what dumps look like, from their first rows: format, encoding, and the role of every column.

    A dump without a column of text is no error here; a note says so.

    Parameters
    ----------
    sources : sequence of str or Path
        As in `read_reviews`; standard input is used up by this.
    columns : mapping of str to str, optional
        Role -> header, as in `read_reviews`.

    Returns
    -------
    list of DumpLayout
        One for each file, or each sheet of a workbook.
    """
    check_roles(columns or {})
    locations = find_sources(sources)
    layouts: list[DumpLayout] = []
    for location, name in zip(locations, shown_names(locations), strict=True):
        with fetched(location, name) as files:
            for source in files:
                tables, notes = _describe(source, columns or {})
                for table in tables:
                    told = (*table.layout.notes, *notes, *([table.complaint] if table.complaint else []))
                    layouts.append(replace(table.layout, notes=told))
    return layouts


def _batches(
    locations: list[str], columns: Mapping[str, str], batch_rows: int, limit: int | None, now: datetime | None
) -> Iterator[ReviewBatch]:
    ids = IdRegister()
    left = limit
    for location, name in zip(locations, shown_names(locations), strict=True):
        with fetched(location, name) as files:
            for source in files:
                for batch in _source_batches(source, columns, batch_rows, left, now, ids):
                    yield batch
                    if left is not None:
                        left -= batch.n_rows
                if left is not None and left <= 0:
                    return


def _source_batches(
    source: Source,
    columns: Mapping[str, str],
    batch_rows: int,
    limit: int | None,
    now: datetime | None,
    ids: IdRegister,
) -> Iterator[ReviewBatch]:
    tables, _ = _describe(source, columns)
    left = limit
    for table in tables:
        if table.complaint:
            raise InputError(table.complaint)
        several = len(tables) > 1
        source_file = f"{source.name} [{table.layout.sheet}]" if several else source.name
        for rows in _pieces(source, table, batch_rows, left):
            batch = make_batch(
                rows, table.layout, source_file=source_file, now=now or source.modified, ids=ids
            )
            yield batch
            if left is not None:
                left -= batch.n_rows
        if left is not None and left <= 0:
            return


def _pieces(source: Source, table: _Described, batch_rows: int, limit: int | None) -> Iterator[Rows]:
    done = 0
    with _damage_told(source):
        for rows in table.raw.pieces(batch_rows if limit is None else max(1, min(batch_rows, limit))):
            if limit is not None and done >= limit:
                return
            piece = rows if limit is None else _cut(rows, limit - done)
            done += len(piece.table) + len(piece.rejects)
            yield piece


def _cut(rows: Rows, most: int) -> Rows:
    """First `most` rows of a piece, good and bad ones together."""
    numbers = sorted([*rows.table.index, *(reject.row for reject in rows.rejects)])
    if len(numbers) <= most:
        return rows
    last = numbers[most - 1]
    return Rows(
        rows.table[rows.table.index <= last], [r for r in rows.rejects if r.row <= last], rows.problems
    )


@contextmanager
def _damage_told(source: Source) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise damaged(source, error) from error


def _describe(source: Source, columns: Mapping[str, str]) -> tuple[list[_Described], list[str]]:
    """Tables of a dump that hold reviews, and notes on those that do not."""
    with _damage_told(source):
        raw = open_tables(source)
        tables = [_describe_table(table, columns, is_only=len(raw) == 1) for table in raw]
    with_text = [table for table in tables if not table.complaint]
    if not with_text:
        return tables[:1], []
    left_out = [table.layout.sheet for table in tables if table.complaint]
    return with_text, [f'Sheet "{sheet}" holds no review text and is left out.' for sheet in left_out]


def _describe_table(raw: RawTable, columns: Mapping[str, str], *, is_only: bool) -> _Described:
    first = next(raw.pieces(_SAMPLED), None)
    sample = first.table if first else pd.DataFrame()
    complaint = ""
    try:
        mapping = map_columns(sample, raw.name, columns)
    except InputError as error:
        if is_only:
            raise
        mapping, complaint = (), str(error)  # another sheet may have the column that was asked for
    layout = DumpLayout(
        name=raw.name,
        path=raw.path,
        format=raw.format,
        compression=raw.compression,
        encoding=raw.encoding,
        certainty=raw.certainty,
        delimiter=raw.delimiter,
        sheet=raw.sheet,
        header_row=raw.header_row,
        sampled=len(sample) + (len(first.rejects) if first else 0),
        mapping=mapping,
        notes=(*raw.notes, *_notes(raw, sample, mapping)),
    )
    if not complaint and layout.column("text") is None:
        complaint = no_text_message(sample, raw.name)
    return _Described(raw, layout, complaint)


def _notes(raw: RawTable, sample: pd.DataFrame, mapping: tuple[ColumnMapping, ...]) -> Iterator[str]:
    if raw.certainty == "guess":
        yield f"The encoding {raw.encoding} is a guess. If letters look wrong, save the file as UTF-8."
    elif raw.encoding in ("tcvn3", "vni", "viscii", "cp1258"):
        yield f"The file is in the old encoding {raw.encoding} and is turned into Unicode."
    if not raw.header_row and raw.format not in ("text", "json", "jsonl"):
        yield "There is no header row; columns are called by their number."
    for column in mapping:
        if (
            not column.role
            and "review_id" in roles_of(column.header)
            and not can_be("review_id", sample[column.header])
        ):
            yield f'"{column.header}" repeats its values, so ids are made from what the rows say.'
