"""The parts of a run that is under way: the tables of each batch, and the note that makes them count."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from insight.errors import InputError
from insight.io.files import read_json, replace_file, write_json

TABLES = ("reviews", "mentions", "rejects")
_REQUEST = "request.json"


class Parts:
    """Parts on disk.

    A part counts when its note is there and its tables have the checksums noted, so a process that is killed
    at any moment leaves whole parts and, at most, files that are written again.

    Parameters
    ----------
    path : Path
        Their folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exist(self) -> bool:
        """Whether a run has begun here and is not finished."""
        return (self.path / _REQUEST).exists()

    def begin(self, request: Mapping[str, Any]) -> None:
        """Note what the parts are made of; parts of something else are not continued.

        Raises
        ------
        InputError
            When the parts that are here were made of other inputs, settings or another model.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        if not self.exist:
            write_json(self.path / _REQUEST, request)
            return
        before = read_json(self.path / _REQUEST)
        differing = [key for key in {**before, **request} if before.get(key) != request.get(key)]
        if differing:
            raise InputError(
                f"The run in {self.path.parent} was begun with other {', '.join(sorted(differing))}. "
                "Continue it with what it was begun with, choose another folder with -o, or start it anew "
                "with --force."
            )

    @cached_property
    def finished(self) -> set[int]:
        """Numbers of the parts that are whole; checksums are computed once."""
        notes = self.path.glob("[0-9]*.json")
        return {number for number in (int(note.stem) for note in notes) if self._is_whole(number)}

    def write(self, number: int, tables: Mapping[str, bytes], facts: Mapping[str, Any]) -> None:
        """Write the encoded tables of one batch (see `encode_table`), then the note."""
        for name in TABLES:
            replace_file(self._file(number, name), tables[name])
        digests = {name: hashlib.sha256(tables[name]).hexdigest() for name in TABLES}
        write_json(self.path / f"{number:06}.json", {"sha256": digests, **facts})
        self.finished.add(number)

    def facts(self) -> Iterator[dict[str, Any]]:
        """Yield the facts noted with each finished part, in order."""
        for number in sorted(self.finished):
            yield read_json(self.path / f"{number:06}.json")

    def tables(
        self, name: str, columns: Collection[str] | None = None, *, first: int = 0
    ) -> Iterator[pa.Table]:
        """Yield one table of each finished part, in order, all with the same columns.

        Parameters
        ----------
        name : str
            One of `TABLES`.
        columns : collection of str, optional
            Columns to read; those that a part lacks are null.
        first : int
            Number of the first part that is read.
        """
        schema = self.schema(name)
        if columns is not None:
            schema = pa.schema([field for field in schema if field.name in columns])
        for number in sorted(n for n in self.finished if n >= first):
            file = self._file(number, name)
            # Read plainly: threads and the machinery of data sets cost more memory than a part has.
            with pq.ParquetFile(file) as part:
                here = set(part.schema_arrow.names)
                names = [name for name in schema.names if name in here]
                table = part.read(names, use_threads=False)
            yield _conform(table, schema)

    def schema(self, name: str) -> pa.Schema:
        """Columns of one table over all finished parts, in the order in which they turn up."""
        files = [self._file(number, name) for number in sorted(self.finished)]
        if not files:
            return pa.schema([])
        return pa.unify_schemas([pq.read_schema(file).remove_metadata() for file in files])

    def drop(self) -> None:
        """Remove the parts of a run that is finished; what is left of a removal that is cut short is none."""
        (self.path / _REQUEST).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def _file(self, number: int, name: str) -> Path:
        return self.path / f"{number:06}.{name}.parquet"

    def _is_whole(self, number: int) -> bool:
        try:
            digests = read_json(self.path / f"{number:06}.json")["sha256"]
            return all(_digest(self._file(number, name)) == digests[name] for name in TABLES)
        except (OSError, KeyError, ValueError):
            return False


def encode_table(table: pd.DataFrame) -> bytes:
    """Turn a table into the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    # Most strings of a part stand in it once: looking for those that do not takes longer than it saves.
    pq.write_table(arrow, sink, compression="zstd", use_dictionary=False)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """`table` with the columns of `schema`, null where it has none."""
    columns = [
        table[field.name] if field.name in table.column_names else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
