"""Workbooks (.xlsx, .xls, .xlsb, .ods): each filled sheet is a table."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from insight.errors import InputError
from insight.io.reviews.encoding import detect_recoding, recoding_note
from insight.io.reviews.header import LOOKED_AT, column_names, find_header
from insight.io.reviews.legacy import RECODERS
from insight.io.reviews.rows import RawTable, Rows, cell_text, to_rows
from insight.io.reviews.sources import Source, seekable

_SAMPLE_ROWS = 200


def read_spreadsheet(source: Source) -> list[RawTable]:
    """Tables of a workbook, one for each sheet that has a row below its header.

    Raises
    ------
    InputError
        When the workbook cannot be read, is protected, or has no filled sheet.
    """
    workbook = _open(source)
    tables = [table for name in workbook.sheet_names if (table := _sheet_table(source, workbook, name))]
    if not tables:
        raise InputError(
            f"{source.name} has no filled sheet. Its sheets are: {', '.join(workbook.sheet_names)}."
        )
    return tables


def _open(source: Source) -> CalamineWorkbook:
    try:
        with source.open() as handle:
            return CalamineWorkbook.from_filelike(seekable(handle))
    except PasswordError as error:
        raise InputError(f"{source.name} is protected by a password. Save it without one.") from error
    except (CalamineError, OSError) as error:
        raise InputError(
            f"{source.name} cannot be read as a workbook: {error}. Save it again as .xlsx."
        ) from error


def _sheet_table(source: Source, workbook: CalamineWorkbook, name: str) -> RawTable | None:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError:  # a sheet that is a chart
        return None
    first = list(islice(_rows(sheet), _SAMPLE_ROWS))
    recode = detect_recoding([cell for row in first for cell in row])
    if recode:
        first = list(islice(_rows(sheet, recode), _SAMPLE_ROWS))
    header = find_header(first[:LOOKED_AT])
    below = first if header is None else first[header + 1 :]
    if not any(any(row) for row in below):
        return None
    cells = first[header] if header is not None else [""] * max(map(len, first))
    start = 0 if header is None else header + 1
    return RawTable(
        name=source.name,
        path=str(source.path),
        format="xlsx" if source.inner_name.lower().endswith(".xlsx") else "workbook",
        pieces=partial(_pieces, sheet, column_names(cells), start, recode),
        compression=source.compression,
        sheet=name,
        header_row=start,
        notes=(recoding_note(recode),) if recode else (),
    )


def _rows(sheet: CalamineSheet, recode: str = "") -> Iterator[list[str]]:
    """Rows from the top left corner, so that their numbers are those that Excel shows."""
    top, left = sheet.start or (0, 0)
    for _ in range(top):
        yield []
    margin = [""] * left
    change = RECODERS.get(recode, str)
    for row in sheet.iter_rows():
        yield margin + [change(cell_text(value)) for value in row]


def _pieces(sheet: CalamineSheet, names: list[str], start: int, recode: str, size: int) -> Iterator[Rows]:
    rows = (
        (number, row)
        for number, row in enumerate(islice(_rows(sheet, recode), start, None), start=1)
        if any(row)
    )
    while taken := list(islice(rows, size)):
        columns = zip(*(row for _, row in taken), strict=True)
        yield to_rows(dict(zip(names, columns, strict=True)), [number for number, _ in taken])
