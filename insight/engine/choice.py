"""The engine that a run asks for by name."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from insight.engine import local
from insight.errors import UsageError, unknown

Batch = TypeVar("Batch")
Result = TypeVar("Result")

ENGINES = ("local", "dask")
"""`local`: the cores of this machine; `dask`: a Dask cluster."""


def check_engine(engine: str, scheduler: str) -> None:
    """Raise `UsageError` for an engine that does not exist, and for a scheduler it has no use for."""
    if engine not in ENGINES:
        raise UsageError(unknown("engine", engine, ENGINES))
    if scheduler and engine != "dask":
        raise UsageError(f"A scheduler ({scheduler}) is only used by the engine dask. Add --engine dask.")


def map_batches(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    *,
    engine: str = "local",
    workers: int = 0,
    scheduler: str = "",
    few: int = 0,
) -> Iterator[Result]:
    """Results of `function` for each batch, in the order of the batches, whatever the engine.

    Parameters
    ----------
    function : callable
        Defined at the top of an importable module; it may run twice for a batch.
    batches : iterable
        Read one by one.
    engine : str
        One of `ENGINES`.
    workers : int
        Processes; 0 for all cores.
    scheduler : str
        Address of a running Dask scheduler; empty for a cluster on this machine.
    few : int
        So few batches are not worth the start of workers (engine `local`).
    """
    check_engine(engine, scheduler)
    workers = workers or local.available_workers()
    if engine == "local":
        return local.map_batches(function, batches, workers=workers, few=few)
    from insight.engine import dask

    return dask.map_batches(function, batches, workers=workers, scheduler=scheduler)
