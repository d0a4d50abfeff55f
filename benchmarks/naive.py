"""The script that one would write first: read with pandas, then one review after the other.

    python -m benchmarks.naive reviews.csv --column text --rows 1500

Each review is segmented by `underthesea.word_tokenize`, vectorized and predicted by itself, with the features
and weights of the model that ships with insight. What is left out (clauses, themes, quotes, the report) would
only add to its time. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--rows", type=int, default=1_500, help="rows that are measured")
    options = parser.parse_args()
    print(json.dumps(time_naive(options.dump, options.column, options.rows), indent=1))


def time_naive(dump: Path, column: str, rows: int) -> dict[str, float]:
    """Reviews per second of the naive script, its imports and the loading of models aside."""
    from underthesea import word_tokenize

    from insight.io.models import load_model

    model = load_model("default").mentions
    word_tokenize("làm nóng")
    started = time.perf_counter()
    table = pd.read_csv(dump, usecols=[column], nrows=rows, dtype=str, keep_default_na=False)
    read = time.perf_counter()
    group = np.zeros(1, dtype=np.int64)
    segmenting = 0.0
    labels = []
    for text in table[column]:
        before = time.perf_counter()
        words = word_tokenize(text.lower())
        segmenting += time.perf_counter() - before
        labels.append(model.predict([" ".join(words)], group).labels["touchpoint"][0])
    seconds = time.perf_counter() - started
    return {
        "rows": len(labels),
        "seconds": round(seconds, 3),
        "reviews_per_second": round(len(labels) / seconds, 1),
        "read_seconds": round(read - started, 3),
        "segment_seconds": round(segmenting, 3),
        "predict_seconds": round(seconds - segmenting - (read - started), 3),
    }


if __name__ == "__main__":
    main()
