"""Results go to standard output, talk to standard error."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console


def say(message: str, *, quiet: bool = False) -> None:
    """Tell the user something that is no result."""
    if not quiet:
        Console(stderr=True, highlight=False, soft_wrap=True).print(message, markup=False)


def answer(text: str) -> None:
    """Write a result."""
    typer.echo(text)


def answer_json(value: Mapping[str, Any] | list[Any]) -> None:
    """Write a result as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


@contextmanager
def progress_bar(label: str, *, total: int | None, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A function to be called with the number of rows done; shows rate and time left on a terminal only.

    Parameters
    ----------
    label : str
        What is being done.
    total : int or None
        Rows in all, where known.
    quiet : bool
        Show nothing.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _rows: None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=label, unit=" reviews", unit_scale=True, leave=False) as bar:

        def advance(rows: int) -> None:
            bar.update(rows)

        yield advance
