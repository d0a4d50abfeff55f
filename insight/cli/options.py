"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[
    list[str],
    typer.Argument(help="Dumps: files, globs, folders, or - for standard input.", show_default=False),
]
Model = Annotated[str, typer.Option("--model", help="Model: a name that ships with insight, or a folder.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, help="Read only so many reviews.", show_default=False)
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of everything random.", show_default=False)]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="Settings file; insight.toml here when there is one.", show_default=False),
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option("--taxonomy", help="Names and owners of the labels, as TOML.", show_default=False),
]
ColumnOverrides = Annotated[
    list[str] | None,
    typer.Option(
        "--column", "-c", metavar="ROLE=HEADER", help="Column of a role, such as -c text=noi_dung.",
        show_default=False,
    ),
]  # fmt: skip
Text = Annotated[str | None, typer.Option("--text", help="Column that holds the text.", show_default=False)]


def column_overrides(pairs: list[str] | None, text: str | None) -> dict[str, str]:
    """Role -> header from `--column ROLE=HEADER` and `--text HEADER`."""
    from insight.errors import UsageError

    columns = {}
    for pair in pairs or []:
        role, separator, header = pair.partition("=")
        if not separator:
            raise UsageError(
                f'--column {pair} is not ROLE=HEADER. Write, for example, --column text="Nội dung".'
            )
        columns[role.strip()] = header.strip()
    if text:
        columns["text"] = text
    return columns
