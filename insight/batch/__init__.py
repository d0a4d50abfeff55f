"""One run, from dumps to the finished folder: read, label in batches, then look at the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from insight.batch.labelling import Progress, label_parts, loaded_model
from insight.batch.manifest import Clock, describe_run
from insight.batch.request import Request, fingerprint, stored
from insight.batch.since import Earlier, carry_over, take_up
from insight.batch.tables import NOT_READ, finish_tables, gather, reopen
from insight.engine.choice import check_engine
from insight.errors import InputError
from insight.io.exports import write_mentions_jsonl, write_rejects, write_workbook
from insight.io.files import write_json, write_text
from insight.io.reviews import inspect_dumps
from insight.io.runs import RunFolder, to_frame
from insight.io.themes import read_theme_wishes
from insight.mining.rename import rename_themes
from insight.pipeline import Labelled, analyse, follow_themes, group_themes, mark_copies, to_labelled_rows
from insight.report import Report, summarise

if TYPE_CHECKING:
    import pandas as pd

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
    metadata = loaded_model(request.model).metadata
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
    labelled = _gather(folder, request.settings)
    if labelled.reviews.empty:
        raise _nothing_usable(request, manifest)
    mentions, themes = _find_themes(labelled, request, folder, earlier)
    labelled = Labelled(labelled.reviews, mentions)
    clock.lap("themes")
    finish_tables(folder, labelled)
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
    folder.write_manifest({**manifest, "tables": folder.digests(), "timings": clock.laps})
    folder.parts.drop()
    return analysis


def rebuild(folder: RunFolder, taxonomy: Taxonomy, settings: Settings) -> Analysis:
    """Analyse a finished run anew, from its tables."""
    manifest = folder.read_manifest()
    themes = folder.read_table("themes")
    return analyse(reopen(folder), themes, taxonomy=taxonomy, settings=settings, manifest=manifest)


def write_reports(analysis: Analysis, folder: Path, settings: Settings) -> None:
    """Write the page, the workbook, the Markdown summary and the summary for BI tools."""
    report = Report(analysis, language=settings.report.language)
    write_text(folder / "report.html", report.page())
    write_text(folder / "report.md", report.markdown())
    write_json(folder / "summary.json", summarise(analysis))
    write_workbook(report.sheets(), folder / "report.xlsx")


def _label(request: Request, folder: RunFolder, earlier: Earlier | None, progress: Progress) -> None:
    if earlier is None:
        label_parts(request, folder.parts, progress)
        return
    label_parts(request, folder.parts, progress, select=earlier.without_known, first=earlier.n_parts)
    carry_over(earlier, folder.parts)


def _find_themes(
    labelled: Labelled, request: Request, folder: RunFolder, earlier: Earlier | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Themes, under the ids of the run that is gone on from, and as the analyst wishes them."""
    mentions, themes = group_themes(labelled, request.settings)
    if earlier is not None:
        before = earlier.folder
        mentions, themes, changes = follow_themes(
            mentions, themes, before.read_table("mentions"), before.read_table("themes")
        )
        folder.write_table("theme_changes", changes)
    if request.theme_wishes is not None:
        wishes = read_theme_wishes(request.theme_wishes)
        mentions, themes = rename_themes(
            mentions, themes, names=wishes.names, merges=wishes.merges, pins=wishes.pins
        )
    return mentions, themes


def _gather(folder: RunFolder, settings: Settings) -> Labelled:
    # Copies take as long to find as labels and much memory, so they are looked for only when asked for.
    if not settings.screen.copies and not settings.screen.near_copies:
        return gather(folder.parts)
    marked = mark_copies(gather(folder.parts, without=()), settings)
    return Labelled(marked.reviews.drop(columns=list(NOT_READ)), marked.mentions)


def _reread(folder: RunFolder, request: Request, asked: dict[str, Any]) -> Analysis:
    """Analyse a run that is to be resumed but had come to its end."""
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
