"""Arithmetic in one thread: the same sums on every machine, and no waiting for threads on a busy one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@cache
def _controller() -> Any:
    return ThreadpoolController()


def one_thread(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Run `function` with BLAS and OpenMP held to one thread.

    With more, the order of additions depends on their number, and k-means near a tie then gives other themes
    on a machine with other cores. Matrices here are small enough to lose little.
    """

    @wraps(function)
    def held(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with _controller().limit(limits=1):
            return function(*args, **kwargs)

    return held
