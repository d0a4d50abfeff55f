"""Map a function over batches on the cores of this machine, in bounded memory."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from insight.errors import InsightError

Batch = TypeVar("Batch")
Result = TypeVar("Result")

_IN_FLIGHT_PER_WORKER = 2
_MAX_RESTARTS = 20
_END: Any = object()


def available_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_batches(
    function: Callable[[Batch], Result], batches: Iterable[Batch], *, workers: int
) -> Iterator[Result]:
    """Results of `function` for each batch, in the order of the batches.

    A worker that dies takes no batch with it: the batches in flight are given to a new pool. At most two
    batches a worker are in flight, so memory does not grow with the number of batches.

    Parameters
    ----------
    function : callable
        Defined at the top of an importable module, and free of side effects, since it may run twice.
    batches : iterable
        Read one by one, as results are taken.
    workers : int
        Number of processes; with 1 the function runs in this one.

    Raises
    ------
    InsightError
        When workers die again and again, most likely for want of memory.
    """
    if workers <= 1:
        yield from map(function, batches)
        return
    source = iter(batches)
    waiting: deque[tuple[Batch, Future[Result]]] = deque()
    pool = _new_pool(workers)
    restarts = 0
    try:
        while True:
            try:
                while len(waiting) < workers * _IN_FLIGHT_PER_WORKER:
                    batch = next(source, _END)
                    if batch is _END:
                        break
                    waiting.append((batch, Future()))
                    waiting[-1] = (batch, pool.submit(function, batch))
                if not waiting:
                    return
                result = waiting[0][1].result()
            except BrokenProcessPool as error:
                restarts += 1
                if restarts > _MAX_RESTARTS:
                    raise InsightError(
                        f"Worker processes died {restarts} times, most likely for want of memory. "
                        "Use fewer workers (--workers 1) or smaller batches (engine.batch_rows)."
                    ) from error
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _new_pool(workers)
                waiting = deque((batch, pool.submit(function, batch)) for batch, _ in waiting)
                continue
            waiting.popleft()
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # Forking a process that holds threads (Arrow, OpenBLAS) may deadlock; a fork server is clean.
    method = "forkserver" if os.name == "posix" else "spawn"
    return ProcessPoolExecutor(workers, mp_context=get_context(method))
