"""Labelled corpora: JSON Lines files in the form of the codebook."""

import json
from collections.abc import Iterator
from pathlib import Path

from insight.errors import InputError
from insight.io.shipped import shipped_folder
from insight.labelled import LabelledReview, parse_labelled
from insight.taxonomy import Taxonomy, default_taxonomy


def default_corpus() -> Path:
    """Folder of the corpus that the default model is trained on."""
    return shipped_folder("corpora") / "train"


def default_holdout() -> Path:
    """Folder of the reviews that are never trained on."""
    return shipped_folder("corpora") / "holdout"


def sample_dump() -> Path:
    """The small dump that ships with the package."""
    return shipped_folder("corpora") / "sample" / "reviews.csv"


def read_corpus(path: Path, taxonomy: Taxonomy | None = None) -> list[LabelledReview]:
    """Labelled reviews of a file, or of all `*.jsonl` files of a folder, sorted by file name.

    Raises
    ------
    InputError
        When there is no such file, no review, a line is not JSON, or a label is not of the taxonomy.
    """
    taxonomy = taxonomy or default_taxonomy()
    if not path.exists():
        raise InputError(
            f"{path} does not exist. Give a .jsonl file of labelled reviews or a folder of them."
        )
    files = sorted(path.glob("**/*.jsonl")) if path.is_dir() else [path]
    reviews = [parse_labelled(row, origin, taxonomy) for file in files for origin, row in _read_lines(file)]
    if not reviews:
        raise InputError(f"{path} holds no labelled review. Each line of a .jsonl file is one review.")
    return reviews


def _read_lines(file: Path) -> Iterator[tuple[str, dict[str, object]]]:
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            origin = f"{file.name}, line {number}"
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"{origin} is not JSON: {error}. Each line is one review.") from error
            if not isinstance(row, dict):
                raise InputError(f"{origin} is not a JSON object but {type(row).__name__}.")
            yield origin, row
