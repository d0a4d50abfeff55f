"""Runs whose processes are killed at random moments end like runs that nothing disturbs."""

import json
import random
import signal
import time
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import pytest

from insight.io.models import save_model
from tests.whole_runs import finish, make_rows, products, start, write_dump

psutil = pytest.importorskip("psutil")
pytestmark = pytest.mark.slow

ROWS, BATCH = 1_600, 80
PARTS = ROWS // BATCH
ATTEMPTS = 8
WAIT = 60
"""Seconds within which a process must do what is waited for."""


class Undisturbed(NamedTuple):
    dump: object
    model: object
    products: dict
    laps: dict


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, small_model):
    """A run that nothing disturbs, and what it read."""
    folder = tmp_path_factory.mktemp("undisturbed")
    dump = write_dump(folder / "reviews.csv", make_rows(ROWS))
    save_model(small_model, folder / "model")
    started = time.time()
    process = begin(dump, folder / "run", folder / "model")
    wait_until(lambda: part(folder / "run", 0).exists(), process)
    first = time.time() - started
    finish(process)
    laps = json.loads((folder / "run" / "run.json").read_text(encoding="utf-8"))["timings"]
    return Undisturbed(dump, folder / "model", products(folder / "run"), {"start": first, **laps})


def begin(dump, folder, model, *options, spread=True):
    return start(dump, folder, model, "--workers", "2", *options, batch_rows=BATCH, spread=spread)


def part(folder, number):
    """The note that a part is whole."""
    return folder / "parts" / f"{number:06}.json"


def wait_until(holds, process, every=0.002):
    """Whether something came to hold while the process ran."""
    end = time.time() + WAIT
    while not holds():
        if process.poll() is not None:
            return False
        assert time.time() < end
        time.sleep(every)
    return process.poll() is None


# What a run has written by then, and seconds of which lap may pass until the kill, and how many of them.
MOMENTS = {
    "while it starts": (None, "start", 0.4),
    "while its workers start": ("parts/request.json", "start", 0.4),
    "after the first part": (f"parts/{0:06}.json", "label", 0.1),
    "amid the parts": (f"parts/{PARTS // 2:06}.json", "label", 0.1),
    "near the last part": (f"parts/{PARTS - 3:06}.json", "label", 0.05),
    "while themes are found": (f"parts/{PARTS - 1:06}.json", "themes", 0.9),
    "while tables are written": ("reviews.parquet", "tables", 0.5),
    "while the whole is analysed": ("rejects.csv", "analyse", 0.9),
    "while reports are written": ("rejects.csv", "report", 0.9),
    "while the parts are removed": ("run.json", "tables", 0.05),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_and_resumed_equals_an_undisturbed_one(tmp_path, undisturbed, moment):
    marker, lap, share = MOMENTS[moment]
    chosen = random.Random(moment)  # noqa: S311
    latest = share * undisturbed.laps[lap]
    hits = 0
    for attempt in range(ATTEMPTS):
        folder = tmp_path / f"run{attempt}"
        process = begin(undisturbed.dump, folder, undisturbed.model)
        if marker is None or wait_until((folder / marker).exists, process):
            time.sleep(chosen.uniform(0, latest))
        started = children(process)
        process.kill()
        process.communicate(timeout=WAIT)
        if process.returncode == -signal.SIGKILL:
            hits += 1
            break
        assert process.returncode == 0  # it had ended by itself: an earlier moment is drawn
        latest /= 2
    assert hits == 1
    assert not [p for p in psutil.wait_procs(started, timeout=WAIT)[1] if is_alive(p)]  # workers end with it
    folder.mkdir(exist_ok=True)  # it may not have come so far
    finish(begin(undisturbed.dump, folder, undisturbed.model, "--resume", spread=False))
    check(folder, undisturbed)


@pytest.mark.parametrize("written", [-1, 0, 1, 3, 5, 7, 9, 11, 13, 15])
def test_a_run_whose_worker_is_killed_equals_an_undisturbed_one(tmp_path, undisturbed, written):
    chosen = random.Random(written)  # noqa: S311
    latest = 0.05 * undisturbed.laps["label"]
    hits = 0
    for attempt in range(ATTEMPTS):
        folder = tmp_path / f"run{attempt}"
        process = begin(undisturbed.dump, folder, undisturbed.model)
        wait_until(partial(has_workers, process), process, every=0.02)
        if written >= 0:
            wait_until(part(folder, written).exists, process)
        time.sleep(chosen.uniform(0, latest))
        there = workers(process)
        with suppress(IndexError, psutil.NoSuchProcess):  # none is left
            chosen.choice(there).kill()
            hits += not part(folder, PARTS - 1).exists() and process.poll() is None
        finish(process)
        check(folder, undisturbed)
        if hits:
            break
        latest /= 2
    assert hits == 1


def children(process):
    """The processes that a run has started, and what they have started."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def workers(process):
    """The workers of a run: what its fork server has started."""
    found = []
    for child in children(process):
        with suppress(psutil.NoSuchProcess):
            if is_alive(child) and child.ppid() != process.pid:
                found.append(child)
    return found


def has_workers(process):
    return bool(workers(process))


def is_alive(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def check(folder, undisturbed):
    """The finished run is the undisturbed one, and nothing is left of what happened on the way."""
    assert products(folder) == undisturbed.products
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["kept"] == ROWS
    assert not list(folder.glob(".*"))
    assert not (folder / "parts").exists()
