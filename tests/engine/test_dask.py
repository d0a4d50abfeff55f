"""The Dask engine on real clusters of worker processes."""

from functools import partial

import pytest

from insight.engine import dask as dask_engine
from insight.engine.dask import map_batches
from insight.errors import InsightError
from tests.engine.tasks import always_die, double, double_or_die

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    # Dask leaves sockets and loops of killed workers to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_results_come_in_the_order_of_the_batches():
    assert list(map_batches(double, range(20), workers=2)) == list(range(0, 40, 2))


def test_a_worker_that_is_killed_takes_no_batch_with_it(tmp_path):
    results = map_batches(partial(double_or_die, str(tmp_path)), range(12), workers=2)
    assert list(results) == list(range(0, 24, 2))


def test_batches_that_kill_every_worker_end_the_run(monkeypatch):
    monkeypatch.setattr(dask_engine, "_DEATHS_ALLOWED", 1)
    with pytest.raises(InsightError, match=r"engine\.batch_rows"):
        list(map_batches(always_die, [1], workers=1))


def test_an_existing_cluster_is_joined():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address
        assert list(map_batches(double, range(8), workers=1, scheduler=address)) == list(range(0, 16, 2))


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(dask_engine, "_PATIENCE", 1)
    with pytest.raises(InsightError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        list(map_batches(double, [1], workers=1, scheduler="tcp://127.0.0.1:1"))
