"""`insight verify`: whether the page of a run says what its tables say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insight.cli.options import Json, TaxonomyFile

if TYPE_CHECKING:
    from insight.verification import Verification

_LISTED = 20
_LONGEST = 80


def command(
    run: Annotated[Path, typer.Argument(help="Folder of a finished run.", show_default=False)],
    taxonomy: TaxonomyFile = None,
    segment: Annotated[
        list[str] | None,
        typer.Option("--segment", help="Segment column that the page compares, if chosen after the run."),
    ] = None,
    json: Json = False,
) -> None:
    """Compute every figure of report.html anew from the tables of a run; exit 1 when one differs."""
    from dataclasses import asdict

    from insight.cli.settings import load_taxonomy
    from insight.cli.talk import answer_json
    from insight.verification import verify_run

    found = verify_run(run, load_taxonomy(taxonomy), segments=tuple(segment) if segment else None)
    if json:
        answer_json({"is_sound": found.is_sound, **asdict(found)})
    else:
        _tell(found)
    raise typer.Exit(0 if found.is_sound else 1)


def _tell(found: "Verification") -> None:
    from insight.cli.talk import answer, say

    for name, state in found.tables.items():
        if state == "changed":
            answer(f"{name}.parquet: not the table that the run wrote, its SHA-256 is another one")
    for different in found.differences[:_LISTED]:
        place = f"{different.file}: {different.place}"
        answer(f'{place}: shown "{_short(different.shown)}", computed "{_short(different.computed)}"')
    if len(found.differences) > _LISTED:
        answer(f"and {len(found.differences) - _LISTED} more; --json lists all")
    if found.differences and found.is_other_version:
        say(f"insight {found.version} made this run; another version may write the page differently.")
    if "not noted" in found.tables.values():
        say("run.json notes no SHA-256 of some tables, so only what they hold was checked.")
    if found.is_sound:
        same = list(found.tables.values()).count("same")
        as_written = f"; {same} tables as the run wrote them" if same else ""
        answer(f"{found.n_figures} figures computed anew, all equal{as_written}.")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
