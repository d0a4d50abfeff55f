"""One run, from dumps to the finished folder: read, label in batches, then look at the whole."""

from __future__ import annotations

import hashlib
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insight import __version__
from insight.engine.local import available_workers, map_batches
from insight.errors import InputError
from insight.io.exports import write_mentions_jsonl, write_rejects, write_workbook
from insight.io.models import load_model
from insight.io.reviews import ReviewBatch, inspect_dumps, read_reviews
from insight.io.runs import RunFolder, write_json, write_text
from insight.pipeline import Labelled, analyse, group_themes, label_batch, to_labelled_rows
from insight.report import render_markdown, render_page, render_sheets, summarise
from insight.settings import Settings

if TYPE_CHECKING:
    from insight.analysis import Analysis
    from insight.estimators.model import ReviewModel
    from insight.taxonomy import Taxonomy

_VERSIONED = ("underthesea", "scikit-learn", "pandas", "numpy", "scipy", "pyarrow")
Progress = Callable[[int], None]


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


def run(request: Request, progress: Progress = lambda _rows: None) -> Analysis:
    """Run `request` and write its folder.

    Parameters
    ----------
    request : Request
        What to read, where to write, and how.
    progress : callable
        Called with the number of rows of each finished batch.

    Raises
    ------
    InputError
        When a source cannot be read, or no row of it can be used.
    """
    clock = _Clock()
    folder = RunFolder(request.folder)
    model = load_model(request.model)
    layouts = inspect_dumps(request.sources, columns=request.settings.columns)
    folder.prepare(force=request.force, resume=request.resume)
    _label(request, folder, progress)
    clock.lap("label")
    labelled = Labelled(folder.read_parts("reviews"), folder.read_parts("mentions"))
    if labelled.reviews.empty:
        raise InputError(
            f"No row of {', '.join(request.sources)} can be used: "
            f"{_rejected(folder)}. `insight check` shows how the columns are read."
        )
    mentions, themes = group_themes(labelled, request.settings)
    labelled = Labelled(labelled.reviews, mentions)
    clock.lap("themes")
    manifest = _manifest(request, folder, labelled, layouts, model)
    analysis = analyse(
        labelled, themes, taxonomy=request.taxonomy, settings=request.settings, manifest=manifest
    )
    clock.lap("analyse")
    _write(folder, analysis)
    write_reports(analysis, request.folder, request.settings)
    if request.mentions_jsonl:
        rows = to_labelled_rows(labelled, probabilities=True)
        write_mentions_jsonl(rows, request.folder / "mentions.jsonl")
    clock.lap("report")
    folder.write_manifest({**manifest, "timings": clock.laps})
    folder.drop_parts()
    return analysis


def rebuild(folder: RunFolder, taxonomy: Taxonomy, settings: Settings) -> Analysis:
    """The analysis of a finished run, from its tables."""
    labelled = Labelled(folder.read_table("reviews"), folder.read_table("mentions"))
    themes = folder.read_table("themes")
    return analyse(
        labelled, themes, taxonomy=taxonomy, settings=settings, manifest=folder.read_manifest()
    )


def write_reports(analysis: Analysis, folder: Path, settings: Settings) -> None:
    """Write the page, the workbook, the Markdown summary and the summary for BI tools."""
    language = settings.report.language
    write_text(folder / "report.html", render_page(analysis, language=language))
    write_text(folder / "report.md", render_markdown(analysis, language=language))
    write_json(folder / "summary.json", summarise(analysis))
    write_workbook(render_sheets(analysis, language=language), folder / "report.xlsx")


def label_with(model: str, settings: Settings, batch: ReviewBatch) -> tuple[ReviewBatch, Labelled]:
    """Label one batch with a model loaded once a process."""
    return batch, label_batch(batch.reviews, _loaded(model), settings)


@cache
def _loaded(model: str) -> ReviewModel:
    return load_model(model)


def _label(request: Request, folder: RunFolder, progress: Progress) -> None:
    done = folder.finished_parts() if request.resume else 0
    for facts in folder.part_facts():
        progress(facts["read"])
    engine = request.settings.engine
    batches = _skip(
        read_reviews(
            request.sources,
            columns=request.settings.columns,
            batch_rows=engine.batch_rows,
            limit=request.limit,
        ),
        done,
    )
    label = partial(label_with, request.model, request.settings)
    small = request.limit is not None and request.limit <= engine.batch_rows
    workers = 1 if small else engine.workers or available_workers()
    for number, (batch, labelled) in enumerate(map_batches(label, batches, workers=workers), start=done):
        tables = {"reviews": labelled.reviews, "mentions": labelled.mentions, "rejects": batch.rejects}
        read = len(batch.reviews) + len(batch.rejects)
        facts = {
            "read": read,
            "kept": len(batch.reviews),
            "rejected": dict(Counter(batch.rejects["reason"])),
            "problems": dict(batch.problems),
        }
        folder.write_part(number, tables, facts)
        progress(read)


def _skip(batches: Iterator[ReviewBatch], count: int) -> Iterator[ReviewBatch]:
    for number, batch in enumerate(batches):
        if number >= count:
            yield batch


def _rejected(folder: RunFolder) -> str:
    counts: Counter[str] = Counter()
    for facts in folder.part_facts():
        counts.update(facts["rejected"])
    return ", ".join(f"{n} rows {reason}" for reason, n in counts.items()) or "there are no rows"


def _manifest(
    request: Request, folder: RunFolder, labelled: Labelled, layouts: Sequence[Any], model: ReviewModel
) -> dict[str, Any]:
    rejected: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    read = kept = 0
    for facts in folder.part_facts():
        read, kept = read + facts["read"], kept + facts["kept"]
        rejected.update(facts["rejected"])
        problems.update(facts["problems"])
    return {
        "insight": __version__,
        "rows": {"read": read, "kept": kept, "rejected": dict(rejected)},
        "problems": dict(problems),
        "columns": {
            layout.path: {m.header: m.role or "segment" for m in layout.mapping} for layout in layouts
        },
        "inputs": {layout.path: _sha256(layout.path) for layout in layouts},
        "encodings": {layout.path: layout.encoding for layout in layouts},
        "model": {
            "name": request.model,
            **{key: model.metadata.get(key) for key in ("trained_on", "corpus_sha256", "figures")},
        },
        "settings": asdict(request.settings),
        "seed": request.settings.themes.seed,
        "limit": request.limit,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _VERSIONED}},
        "mentions": len(labelled.mentions),
    }


def _write(folder: RunFolder, analysis: Analysis) -> None:
    folder.write_table("reviews", analysis.reviews)
    folder.write_table("mentions", analysis.mentions)
    folder.write_table("themes", analysis.themes)
    write_rejects(folder.read_parts("rejects"), folder.path / "rejects.csv")


def _sha256(path: str) -> str | None:
    file = Path(path)
    if not file.is_file():
        return None
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class _Clock:
    """Seconds spent in each part of a run."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 3)
        self._last = now
