import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from insight.engine import local
from insight.engine.local import map_batches, prepare_workers
from insight.errors import InsightError
from tests.engine.tasks import always_die, double, double_or_die, slow_double, where

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_batches(workers):
    assert list(map_batches(double, range(12), workers=workers)) == list(range(0, 24, 2))


def test_few_batches_stay_in_this_process():
    assert set(map_batches(where, range(3), workers=2, few=3)) == {os.getpid()}


@pytest.mark.skipif(sys.platform != "linux", reason="workers are prepared on Linux only")
def test_few_batches_go_to_workers_that_were_prepared(monkeypatch):
    monkeypatch.setattr(local, "_prepared", set())
    prepare_workers(where.__module__)
    assert os.getpid() not in set(map_batches(where, range(3), workers=2, few=3))


def test_more_batches_go_to_workers_and_none_is_lost_on_the_way():
    assert os.getpid() not in set(map_batches(where, range(4), workers=2, few=3))
    assert list(map_batches(double, range(9), workers=2, few=3)) == list(range(0, 18, 2))


def test_batches_are_read_as_they_are_needed():
    taken = []

    def batches():
        for number in range(100):
            taken.append(number)
            yield number

    results = map_batches(slow_double, batches(), workers=2)
    next(results)
    assert len(taken) <= 6
    results.close()


def test_a_worker_that_is_killed_takes_no_batch_with_it(tmp_path):
    results = map_batches(partial(double_or_die, str(tmp_path)), range(12), workers=2)
    assert list(results) == list(range(0, 24, 2))


def test_workers_that_always_die_end_the_run(monkeypatch):
    monkeypatch.setattr(local, "_MAX_RESTARTS", 1)
    with pytest.raises(InsightError, match="--workers 1"):
        list(map_batches(always_die, range(4), workers=2))


def test_a_pool_that_breaks_while_it_is_given_a_batch_is_replaced(monkeypatch):
    submit, failures = local.ProcessPoolExecutor.submit, [OSError("handle is closed")]

    def submit_or_fail(pool, *given):
        if failures:
            raise failures.pop()
        return submit(pool, *given)

    monkeypatch.setattr(local.ProcessPoolExecutor, "submit", submit_or_fail)
    assert list(map_batches(double, range(6), workers=2)) == list(range(0, 12, 2))
    assert not failures


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who lives")
def test_workers_end_with_the_process_that_is_killed():
    code = (
        "from insight.engine.local import map_batches\nfrom tests.engine.tasks import where\n"
        "if __name__ == '__main__':\n    found = map_batches(where, range(9), workers=2)\n"
        "    print(next(found), flush=True)\n    input()"
    )
    command = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, cwd=ROOT, **pipes) as process:
        status = Path("/proc") / process.stdout.readline().strip() / "status"
        assert status.exists()
        process.kill()
    end = time.monotonic() + 20
    while status.exists() and "State:\tZ" not in status.read_text():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_no_batch_gives_no_result():
    assert list(map_batches(double, [], workers=2)) == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there may a process that has imported much be forked"
)
def test_what_workers_need_is_imported_once_for_all_of_them():
    code = (
        "from insight.engine.local import map_batches\nfrom tests.engine.tasks import is_inherited\n"
        "if __name__ == '__main__':\n    print(*map_batches(is_inherited, range(4), workers=2))"
    )
    # A process of its own: in this one the server may have been started for another function.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["True"] * 4
