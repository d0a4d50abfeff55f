"""The command `insight`: one file a command."""

import gc
import os
import sys

import typer
from rich.console import Console

from insight import __version__
from insight.cli import check, doctor, evaluate, explain, init, predict, report, run, train, verify
from insight.errors import InsightError, UsageError

app = typer.Typer(
    name="insight",
    help="What Vietnamese customers say, where on their journey it hurts, and what to do about it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (run, check, report, verify, predict, explain, train, evaluate, init, doctor):
    app.command(name=module.__name__.rsplit(".", 1)[-1])(module.command)

_DEBUG = "INSIGHT_DEBUG"

_NEW_OBJECTS = 50_000
"""How many objects are made before Python looks for cycles among them; 700 by default.

Libraries, the model and the word tables are a million objects that stay, and looking through them again and
again takes longer than importing pandas.
"""


@app.callback(invoke_without_command=True)
def _options(
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
) -> None:
    if debug:
        os.environ[_DEBUG] = "1"
    if version:
        typer.echo(f"insight {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; exit 0 when all went well, 1 when the input is at fault, 2 for a wrong call."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        app()
    except InsightError as error:
        if os.environ.get(_DEBUG):
            raise
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"insight: {error}", markup=False)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        Console(stderr=True).print("insight: stopped. Continue a run with --resume.")
        sys.exit(130)
