"""One run, from dumps to the finished folder: read, label in batches, then look at the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from insight.batch.labelling import Progress, label_parts, loaded_model
from insight.batch.manifest import Clock, describe_run
from insight.batch.request import Request, fingerprint, stored
from insight.batch.since import Earlier, carry_over, side_by_side, take_up
from insight.batch.tables import COPY_MARKS, finish_tables, gather_mentions, gather_reviews
from insight.engine.choice import check_engine
from insight.errors import InputError
from insight.io.exports import write_mentions_jsonl, write_rejects, write_workbook
from insight.io.files import write_json, write_text
from insight.io.memory import give_back
from insight.io.reviews import inspect_dumps
from insight.io.rows import StoredRows
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
    if not manifest["rows"]["kept"]:
        raise _nothing_usable(request, manifest)
    marks = _mark_copies(folder, request.settings)
    theme_id, themes = _find_themes(request, folder, earlier, marks)
    give_back()
    clock.lap("themes")
    finish_tables(folder, theme_id, marks)
    folder.write_table("themes", themes)
    write_rejects(_rejects(folder), folder.path / "rejects.csv")
    clock.lap("tables")
    del marks, theme_id  # they are in the tables now
    give_back()
    analysis = _analyse(folder, request.taxonomy, request.settings, manifest)
    give_back()
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
    return _analyse(folder, taxonomy, settings, folder.read_manifest())


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


def _mark_copies(folder: RunFolder, settings: Settings) -> pd.DataFrame | None:
    # Copies take as long to find as labels and much memory, so they are looked for only when asked for.
    if not settings.screen.copies and not settings.screen.near_copies:
        return None
    return mark_copies(gather_reviews(folder.parts), settings)[list(COPY_MARKS)]


def _find_themes(
    request: Request, folder: RunFolder, earlier: Earlier | None, marks: pd.DataFrame | None
) -> tuple[pd.Series, pd.DataFrame]:
    """Theme of each mention and themes: under the ids of the run that is gone on from, as is wished."""
    mentions, themes = group_themes(gather_mentions(folder.parts, marks), request.settings)
    if earlier is not None:
        before = earlier.folder
        mentions, themes, changes = follow_themes(
            mentions,
            themes,
            before.read_table("mentions", columns=("form", "theme_id")),
            before.read_table("themes"),
        )
        folder.write_table("theme_changes", changes)
    if request.theme_wishes is not None:
        wishes = read_theme_wishes(request.theme_wishes)
        mentions, themes = rename_themes(
            mentions, themes, names=wishes.names, merges=wishes.merges, pins=wishes.pins
        )
    return mentions["theme_id"], themes


def _analyse(folder: RunFolder, taxonomy: Taxonomy, settings: Settings, manifest: dict[str, Any]) -> Analysis:
    rows, themes = StoredRows.of(folder), folder.read_table("themes")
    return analyse(rows.counted(), rows, themes, taxonomy=taxonomy, settings=settings, manifest=manifest)


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
    pieces = (Labelled(*map(to_frame, tables)) for tables in side_by_side(folder))
    rows = (row for piece in pieces for row in to_labelled_rows(piece, probabilities=True))
    write_mentions_jsonl(rows, folder.path / "mentions.jsonl")
