"""Functions that worker processes can import."""

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def slow_double(number: int) -> int:
    time.sleep(0.02)
    return 2 * number


def double_or_die(folder: str, number: int) -> int:
    """Kills its own process the first time that it sees 3 or 7."""
    seen = Path(folder) / str(number)
    if number in (3, 7) and not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def always_die(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def where(_number: int) -> int:
    return os.getpid()


IMPORTED_BY = os.getpid()


def is_inherited(_number: int) -> bool:
    """Whether this module was imported before the worker began."""
    return os.getpid() != IMPORTED_BY
