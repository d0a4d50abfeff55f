"""Map a function over batches on the cores of this machine, in bounded memory."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import Generic, TypeVar

from insight.errors import InsightError

Batch = TypeVar("Batch")
Result = TypeVar("Result")

_IN_FLIGHT_PER_WORKER = 2
_MAX_RESTARTS = 20


def available_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_batches(
    function: Callable[[Batch], Result], batches: Iterable[Batch], *, workers: int, few: int = 0
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
    few : int
        When there are no more batches than this the function runs here too: starting workers would take
        longer than they save, unless they are prepared (`prepare_workers`).

    Raises
    ------
    InsightError
        When workers die again and again, most likely for want of memory.
    """
    source = iter(batches)
    if workers > 1:
        few = 0 if _module_of(function) in _prepared else few
        first = list(islice(source, few + 1))
        source = chain(first, source)
        if len(first) > few:
            yield from _Pool(function, source, workers).results()
            return
    yield from map(function, source)


def prepare_workers(module: str) -> None:
    """Begin to import `module`, where the function of a coming `map_batches` is, beside this process's work.

    The server of forks imports it and starts no thread of its own; workers, and those that take the place of
    dead ones, have it at once. Elsewhere than on Linux this does nothing: Apple's libraries do not bear it.
    """
    if sys.platform == "linux":
        _start_server(module)
        _prepared.add(module)


_prepared: set[str] = set()
"""Modules that were asked for ahead of their batches."""


def _start_server(module: str) -> None:
    if sys.platform == "linux":
        forkserver.set_forkserver_preload([module])
        forkserver.ensure_running()


class _Pool(Generic[Batch, Result]):
    """Batches on their way through worker processes."""

    def __init__(self, function: Callable[[Batch], Result], source: Iterator[Batch], workers: int) -> None:
        self._function = function
        self._source = source
        self._workers = workers
        self._waiting: deque[tuple[Batch, Future[Result]]] = deque()
        self._restarts = 0

    def results(self) -> Iterator[Result]:
        """Results in order; a pool that breaks is replaced."""
        self._pool, self._line = _new_pool(self._function, self._workers)
        try:
            while self._fill():
                try:
                    result = self._waiting[0][1].result()
                except BrokenProcessPool as error:
                    self._restart(error)
                    continue
                self._waiting.popleft()
                yield result
        finally:
            # Not by waiting for the pool: a worker that was killed may have left the others at its lock.
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._line.close()
            _stop_server()

    def _fill(self) -> bool:
        """Give the workers something to do; whether anything is under way."""
        while len(self._waiting) < self._workers * _IN_FLIGHT_PER_WORKER:
            for batch in self._source:
                self._waiting.append((batch, self._submit(batch)))
                break
            else:
                break
        return bool(self._waiting)

    def _submit(self, batch: Batch) -> Future[Result]:
        try:
            return self._pool.submit(self._function, batch)
        except (RuntimeError, OSError) as error:
            # A pool that breaks at this moment says so in several ways; its result, asked for, in one.
            failed: Future[Result] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed

    def _restart(self, error: BrokenProcessPool) -> None:
        self._restarts += 1
        if self._restarts > _MAX_RESTARTS:
            raise InsightError(
                f"Worker processes died {self._restarts} times, most likely for want of memory. "
                "Use fewer workers (--workers 1) or smaller batches (engine.batch_rows)."
            ) from error
        self._line.close()  # a worker that was being started when the pool broke is known to nobody else
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool, self._line = _new_pool(self._function, self._workers)
        self._waiting = deque((batch, self._submit(batch)) for batch, _ in self._waiting)


def _stop_server() -> None:
    """Let the server of forks go: what it has imported takes memory that the rest of a run needs."""
    _prepared.clear()
    with suppress(AttributeError):  # no public name; where there is none the server ends with this process
        forkserver._forkserver._stop()  # type: ignore[attr-defined]


def _new_pool(function: Callable[..., object], workers: int) -> tuple[ProcessPoolExecutor, Connection]:
    """Make a pool, and a line to its workers: they end when it is closed, or its owner killed."""
    # Forking a process that holds threads (Arrow, OpenBLAS) may deadlock; a fork server is clean.
    context = get_context("forkserver" if os.name == "posix" else "spawn")
    _start_server(_module_of(function))
    held, line = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with, initargs=(held,))
    return pool, line


def _end_with(line: Connection) -> None:
    Thread(target=_wait_for_end, args=(line,), daemon=True).start()


def _wait_for_end(line: Connection) -> None:
    with suppress(EOFError, OSError):
        line.recv()
    os._exit(1)


def _module_of(function: Callable[..., object]) -> str:
    while isinstance(function, partial):
        function = function.func
    return function.__module__
