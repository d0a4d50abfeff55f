"""The row-wise part of a run: batches go to the engine and come back as parts."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from insight.engine.choice import map_batches
from insight.io.models import load_model
from insight.io.parts import encode_table
from insight.io.reviews import ReviewBatch, read_reviews
from insight.pipeline import label_batch

if TYPE_CHECKING:
    from insight.batch.request import Request
    from insight.estimators.model import ReviewModel
    from insight.io.parts import Parts
    from insight.settings import Settings

Progress = Callable[[int], None]
_NEW_OBJECTS = 50_000
"""How many objects are made before Python looks for cycles among them: about those of 600 reviews."""
_FEW_ROWS = 25_000
"""So many rows are labelled sooner than workers have imported pandas and scikit-learn and share the rest."""


class Numbered(NamedTuple):
    """A batch, the number of its part, and how many rows were read for it."""

    number: int
    read: int
    batch: ReviewBatch


class Part(NamedTuple):
    """A labelled batch: its tables as Parquet, and what is noted with them."""

    number: int
    tables: dict[str, bytes]
    facts: dict[str, Any]


def label_parts(
    request: Request,
    parts: Parts,
    progress: Progress,
    *,
    select: Callable[[ReviewBatch], ReviewBatch] = lambda batch: batch,
    first: int = 0,
) -> None:
    """Label what is not labelled yet and write it; only this process writes.

    Parameters
    ----------
    request : Request
        What to read, with what model and engine.
    parts : Parts
        Where the parts go; those that are whole are left alone.
    progress : callable
        Called with the number of rows of each part.
    select : callable
        Leaves out of a batch what need not be labelled.
    first : int
        Number of the first part.
    """
    for facts in parts.facts():
        progress(facts["read"])
    engine = request.settings.engine
    label = partial(label_part, request.model, request.settings)
    done = map_batches(
        label,
        _open(_read(request, select, first), set(parts.finished)),
        engine=engine.engine,
        workers=engine.workers,
        scheduler=engine.scheduler,
        few=_FEW_ROWS // engine.batch_rows,
    )
    for number, tables, facts in done:
        parts.write(number, tables, facts)
        progress(facts["read"])


def label_part(model: str, settings: Settings, numbered: Numbered) -> Part:
    """Label one batch with a model that is loaded once a process."""
    number, read, batch = numbered
    labelled = label_batch(batch.reviews, loaded_model(model), settings)
    tables = {"reviews": labelled.reviews, "mentions": labelled.mentions, "rejects": batch.rejects}
    facts = {
        "read": read,
        "unchanged": read - batch.n_rows,
        "kept": len(batch.reviews),
        "mentions": len(labelled.mentions),
        "rejected": dict(Counter(batch.rejects["reason"])),
        "problems": dict(batch.problems),
    }
    return Part(number, {name: encode_table(table) for name, table in tables.items()}, facts)


@cache
def loaded_model(name: str) -> ReviewModel:
    """Load a model once a process."""
    model = load_model(name)
    # What is loaded by now stays: the search for garbage, which many short lists set off, may pass over it,
    # and in a worker, which no command line has set up, it may come as seldom as there.
    gc.collect()
    gc.freeze()
    gc.set_threshold(max(_NEW_OBJECTS, gc.get_threshold()[0]))
    return model


def _read(request: Request, select: Callable[[ReviewBatch], ReviewBatch], first: int) -> Iterator[Numbered]:
    batches = read_reviews(
        request.sources,
        columns=request.settings.columns,
        batch_rows=request.settings.engine.batch_rows,
        limit=request.limit,
    )
    for number, batch in enumerate(batches, start=first):
        yield Numbered(number, batch.n_rows, select(batch))


def _open(batches: Iterator[Numbered], finished: Collection[int]) -> Iterator[Numbered]:
    # What is finished is read all the same: ids are told apart over the whole dump.
    return (numbered for numbered in batches if numbered.number not in finished)
