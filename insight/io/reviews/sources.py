"""From the arguments a user gives to files that can be opened more than once."""

import bz2
import glob
import gzip
import io
import lzma
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import IO, cast

from insight.errors import InputError

STDIN = "-"
SUFFIXES = frozenset({
    ".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".json", ".jsonl", ".ndjson",
    ".parquet", ".pq", ".gz", ".bz2", ".xz", ".zip",
})  # fmt: skip
"""What is taken from a folder; a file named outright is read whatever its name ends with."""

_Opener = Callable[[Path], IO[bytes]]
_COMPRESSIONS: dict[bytes, tuple[str, _Opener]] = {
    b"\x1f\x8b": ("gzip", lambda path: cast(IO[bytes], gzip.GzipFile(path))),
    b"BZh": ("bzip2", lambda path: cast(IO[bytes], bz2.BZ2File(path))),
    b"\xfd7zXZ\x00": ("xz", lambda path: cast(IO[bytes], lzma.LZMAFile(path))),  # noqa: SIM115 - the caller closes it
}
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What the openers above raise, while reading, over a file that is cut short or overwritten."""


@dataclass(frozen=True)
class Source:
    """One dump, which can be opened as bytes again and again.

    Attributes
    ----------
    name : str
        What the user is shown: the file's name, or its path when two files share the name.
    path : Path
        The local file it lies in.
    inner_name : str
        The name that tells the format: without `.gz`, or that of a file inside a zip.
    compression : str
        "gzip", "bzip2", "xz", "zip" or "".
    modified : datetime
        When the file was last written; relative dates count from here.
    """

    name: str
    path: Path
    inner_name: str
    compression: str
    modified: datetime

    def open(self) -> IO[bytes]:
        """Plain bytes, from the start."""
        if self.compression == "zip":
            # A member is not a file of its own: it keeps the archive open until it is closed itself.
            with zipfile.ZipFile(self.path) as archive:
                return archive.open(self.inner_name)
        for name, opener in _COMPRESSIONS.values():
            if name == self.compression:
                return opener(self.path)
        return self.path.open("rb")


def find_sources(sources: Sequence[str | Path]) -> list[str]:
    """Paths, URLs and "-" behind the arguments: globs and folders opened, each file once.

    Raises
    ------
    InputError
        When a file does not exist, or a glob or a folder holds nothing to read.
    """
    found: dict[str, None] = {}
    for source in map(str, sources):
        found.update(dict.fromkeys([source] if source == STDIN or "://" in source else _find_files(source)))
    if not found:
        raise InputError(
            "No file was given. Name a dump, a folder, a glob such as dumps/*.csv, or - for standard input."
        )
    return list(found)


def shown_names(locations: Sequence[str]) -> list[str]:
    """Short name for each location: the file's name, unless two share it."""
    names = [
        "standard input" if location == STDIN else PurePosixPath(location).name for location in locations
    ]
    often = Counter(names)
    return [name if often[name] == 1 else location for name, location in zip(names, locations, strict=True)]


@contextmanager
def fetched(location: str, name: str) -> Iterator[list[Source]]:
    """Open up the dumps of one location: one, or one for each file inside a zip.

    Standard input and remote files are copied to the disk first, because a dump is looked at before it
    is read; the copy goes away when the context ends.
    """
    if location != STDIN and "://" not in location:
        yield _open_up(Path(location), name)
        return
    with tempfile.TemporaryDirectory(prefix="insight-") as folder:
        copy = Path(folder) / (PurePosixPath(location).name if location != STDIN else "stdin")
        with copy.open("wb") as target:
            _copy(location, target)
        yield _open_up(copy, name)


def _copy(location: str, target: IO[bytes]) -> None:
    if location == STDIN:
        shutil.copyfileobj(sys.stdin.buffer, target)
        return
    import fsspec

    try:
        with fsspec.open(location, "rb") as remote:
            shutil.copyfileobj(remote, target)
    except (OSError, ValueError, ImportError) as error:
        raise InputError(f"{location} cannot be fetched: {error}. Download it and give the file.") from error


def _find_files(source: str) -> list[str]:
    path = Path(source)
    if path.is_file():
        return [source]
    if path.is_dir():
        files = sorted(str(file) for file in path.iterdir() if _is_dump(file))
        if not files:
            raise InputError(
                f"The folder {source} holds no dump. It may hold: {', '.join(sorted(SUFFIXES))}."
            )
        return files
    if glob.has_magic(source):
        files = sorted(
            file
            for file in glob.glob(source, recursive=True)  # noqa: PTH207 - an absolute pattern is no Path.glob
            if Path(file).is_file()
        )
        if not files:
            raise InputError(f"No file matches {source}. Put the pattern in quotes and check the folder.")
        return files
    raise InputError(_not_found(path))


def _is_dump(file: Path) -> bool:
    # "~$x.xlsx" is what Excel leaves beside an open workbook.
    return file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$"))


def _not_found(path: Path) -> str:
    if not path.parent.is_dir():
        return f"{path} does not exist: there is no folder {path.parent}."
    names = sorted(file.name for file in path.parent.iterdir())
    near = get_close_matches(path.name, names, n=1, cutoff=0.6)
    guess = f' Did you mean "{near[0]}"?' if near else " Check the path, or give its folder."
    return f"{path} does not exist.{guess}"


def _open_up(path: Path, name: str) -> list[Source]:
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime)
        with path.open("rb") as handle:
            head = handle.read(8)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise InputError(f"{name} is empty. Export it again, or give another file.")
    plain = Source(name, path, path.name, "", modified)
    if head.startswith(b"PK\x03\x04"):
        return _open_zip(plain)
    for magic, (compression, _) in _COMPRESSIONS.items():
        if head.startswith(magic):
            inner = (
                path.name.removesuffix(path.suffix) if path.suffix in (".gz", ".bz2", ".xz") else path.name
            )
            return [replace(plain, inner_name=inner, compression=compression)]
    return [plain]


def _open_zip(source: Source) -> list[Source]:
    try:
        with zipfile.ZipFile(source.path) as archive:
            members = [info.filename for info in archive.infolist() if info.file_size]
    except zipfile.BadZipFile as error:
        raise InputError(f"{source.name} is damaged: {error}. Copy or export it again.") from error
    if "[Content_Types].xml" in members or "mimetype" in members:
        return [source]  # a workbook is a zip too
    dumps = [m for m in members if PurePosixPath(m).suffix.lower() in SUFFIXES and "__MACOSX" not in m]
    if not dumps:
        raise InputError(f"{source.name} holds no dump. It holds: {', '.join(members[:10])}.")
    return [
        replace(source, name=f"{source.name}/{member}", inner_name=member, compression="zip")
        for member in sorted(dumps)
    ]


def seekable(handle: IO[bytes]) -> IO[bytes]:
    """Give the same bytes with random access, for formats that keep their index at the end."""
    return (
        handle if handle.seekable() and isinstance(handle, io.BufferedReader) else io.BytesIO(handle.read())
    )
