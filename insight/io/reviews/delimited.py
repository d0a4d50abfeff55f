"""CSV, TSV and plain text, as a stream."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from insight.errors import InputError
from insight.io.reviews.delimiter import sample_records, sniff_dialect, usual_width
from insight.io.reviews.encoding import Encoding, detect_recoding, recoding_note
from insight.io.reviews.header import column_names, find_header
from insight.io.reviews.legacy import RECODERS
from insight.io.reviews.records import NO_DELIMITER, Dialect, RecordParser
from insight.io.reviews.rows import RawTable, Reject, Rows, to_rows
from insight.io.reviews.sources import Source

_SAMPLE_LINES = 1_000
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", NO_DELIMITER: "none"}


def read_delimited(source: Source, encoding: Encoding, suffix: str) -> RawTable:
    """Table of a file of delimited or plain text.

    Raises
    ------
    InputError
        When there is nothing but a header, or nothing at all.
    """
    with _open_text(source, encoding) as text:
        lines = [line.replace("\0", "") for line in islice(text, _SAMPLE_LINES)]
    # Recoding touches no delimiter and no quote, so whole lines are recoded, the header with them.
    recode = encoding.recode or detect_recoding(lines)
    if recode:
        lines = list(map(RECODERS[recode], lines))
    if not any(line.strip() for line in lines):
        raise InputError(f"{source.name} is empty. Export it again, or give another file.")
    dialect = sniff_dialect(lines, suffix)
    records, ends = sample_records(lines, dialect)
    header = find_header(records)
    below = records if header is None else records[header + 1 :]
    if not any(below):
        raise InputError(
            f"{source.name} has a header and no row below it. Export it again, or give another file."
        )
    width = usual_width(below)
    cells = records[header] if header is not None else [""] * width
    if len(cells) == width - 1:
        cells = ["", *cells]  # R and pandas leave the name of the row numbers out
    names = column_names(cells)
    skipped = dialect.skipped if header is None else ends[header]
    # The last cells of a row may be left out where most rows do so.
    shortest = min(width, len(names)) if len(names) - width <= 2 else len(names)
    return RawTable(
        name=source.name,
        path=str(source.path),
        format="text" if dialect.delimiter == NO_DELIMITER else "csv",
        pieces=partial(_pieces, source, replace(encoding, recode=recode), dialect, names, skipped, shortest),
        compression=source.compression,
        encoding=encoding.name,
        certainty=encoding.certainty,
        delimiter=_DELIMITER_NAMES.get(dialect.delimiter, dialect.delimiter),
        header_row=0 if header is None else skipped,
        notes=() if recode == encoding.recode else (recoding_note(recode),),
    )


def _open_text(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    # UTF-16 has no way to keep a bad byte; the others carry it along until the row is judged.
    errors = "replace" if encoding.codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(source.open(), encoding=encoding.codec, errors=errors, newline="")


def _pieces(
    source: Source,
    encoding: Encoding,
    dialect: Dialect,
    names: list[str],
    skipped: int,
    shortest: int,
    size: int,
) -> Iterator[Rows]:
    with _open_text(source, encoding) as text:
        for _ in range(skipped):
            next(text)
        lines = map(RECODERS[encoding.recode], text) if encoding.recode else text
        parser = RecordParser(lines, dialect, len(names), shortest)
        rows = iter(parser)
        while taken := list(islice(rows, size)):
            rejects = [row for _, row in taken if isinstance(row, Reject)]
            good = [pair for pair in taken if not isinstance(pair[1], Reject)] if rejects else taken
            columns = zip(*(row for _, row in good), strict=True) if good else ([] for _ in names)
            yield to_rows(
                dict(zip(names, columns, strict=True)),
                [number for number, _ in good],
                rejects,
                parser.take_problems(),
            )
