"""Which format a dump has, judged by its first bytes before its name, and the reader for it."""

from pathlib import PurePosixPath

from insight.errors import InputError
from insight.io.reviews.delimited import read_delimited
from insight.io.reviews.encoding import Encoding, detect_encoding
from insight.io.reviews.json_rows import read_json
from insight.io.reviews.parquet import read_parquet
from insight.io.reviews.rows import RawTable
from insight.io.reviews.sources import DAMAGE, Source
from insight.io.reviews.spreadsheet import read_spreadsheet

_ZIP, _OLD_EXCEL, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"


def open_tables(source: Source) -> list[RawTable]:
    """Tables of one dump: one for a file, one for each filled sheet of a workbook.

    Raises
    ------
    InputError
        When the file is empty, damaged or not in a format that can be read.
    """
    try:
        with source.open() as handle:
            head = handle.read(4096)
        if not head:
            raise InputError(f"{source.name} is empty. Export it again, or give another file.")
        if head.startswith(_PARQUET):
            return [read_parquet(source)]
        if head.startswith((_ZIP, _OLD_EXCEL)):
            return read_spreadsheet(source)
        suffix = PurePosixPath(source.inner_name).suffix.lower()
        _check_is_text(source, head, suffix)
        with source.open() as handle:
            encoding = detect_encoding(handle)
        if _is_json(head, encoding, suffix):
            return [read_json(source, encoding)]
        return [read_delimited(source, encoding, suffix)]
    except DAMAGE as error:
        raise damaged(source, error) from error


def damaged(source: Source, error: Exception) -> InputError:
    """Error for a compressed file that breaks off or was overwritten."""
    return InputError(f"{source.name} is damaged: {error}. Copy or export it again.")


def _check_is_text(source: Source, head: bytes, suffix: str) -> None:
    if suffix in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq") and b"\x00" in head:
        raise InputError(f"{source.name} is not a {suffix} file, whatever its name says. Export it again.")
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3")):
        raise InputError(
            f"{source.name} is no table of reviews. "
            "Give CSV, TSV, XLSX, JSON, JSON Lines, Parquet or plain text."
        )


def _is_json(head: bytes, encoding: Encoding, suffix: str) -> bool:
    text = head.decode(encoding.codec, "replace").lstrip("\ufeff \t\r\n")
    if suffix in (".json", ".jsonl", ".ndjson"):
        return True
    # A review may begin with a bracket, so a file of another name must look like objects.
    return text.startswith('{"') or (text.startswith("[") and text[1:].lstrip().startswith("{"))
