"""What labels cost beyond segmentation: the model against underthesea's own `word_tokenize`.

    python -m benchmarks.predicting reviews.csv --column comment

Prints one JSON object: processor microseconds a review of reading and splitting, of the model, and of
`word_tokenize`, measured in turns in one process, and their ratios.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from underthesea import word_tokenize

from insight.io.models import load_model
from insight.mining.split import split_reviews

_ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--texts", type=int, default=3000)
    options = parser.parse_args()
    texts = pd.read_csv(options.dump, keep_default_na=False, dtype=str)[options.column]
    texts = texts[texts != ""].drop_duplicates().head(options.texts)
    reviews = pd.DataFrame({"review_id": texts.index.astype(str), "text": texts.to_numpy()})
    model = load_model()
    clauses = split_reviews(reviews)
    forms, groups = clauses["clause"].tolist(), clauses["group"].to_numpy()
    steps: dict[str, Callable[[], object]] = {
        "split": lambda: split_reviews(reviews),
        "predict": lambda: model.predict(forms, groups, len(reviews)),
        "word_tokenize": lambda: [word_tokenize(text) for text in reviews["text"]],
    }
    cost: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(_ROUNDS):
        for name, step in steps.items():
            start = time.process_time()
            step()
            cost[name].append((time.process_time() - start) / len(reviews) * 1e6)
    medians = {name: float(np.median(values)) for name, values in cost.items()}
    print(
        json.dumps(
            {
                "reviews": len(reviews),
                "microseconds": {name: round(value, 1) for name, value in medians.items()},
                "predict_to_word_tokenize": round(medians["predict"] / medians["word_tokenize"], 3),
                "split_and_predict_to_word_tokenize": round(
                    (medians["split"] + medians["predict"]) / medians["word_tokenize"], 3
                ),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
