"""Memory that lies idle between the stages of a run goes back to the system."""

from __future__ import annotations

import contextlib
import ctypes
import gc

import pyarrow as pa


def give_back() -> None:
    """Return what is free; allocators keep it otherwise, and the next stage asks for other sizes."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    # Without glibc there is nothing of the kind.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
