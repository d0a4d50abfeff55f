import sys

import pytest

from insight.engine.choice import map_batches
from insight.errors import UsageError
from tests.engine.tasks import double


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(UsageError, match=r'Unknown engine "dusk"\. Did you mean "dask"'):
        map_batches(double, [1], engine="dusk")


def test_a_scheduler_needs_the_engine_that_has_one():
    with pytest.raises(UsageError, match="--engine dask"):
        map_batches(double, [1], scheduler="tcp://127.0.0.1:8786")


def test_dask_that_is_not_installed_is_told_with_the_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"insight-vi\[dask\]"):
        list(map_batches(double, [1], engine="dask"))


def test_all_cores_by_default():
    assert list(map_batches(double, range(5))) == [0, 2, 4, 6, 8]
