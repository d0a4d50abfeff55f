"""What a user asks of a run, and what its labels depend on."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insight import __version__
from insight.errors import UsageError
from insight.io.models import model_folder
from insight.io.reviews.sources import STDIN, find_sources

if TYPE_CHECKING:
    from insight.settings import Settings
    from insight.taxonomy import Taxonomy


@dataclass(frozen=True)
class Request:
    """What a user asks for.

    Attributes
    ----------
    sources : tuple of str
        Files, globs, folders, or '-' for standard input.
    folder : Path
        The run folder.
    model : str
        Name or path of the model.
    taxonomy : Taxonomy
        Names and owners of the labels.
    settings : Settings
        Options.
    limit : int or None
        Read only so many reviews.
    force, resume : bool
        Write over a run, or continue one.
    mentions_jsonl : bool
        Also write every mention as a line of JSON.
    since : Path or None
        Folder of a finished run whose reviews are taken over, where the sources do not replace them.
    theme_wishes : Path or None
        File with other names for themes, themes to merge, and themes to show first.
    """

    sources: tuple[str, ...]
    folder: Path
    model: str
    taxonomy: Taxonomy
    settings: Settings
    limit: int | None = None
    force: bool = False
    resume: bool = False
    mentions_jsonl: bool = False
    since: Path | None = None
    theme_wishes: Path | None = None


@contextmanager
def stored(request: Request) -> Iterator[Request]:
    """Keep standard input in a file while the run lasts: a dump is looked at, then read.

    Raises
    ------
    UsageError
        When a run over standard input is to be resumed.
    """
    if STDIN not in request.sources:
        yield request
        return
    if request.resume:
        raise UsageError("A run over standard input cannot be resumed: save the dump to a file and name it.")
    with tempfile.TemporaryDirectory(prefix="insight-") as folder:
        copy = Path(folder) / "standard input"
        with copy.open("wb") as target:
            shutil.copyfileobj(sys.stdin.buffer, target)
        yield replace(
            request, sources=tuple(str(copy) if source == STDIN else source for source in request.sources)
        )


def fingerprint(request: Request) -> dict[str, Any]:
    """Everything that the labelled parts depend on, as JSON would hold it."""
    settings = request.settings
    return {
        "inputs": hash_inputs(request),
        "columns": dict(settings.columns),
        "limit": request.limit,
        "batch_rows": settings.engine.batch_rows,
        "since": None if request.since is None else _sha256(request.since / "run.json"),
        **label_fingerprint(request),
    }


def label_fingerprint(request: Request) -> dict[str, Any]:
    """Everything that the labels of a given text depend on."""
    return {
        "model": _hash_model(request.model),
        "screen": asdict(request.settings.screen),
        "classify": asdict(request.settings.classify),
        "insight": __version__,
    }


def hash_inputs(request: Request) -> dict[str, str | None]:
    """Each source with the SHA-256 of its content; None for what is no file on a disk."""
    return {location: _sha256(Path(location)) for location in find_sources(request.sources)}


def _hash_model(name: str) -> str:
    """Hash of the files of a model that decide on labels; its card does not."""
    digest = hashlib.sha256()
    for file in sorted(model_folder(name).glob("*.skops")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sha256(file: Path) -> str | None:
    if not file.is_file():
        return None
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
