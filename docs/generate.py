"""Write docs/cli.md and docs/settings.md from the code.

python docs/generate.py            write both
python docs/generate.py --check    write nothing; exit 1 when a file is not what the code says
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from inspect import cleandoc, getdoc
from pathlib import Path
from typing import Any, get_args, get_type_hints

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))  # the code beside these pages, whatever else is installed

COLUMNS = "100"
GENERATED = "<!-- Written by docs/generate.py. Change the code, then run `make docs`. -->"
DOCUMENTED = re.compile(r"^(?P<names>[\w, ]+) : [^\n]+\n(?P<meaning>(?: {4}[^\n]+\n?)+)", re.MULTILINE)

MEANINGS = {
    "classify.min_sentiment": "A mention whose sentiment is less probable than this is marked `unsure`.",
    "classify.min_touchpoint": "A mention whose touchpoint is less probable than this is marked `unsure`.",
    "themes.min_size": "Fewest mentions of a theme, unless its touchpoint and sentiment has fewer in all.",
    "themes.max_themes": "Most themes of one touchpoint and sentiment, the remainder aside.",
    "themes.seed": "Seed of sampling and of the SVD. `--seed` overrules it.",
    "report.language": "Language of the report. `--lang` overrules it.",
    "report.min_n": "Figures of fewer mentions than this are not drawn, ranked or compared.",
    "report.segments": "Columns to compare: `product`, `brand`, `channel`, or a column of the dump as "
    '`"segment.HEADER"`. Empty: columns that cut the reviews into large enough groups. `--segment` '
    "overrules it.",
    "engine.workers": "Processes of the row-wise part; 0 for all cores. `--workers` overrules it.",
    "engine.batch_rows": "Rows read and labelled at once; what bounds the memory of the row-wise part.",
    "engine.engine": "`local` for the cores of this machine, `dask` for a Dask cluster. `--engine` "
    "overrules it.",
    "engine.scheduler": "Address of a running Dask scheduler; empty for a cluster on this machine. "
    "`--scheduler` overrules it.",
}
"""Meanings of options that the docstring of their settings does not list; what it lists comes first."""

ROLE_MEANINGS = {
    "title": "heading of the review; put before the text",
    "time": "hour of the review, where the date stands in a column of its own",
}
"""Meanings of roles that have no column of their own in `insight.schema.REVIEWS`."""


def write_cli() -> str:
    """Text of docs/cli.md: the help of every command."""
    from insight.cli.app import app

    names = [str(command.name) for command in app.registered_commands]
    parts = [
        "# Commands",
        GENERATED,
        "`insight COMMAND --help` prints the same. Results go to standard output, everything else to "
        "standard error. Exit codes: 0 all went well; 1 the input is at fault, or `verify` or `doctor` found "
        "something wrong; 2 the call is wrong; 130 stopped by the user. `insight --debug COMMAND` shows the "
        "traceback of an error.",
        "## insight",
        _fenced(_help([])),
    ]
    for name in names:
        parts += [f"## insight {name}", _fenced(_help([name]))]
    return "\n\n".join(parts) + "\n"


def write_settings() -> str:
    """Text of docs/settings.md: every option of insight.toml."""
    from insight.io.settings import default_settings_text
    from insight.settings import Settings

    parts = [
        "# Settings",
        GENERATED,
        "`insight init` writes an `insight.toml` with every option. A command reads the file named by "
        "`--config`, else `insight.toml` in the working folder, else the defaults below; options of the "
        "command line stand above the file. An unknown table or option is an error that names the nearest "
        "known one; a value of another type is an error that shows the default.",
        *_columns_part(),
    ]
    for table in fields(Settings):
        station = getattr(Settings(), table.name)
        if is_dataclass(station):
            parts += _station_part(table.name, station)
    parts += ["## The file that `insight init` writes", _fenced(default_settings_text().strip(), "toml")]
    return "\n\n".join(parts) + "\n"


def stale_pages() -> list[str]:
    """Names of pages that are not what the code says."""
    return [
        page.name
        for page, text in _pages().items()
        if not page.exists() or page.read_text(encoding="utf-8") != text
    ]


def main() -> None:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        stale = stale_pages()
        if stale:
            sys.exit(f"Not what the code says: {', '.join(stale)}. Run `make docs` and commit the result.")
        return
    for page, text in _pages().items():
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{page.name}\n")


def _pages() -> dict[Path, str]:
    return {DOCS / "cli.md": write_cli(), DOCS / "settings.md": write_settings()}


def _help(arguments: list[str]) -> str:
    from typer.testing import CliRunner

    from insight.cli.app import app

    plain = {"COLUMNS": COLUMNS, "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": None}
    result = CliRunner().invoke(app, [*arguments, "--help"], prog_name="insight", env=plain)
    lines = (line.rstrip() for line in result.stdout.strip().splitlines())
    return "\n".join(lines)


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```"


def _columns_part() -> Iterator[str]:
    from insight.io.reviews.role_names import ROLES
    from insight.schema import REVIEWS

    known = {column.name: column.meaning for column in REVIEWS.columns} | ROLE_MEANINGS
    yield "## `[columns]`"
    yield (
        'One line `role = "header in your file"` for each column whose recognition is to be overruled; an '
        "empty header takes the role away. `-c ROLE=HEADER` does the same for one call. Every column without "
        "a role is kept as a segment. `insight check FILE` shows how a file is read. Default: none; all are "
        "recognised by name and content."
    )
    yield _table(("role", "meaning"), [(f"`{role}`", known[role]) for role in ROLES])


def _station_part(name: str, station: Any) -> Iterator[str]:
    from insight.io.settings import to_toml

    documented = dict(_documented(type(station)))
    hints = get_type_hints(type(station))
    rows = []
    for option in fields(station):
        meaning = documented.get(option.name) or MEANINGS.get(f"{name}.{option.name}", "")
        if not meaning:
            sys.exit(f"[{name}] {option.name} has no meaning yet. Add it to the docstring of its settings.")
        values = " or ".join(
            f'`"{value}"`' for value in get_args(hints[option.name]) if isinstance(value, str)
        )
        meaning = f"{meaning} {values[:1].upper()}{values[1:]}." if values else meaning
        rows.append((f"`{option.name}`", f"`{to_toml(getattr(station, option.name))}`", meaning))
    yield f"## `[{name}]`"
    yield (getdoc(type(station)) or "").split("\n\n")[0]
    yield _table(("option", "default", "meaning"), rows)


def _documented(station: type) -> Iterator[tuple[str, str]]:
    """Options with their meanings, from the section Attributes of a docstring."""
    attributes = cleandoc(station.__doc__ or "").partition("Attributes\n----------\n")[2]
    for entry in DOCUMENTED.finditer(attributes):
        for option in entry["names"].split(","):
            yield option.strip(), " ".join(entry["meaning"].split())


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
