"""Dumps written by the tests themselves."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from insight.io.reviews import ReviewBatch, read_reviews

TEXTS = [
    "Giao hàng chậm quá, shop đóng gói sơ sài",
    "Sản phẩm rất đẹp, đúng như mô tả của cửa hàng",
    "Nhân viên tư vấn nhiệt tình, sẽ ủng hộ lần sau",
    "Chất lượng kém, dùng được hai ngày đã hỏng",
]


@pytest.fixture
def texts() -> list[str]:
    return list(TEXTS)


@pytest.fixture
def dump(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of the given name from text or bytes."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def csv_dump(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a CSV file, quoted where needed."""

    def write(rows: Sequence[Sequence[object]], name: str = "reviews.csv", **options: str) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, **options).writerows(rows)  # type: ignore[arg-type]
        return path

    return write


@pytest.fixture
def read() -> Callable[..., ReviewBatch]:
    """Reads dumps into one batch."""

    def read_all(*paths: Path | str, **options: object) -> ReviewBatch:
        batches = list(read_reviews(list(paths), **options))  # type: ignore[arg-type]
        problems: dict[str, int] = {}
        for batch in batches:
            for name, count in batch.problems.items():
                problems[name] = problems.get(name, 0) + count
        reviews = pd.concat([batch.reviews for batch in batches], ignore_index=True)
        rejects = pd.concat([batch.rejects for batch in batches], ignore_index=True)
        return ReviewBatch(reviews, rejects, batches[0].layout, problems)

    return read_all
