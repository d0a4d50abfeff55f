"""The hand-made analyses and their pages, each made once."""

import pytest

from insight.report import render_page
from tests.report.samples import full_sample, hostile_sample, small_sample


@pytest.fixture(scope="session")
def full():
    return full_sample()


@pytest.fixture(scope="session")
def small():
    return small_sample()


@pytest.fixture(scope="session")
def hostile():
    return hostile_sample()


@pytest.fixture(scope="session")
def page(full):
    return render_page(full, language="vi")


@pytest.fixture(scope="session")
def hostile_page(hostile):
    return render_page(hostile, language="vi")
