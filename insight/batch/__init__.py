"""One run, from dumps to the finished folder: read, label in batches, then look at the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from insight.batch.labelling import Progress, label_parts
from insight.batch.manifest import Clock, describe_run
from insight.batch.request import Request, fingerprint, stored
from insight.batch.since import Earlier, carry_over, take_up
from insight.batch.tables import finish_tables, gather, reopen
from insight.engine.choice import check_engine
from insight.errors import InputError
from insight.io.exports import write_mentions_jsonl, write_rejects, write_workbook
from insight.io.files import write_json, write_text
from insight.io.models import load_model
from insight.io.reviews import inspect_dumps
from insight.io.runs import RunFolder, to_frame
from insight.pipeline import Labelled, analyse, group_themes, to_labelled_rows
from insight.report import render_markdown, render_page, render_sheets, summarise

if TYPE_CHECKING:
    from insight.analysis import Analysis
    from insight.settings import Settings
    from insight.taxonomy import Taxonomy

__all__ = ["Request", "rebuild", "run", "write_reports"]


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
        When a source cannot be read, no row of it can be used, or the run to be continued is another one.
    UsageError
        When the engine does not exist or is not installed.
    """
    check_engine(request.settings.engine.engine, request.settings.engine.scheduler)
    with stored(request) as kept:
        return _run(kept, progress)


def _run(request: Request, progress: Progress) -> Analysis:
    clock = Clock()
    folder = RunFolder(request.folder)
    metadata = load_model(request.model).metadata
    layouts = inspect_dumps(request.sources, columns=request.settings.columns)
    earlier = take_up(request)
    asked = fingerprint(request)
    folder.prepare(force=request.force, resume=request.resume)
    if folder.is_finished:
        return _reread(folder, request, asked)
    folder.parts.begin(asked)
    _label(request, folder, earlier, progress)
    clock.lap("label")
    manifest = describe_run(request, folder.parts, layouts, metadata, asked)
    manifest = earlier.merge(manifest) if earlier else manifest
    labelled = gather(folder.parts)
    if labelled.reviews.empty:
        raise _nothing_usable(request, manifest)
    mentions, themes = group_themes(labelled, request.settings)
    labelled = Labelled(labelled.reviews, mentions)
    clock.lap("themes")
    finish_tables(folder, mentions["theme_id"])
    folder.write_table("themes", themes)
    write_rejects(_rejects(folder), folder.path / "rejects.csv")
    clock.lap("tables")
    analysis = analyse(
        labelled, themes, taxonomy=request.taxonomy, settings=request.settings, manifest=manifest
    )
    clock.lap("analyse")
    write_reports(analysis, request.folder, request.settings)
    if request.mentions_jsonl:
        _write_jsonl(folder)
    clock.lap("report")
    folder.write_manifest({**manifest, "timings": clock.laps})
    folder.parts.drop()
    return analysis


def rebuild(folder: RunFolder, taxonomy: Taxonomy, settings: Settings) -> Analysis:
    """The analysis of a finished run, from its tables."""
    manifest = folder.read_manifest()
    themes = folder.read_table("themes")
    return analyse(reopen(folder), themes, taxonomy=taxonomy, settings=settings, manifest=manifest)


def write_reports(analysis: Analysis, folder: Path, settings: Settings) -> None:
    """Write the page, the workbook, the Markdown summary and the summary for BI tools."""
    language = settings.report.language
    write_text(folder / "report.html", render_page(analysis, language=language))
    write_text(folder / "report.md", render_markdown(analysis, language=language))
    write_json(folder / "summary.json", summarise(analysis))
    write_workbook(render_sheets(analysis, language=language), folder / "report.xlsx")


def _label(request: Request, folder: RunFolder, earlier: Earlier | None, progress: Progress) -> None:
    if earlier is None:
        label_parts(request, folder.parts, progress)
        return
    label_parts(request, folder.parts, progress, select=earlier.without_known, first=earlier.n_parts)
    carry_over(earlier, folder.parts)


def _reread(folder: RunFolder, request: Request, asked: dict[str, Any]) -> Analysis:
    """The analysis of a run that is to be resumed but had come to its end."""
    if folder.read_manifest().get("request") != asked:
        raise InputError(
            f"{folder.path} holds a finished run of something else. Choose another folder with -o, or write "
            "over it with --force."
        )
    return rebuild(folder, request.taxonomy, request.settings)


def _nothing_usable(request: Request, manifest: dict[str, Any]) -> InputError:
    rejected = ", ".join(f"{n} rows {reason}" for reason, n in manifest["rows"]["rejected"].items())
    return InputError(
        f"No row of {', '.join(request.sources)} can be used: {rejected or 'there are no rows'}. "
        "`insight check` shows how the columns are read."
    )


def _rejects(folder: RunFolder) -> Any:
    return to_frame(pa.concat_tables(folder.parts.tables("rejects")))


def _write_jsonl(folder: RunFolder) -> None:
    labelled = Labelled(folder.read_table("reviews"), folder.read_table("mentions"))
    write_mentions_jsonl(to_labelled_rows(labelled, probabilities=True), folder.path / "mentions.jsonl")
