import ctypes

import numpy as np
import psutil
import pyarrow as pa
import pytest

from insight.io.memory import give_back


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc gives back when asked")
def test_memory_that_is_free_goes_back_to_the_system():
    held = [np.ones(2_000) for _ in range(8_000)]  # too small to be mapped one by one, 128 MB in all
    last = held[-1]
    del held
    before = psutil.Process().memory_info().rss
    give_back()
    assert psutil.Process().memory_info().rss < before - 50 * 2**20
    assert last[0] == 1


def test_arrow_keeps_what_is_in_use():
    column = pa.array(range(1000))
    give_back()
    assert column[999].as_py() == 999
