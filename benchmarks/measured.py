"""Run a command and say how long it took and how much memory all of its processes held at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

_EVERY = 0.25
_ROOT = Path(__file__).resolve().parents[1]


def run_insight(*arguments: str | Path) -> dict[str, float]:
    """Seconds, peak memory (MB) and processor seconds of `insight` with `arguments`."""
    command = [sys.executable, "-m", "insight", *map(str, arguments)]
    return run_measured(command)


def run_measured(command: Sequence[str]) -> dict[str, float]:
    """Seconds, peak memory (MB) and processor seconds of a command and everything that it starts.

    Memory that processes share is counted once (proportional set size), where the system tells.
    """
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}  # the checkout may not be installed
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE) as process:
        peak = 0.0
        root = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(root))
            time.sleep(_EVERY)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": round(seconds, 2), "peak_mb": round(peak), "processor_seconds": round(used, 2)}


def _memory(root: psutil.Process) -> float:
    total = 0.0
    try:
        for process in [root, *root.children(recursive=True)]:
            total += _held(process)
    except psutil.NoSuchProcess:
        pass
    return total / 2**20


def _held(process: psutil.Process) -> float:
    try:
        held = process.memory_full_info()
        return float(getattr(held, "pss", held.rss))
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return 0.0
