"""`insight run`: from dumps to a report."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insight.cli.options import (
    ColumnOverrides,
    Config,
    Json,
    Limit,
    Model,
    Quiet,
    Seed,
    Sources,
    TaxonomyFile,
    Text,
)

if TYPE_CHECKING:
    from insight.settings import EngineSettings, Settings

_LARGE_DUMP = 5_000_000
"""Bytes of dumps that will most likely be shared among workers."""


def command(
    sources: Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Run folder; a dated one under reports/ by default.", show_default=False
        ),
    ] = None,
    text: Text = None,
    column: ColumnOverrides = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the report: vi or en.")] = None,
    model: Model = "default",
    taxonomy: TaxonomyFile = None,
    config: Config = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; all cores by default.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="local: the cores of this machine (default); dask: a Dask cluster."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="Join this Dask scheduler, such as tcp://host:8786."
        ),
    ] = None,
    themes: Annotated[
        Path | None,
        typer.Option(
            "--themes", help="Other names for themes, themes to merge, themes to show first, as TOML."
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="RUN", help="Add the dumps to those of a finished run."),
    ] = None,
    limit: Limit = None,
    seed: Seed = None,
    segment: Annotated[
        list[str] | None,
        typer.Option("--segment", help="Segment column to compare; found by itself by default."),
    ] = None,
    mentions_jsonl: Annotated[
        bool, typer.Option("--mentions-jsonl", help="Also write mentions.jsonl.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how the dumps are read; write nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over an earlier run.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue a run that was interrupted.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read dumps of reviews and write a run folder with report.html in it."""
    from insight.cli.settings import load_settings, load_taxonomy

    settings = load_settings(
        config, columns=column, text=text, lang=lang, workers=workers, seed=seed, segments=segment
    )
    settings = _with_engine(settings, engine, scheduler)
    if dry_run:
        from insight.cli.check import show_layouts

        show_layouts(sources, settings.columns, json=json)
        return
    _prepare_workers(sources, settings.engine)
    from insight.batch import Request, run
    from insight.cli.talk import answer, answer_json, progress_bar, say

    folder = output or Path("reports") / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    request = Request(
        sources=tuple(sources),
        folder=folder,
        model=model,
        taxonomy=load_taxonomy(taxonomy),
        settings=settings,
        limit=limit,
        force=force,
        resume=resume,
        mentions_jsonl=mentions_jsonl,
        since=since,
        theme_wishes=themes,
    )
    with progress_bar("labelling", total=limit, quiet=quiet or json) as progress:
        analysis = run(request, progress)
    rows = analysis.manifest["rows"]
    rejected = ", ".join(f"{n} {reason}" for reason, n in rows["rejected"].items())
    say(
        f"{rows['read']} rows read, {rows['kept']} kept{f', rejected: {rejected}' if rejected else ''}; "
        f"{len(analysis.mentions)} mentions in {len(analysis.themes)} themes.",
        quiet=quiet,
    )
    page = folder / "report.html"
    if json:
        answer_json(
            {"run": str(folder), "report": str(page), "rows": rows, "mentions": len(analysis.mentions)}
        )
    else:
        answer(str(page))


def _prepare_workers(sources: list[str], engine: "EngineSettings") -> None:
    """Let workers import what they need while this process does, where a dump is large enough for them."""
    from insight.engine.local import available_workers, prepare_workers

    size = sum(path.stat().st_size for path in map(Path, sources) if path.is_file())
    if engine.engine == "local" and (engine.workers or available_workers()) > 1 and size > _LARGE_DUMP:
        prepare_workers("insight.batch.labelling")


def _with_engine(settings: "Settings", engine: str | None, scheduler: str | None) -> "Settings":
    """Choose the engine; an address of a scheduler says which it is."""
    chosen = engine or ("dask" if scheduler else settings.engine.engine)
    address = settings.engine.scheduler if scheduler is None else scheduler
    return replace(settings, engine=replace(settings.engine, engine=chosen, scheduler=address))
