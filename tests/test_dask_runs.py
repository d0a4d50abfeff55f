"""Runs on real Dask clusters equal runs on the cores of this machine."""

import logging
import os
import signal
import time

import pytest

from insight.io.models import save_model
from tests.whole_runs import finish, make_rows, products, start, write_dump

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    # Dask leaves sockets and loops of killed workers to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROWS, BATCH = 1_200, 60


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "reviews.csv", make_rows(ROWS))


@pytest.fixture(scope="module")
def model(tmp_path_factory, small_model):
    folder = tmp_path_factory.mktemp("model")
    save_model(small_model, folder)
    return folder


@pytest.fixture(scope="module")
def begin(tmp_path_factory, dump, model):
    """Begin a run and say where it writes."""

    def begin(*options):
        folder = tmp_path_factory.mktemp("runs") / "run"
        return start(dump, folder, model, *options, batch_rows=BATCH), folder

    return begin


@pytest.fixture(scope="module")
def wanted(begin):
    """What two workers of this machine write."""
    process, folder = begin("--workers", "2")
    finish(process)
    return products_of_any_engine(folder)


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes and their scheduler."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=":0",
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def joining(cluster):
    return "--engine", "dask", "--scheduler", cluster.scheduler_address


def products_of_any_engine(folder):
    """Digests of what a run wrote, the page without the settings that name its engine."""
    page = folder / "report.html"
    lines = page.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("engine.")]
    assert 0 < len(lines) - len(kept) <= 4
    page.write_text("\n".join(kept), encoding="utf-8")
    return products(folder)


def test_one_process_writes_what_two_write(begin, wanted):
    process, folder = begin("--workers", "1")
    finish(process)
    assert products_of_any_engine(folder) == wanted


def test_a_cluster_that_a_run_starts_writes_what_two_workers_write(begin, wanted):
    process, folder = begin("--engine", "dask", "--workers", "2")
    finish(process)
    assert products_of_any_engine(folder) == wanted


def test_a_cluster_that_a_run_joins_writes_what_two_workers_write(begin, wanted, joining):
    process, folder = begin(*joining)
    finish(process)
    assert products_of_any_engine(folder) == wanted


@pytest.mark.parametrize("written", [0, 6, 12])
def test_a_worker_of_the_cluster_that_is_killed_leaves_no_trace(begin, wanted, cluster, joining, written):
    cluster.wait_for_workers(2)
    process, folder = begin(*joining)
    while not (folder / "parts" / f"{written:06}.json").exists():
        assert process.poll() is None
        time.sleep(0.002)
    os.kill(next(nanny.pid for nanny in cluster.workers.values() if nanny.pid), signal.SIGKILL)
    assert not (folder / "parts" / f"{ROWS // BATCH - 1:06}.json").exists()  # it had work to do
    finish(process)
    assert products_of_any_engine(folder) == wanted
