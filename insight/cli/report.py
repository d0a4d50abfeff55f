"""`insight report`: rebuild the page from a run."""

from pathlib import Path
from typing import Annotated

import typer

from insight.cli.options import Config, Quiet, TaxonomyFile


def command(
    run: Annotated[Path, typer.Argument(help="Folder of a finished run.", show_default=False)],
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the report: vi or en.")] = None,
    taxonomy: TaxonomyFile = None,
    config: Config = None,
    segment: Annotated[list[str] | None, typer.Option("--segment", help="Segment column to compare.")] = None,
    quiet: Quiet = False,
) -> None:
    """Write report.html, report.md, report.xlsx and summary.json of a run anew, from its tables."""
    from insight.batch import rebuild, write_reports
    from insight.cli.settings import load_settings, load_taxonomy
    from insight.cli.talk import answer, say
    from insight.io.runs import RunFolder

    folder = RunFolder(run)
    stored = folder.read_manifest().get("settings") if config is None else None
    settings = load_settings(config, lang=lang, segments=segment, stored=stored)
    analysis = rebuild(folder, load_taxonomy(taxonomy), settings)
    write_reports(analysis, run, settings)
    say(f"{len(analysis.mentions)} mentions in {len(analysis.themes)} themes.", quiet=quiet)
    answer(str(run / "report.html"))
