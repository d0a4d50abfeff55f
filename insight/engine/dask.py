"""Map a function over batches on a Dask cluster: of several machines, or of this one."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from insight.errors import InsightError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

Batch = TypeVar("Batch")
Result = TypeVar("Result")

_IN_FLIGHT_PER_WORKER = 2
_MOST_IN_FLIGHT = 256
_DEATHS_ALLOWED = 20
_PATIENCE = 30
"""Seconds until a scheduler must have answered, with a worker at hand."""


def map_batches(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    *,
    workers: int,
    scheduler: str = "",
) -> Iterator[Result]:
    """Results of `function` for each batch, in the order of the batches.

    Batches and results travel through the scheduler, so the machines need no common disk. Dask gives the
    batch of a worker that died to another one.

    Parameters
    ----------
    function : callable
        Defined at the top of a module that every worker can import, and free of side effects, since it may
        run twice.
    batches : iterable
        Read one by one, as results are taken.
    workers : int
        Worker processes of a cluster on this machine; of no account with `scheduler`.
    scheduler : str
        Address of a running scheduler, such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    UsageError
        When Dask is not installed.
    InsightError
        When the scheduler does not answer, has no worker, or a batch killed its workers again and again.
    """
    with _client(workers, scheduler) as client:
        yield from _results(client, function, iter(batches))


def _results(
    client: Client, function: Callable[[Batch], Result], source: Iterator[Batch]
) -> Iterator[Result]:
    from distributed import KilledWorker

    waiting: deque[Future[Result]] = deque()
    while True:
        threads = sum(client.nthreads().values())
        room = min(max(1, threads) * _IN_FLIGHT_PER_WORKER, _MOST_IN_FLIGHT) - len(waiting)
        for batch in islice(source, max(0, room)):
            # A function of the batch alone would be taken for the same task where two batches are alike.
            waiting.append(client.submit(function, batch, pure=False))
        if not waiting:
            return
        try:
            result = waiting.popleft().result()
        except KilledWorker as error:
            raise InsightError(
                f"{error}. Most likely its workers lack memory: use smaller batches (engine.batch_rows)."
            ) from error
        yield result


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[Client]:
    try:
        import dask
        import distributed  # noqa: F401 # whether it is there
    except ImportError as error:
        raise UsageError(
            'The engine "dask" is not installed. Install it with `pip install "insight-vi[dask]"`, or use '
            "--engine local."
        ) from error
    with dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS_ALLOWED}):
        if scheduler:
            with _joined(scheduler) as client:
                yield client
            return
        with _local(workers) as client:
            yield client


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    cluster = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        memory_limit=0,
        silence_logs=logging.ERROR,
    )
    try:
        with Client(cluster) as client:
            yield client
    finally:
        # A worker that is being restarted at this very moment cannot be joined; it ends with the cluster.
        with suppress(AssertionError):
            cluster.close()


@contextmanager
def _joined(scheduler: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise InsightError(
            f"No Dask scheduler answers at {scheduler}: {error}. Start one with `dask scheduler`."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise InsightError(
                f"The scheduler at {scheduler} has no worker. Start some with `dask worker {scheduler}`."
            ) from error
        yield client
