"""The folder of a run: its manifest, the parts written batch by batch, and the finished tables."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from insight.errors import InputError

MANIFEST = "run.json"
_TABLES = ("reviews", "mentions", "rejects")


class RunFolder:
    """A run on disk.

    Parameters
    ----------
    path : Path
        The folder; made when it does not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def _parts(self) -> Path:
        return self.path / "parts"

    def prepare(self, *, force: bool, resume: bool) -> None:
        """Make the folder ready to be written.

        Raises
        ------
        InputError
            When it already holds a run and neither `force` nor `resume` is asked for.
        """
        if self.path.exists() and any(self.path.iterdir()):
            if not force and not resume:
                raise InputError(
                    f"{self.path} is not empty. Choose another folder with -o, write over it with --force, "
                    "or continue a run that was interrupted with --resume."
                )
            if force and not resume:
                self._clear()
        self._parts.mkdir(parents=True, exist_ok=True)

    def _clear(self) -> None:
        """Remove what an earlier run wrote here, and nothing else."""
        shutil.rmtree(self._parts, ignore_errors=True)
        for name in (MANIFEST, "reviews.parquet", "mentions.parquet", "themes.parquet", "rejects.csv",
                     "report.html", "report.xlsx", "report.md", "summary.json", "mentions.jsonl"):  # fmt: skip
            (self.path / name).unlink(missing_ok=True)

    def finished_parts(self) -> int:
        """How many parts, from the first on, are whole: a part counts when its checksums are right."""
        number = 0
        while self._is_whole(number):
            number += 1
        return number

    def write_part(self, number: int, tables: Mapping[str, pd.DataFrame], facts: Mapping[str, Any]) -> None:
        """Write the tables of one batch, then the note that makes the part count."""
        digests = {}
        for name in _TABLES:
            path = self._part(number, name)
            _write_parquet(tables[name], path)
            digests[name] = _digest(path)
        write_json(self._parts / f"{number:06}.json", {"sha256": digests, **facts})

    def part_facts(self) -> Iterator[dict[str, Any]]:
        """The facts noted with each finished part, in order."""
        for number in range(self.finished_parts()):
            yield read_json(self._parts / f"{number:06}.json")

    def read_parts(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """One table of all finished parts, in order."""
        frames = [
            pd.read_parquet(self._part(number, name), columns=columns) for number in range(self.finished_parts())
        ]
        frames = [frame for frame in frames if len(frame)] or frames[:1]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def drop_parts(self) -> None:
        """Remove the parts once the finished tables are written."""
        shutil.rmtree(self._parts, ignore_errors=True)

    def write_table(self, name: str, table: pd.DataFrame) -> None:
        """Write a finished table, such as `mentions.parquet`."""
        _write_parquet(table, self.path / f"{name}.parquet")

    def read_table(self, name: str) -> pd.DataFrame:
        """Read a finished table.

        Raises
        ------
        InputError
            When the folder is no finished run.
        """
        path = self.path / f"{name}.parquet"
        if not path.exists():
            raise InputError(
                f"{self.path} has no {path.name}: it is not a finished run. Make one with "
                f"`insight run FILE -o {self.path}`, or finish it with `--resume`."
            )
        return pd.read_parquet(path)

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Write `run.json`."""
        write_json(self.path / MANIFEST, manifest)

    def read_manifest(self) -> dict[str, Any]:
        """Read `run.json`; `InputError` when there is none."""
        if not (self.path / MANIFEST).exists():
            raise InputError(f"{self.path} has no {MANIFEST}: it is not the folder of a run.")
        return read_json(self.path / MANIFEST)

    def _part(self, number: int, name: str) -> Path:
        return self._parts / f"{number:06}.{name}.parquet"

    def _is_whole(self, number: int) -> bool:
        note = self._parts / f"{number:06}.json"
        try:
            digests = read_json(note)["sha256"]
            return all(_digest(self._part(number, name)) == digests[name] for name in _TABLES)
        except (OSError, KeyError, ValueError):
            return False


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write JSON so that a reader meets the old file or the new one, never half of it."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    _replace(path, (text + "\n").encode())


def write_text(path: Path, text: str) -> None:
    """Write a text file, UTF-8, as a whole."""
    _replace(path, text.encode())


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), sink, compression="zstd")
    _replace(path, sink.getvalue().to_pybytes())


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
