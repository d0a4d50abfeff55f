"""The folder of a run: its manifest, the parts of a run under way, and the finished tables."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from insight.errors import InputError
from insight.io.files import read_json, replace_file, temporary_of, write_json, write_text
from insight.io.parts import Parts, encode_table

__all__ = ["MANIFEST", "RunFolder", "read_json", "write_json", "write_text"]

MANIFEST = "run.json"
_WRITTEN = (
    MANIFEST, "reviews.parquet", "mentions.parquet", "themes.parquet", "rejects.csv",
    "report.html", "report.xlsx", "report.md", "summary.json", "mentions.jsonl", "theme_changes.parquet",
)  # fmt: skip
TABLES = ("reviews", "mentions", "themes")
"""The finished tables of a run."""

_UNLIKE = ("review_id", "mention_id", "text", "clean")
"""Columns of texts that hardly ever come twice."""

_ROW_GROUP = 50_000
"""Rows of a finished table written at once, whatever the size of the batches."""


class RunFolder:
    """A run on disk.

    Parameters
    ----------
    path : Path
        The folder; made when it does not exist.

    Attributes
    ----------
    parts : Parts
        What is done of a run that is not finished.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = Parts(path / "parts")

    def prepare(self, *, force: bool, resume: bool) -> None:
        """Make the folder ready to be written.

        Raises
        ------
        InputError
            When it already holds something and neither `force` nor `resume` is asked for.
        """
        if self.path.exists() and any(self.path.iterdir()):
            if not force and not resume:
                raise InputError(
                    f"{self.path} is not empty. Choose another folder with -o, write over it with --force, "
                    "or continue a run that was interrupted with --resume."
                )
            if force and not resume:
                self._clear()
            self._sweep()
        self.path.mkdir(parents=True, exist_ok=True)

    @property
    def is_finished(self) -> bool:
        """Whether the folder holds a run that came to its end."""
        return (self.path / MANIFEST).exists() and not self.parts.exist

    def write_table(self, name: str, table: pd.DataFrame) -> None:
        """Write a finished table, such as `themes.parquet`."""
        replace_file(self.path / f"{name}.parquet", encode_table(table))

    def write_stream(self, name: str, tables: Iterable[pa.Table], schema: pa.Schema) -> None:
        """Write a finished table piece by piece; how it comes in pieces does not show in the file."""
        path = self.path / f"{name}.parquet"
        temporary = temporary_of(path)
        with pq.ParquetWriter(
            temporary, schema, compression="zstd", use_dictionary=_repeating(schema)
        ) as writer:
            waiting = schema.empty_table()
            for table in tables:
                waiting = pa.concat_tables([waiting, table])
                while len(waiting) >= _ROW_GROUP:
                    writer.write_table(waiting.slice(0, _ROW_GROUP).combine_chunks())
                    waiting = waiting.slice(_ROW_GROUP)
            if len(waiting):
                writer.write_table(waiting.combine_chunks())
        temporary.replace(path)

    def read_table(
        self, name: str, *, columns: Collection[str] | None = None, without: Collection[str] = ()
    ) -> pd.DataFrame:
        """Read a finished table for the stations; parameters and errors as in `read_arrow`."""
        return to_frame(self.read_arrow(name, columns=columns, without=without))

    def read_arrow(
        self, name: str, *, columns: Collection[str] | None = None, without: Collection[str] = ()
    ) -> pa.Table:
        """Read a finished table as it stands in the file.

        Parameters
        ----------
        name : str
            Name of the table.
        columns : collection of str, optional
            Columns to read, where they exist; all by default.
        without : collection of str
            Columns to leave out.

        Raises
        ------
        InputError
            When the folder is no finished run.
        """
        file = self.table_file(name)
        names = [
            column
            for column in file.schema_arrow.names
            if column not in without and (columns is None or column in columns)
        ]
        return file.read(columns=names)

    def table_file(self, name: str) -> pq.ParquetFile:
        """Open a finished table to be read piece by piece; `InputError` when there is none."""
        return pq.ParquetFile(self._table_path(name))

    def digests(self) -> dict[str, str]:
        """SHA-256 of each finished table; `InputError` when one is missing."""
        found = {}
        for name in TABLES:
            with self._table_path(name).open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return found

    def _table_path(self, name: str) -> Path:
        path = self.path / f"{name}.parquet"
        if not path.exists():
            raise InputError(
                f"{self.path} has no {path.name}: it is not a finished run. Make one with "
                f"`insight run FILE -o {self.path}`, or finish it with `--resume`."
            )
        return path

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Write `run.json`."""
        write_json(self.path / MANIFEST, manifest)

    def read_manifest(self) -> dict[str, Any]:
        """Read `run.json`; `InputError` when there is none."""
        if not (self.path / MANIFEST).exists():
            raise InputError(f"{self.path} has no {MANIFEST}: it is not the folder of a run.")
        return read_json(self.path / MANIFEST)

    def _clear(self) -> None:
        """Remove what an earlier run wrote here, and nothing else."""
        for name in _WRITTEN:  # the manifest first: without it nothing passes for a finished run
            (self.path / name).unlink(missing_ok=True)
        self.parts.drop()

    def _sweep(self) -> None:
        """Remove what a process that was killed had half written."""
        for name in _WRITTEN:
            for left in self.path.glob(f".{name}.*"):
                left.unlink(missing_ok=True)
        for left in self.parts.path.glob(".*"):
            if left.is_file():
                left.unlink(missing_ok=True)


def _repeating(schema: pa.Schema) -> list[str]:
    """Columns of a few values that come again and again; to look for them in others only takes time."""
    texts = (field.name for field in schema if not pa.types.is_primitive(field.type))
    return [name for name in texts if name not in _UNLIKE]


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Hand a table to the stations; its texts are not copied."""
    frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas(split_blocks=True, self_destruct=True)
    return frame
