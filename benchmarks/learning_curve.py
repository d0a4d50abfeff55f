"""How the figures grow with the corpus.

    python -m benchmarks.learning_curve reviews.jsonl

Trains on growing shares of the shipped corpus and measures on labelled reviews that are not part of it.
Prints one JSON object: share -> reviews trained on and figures.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from insight.evaluation import predict_labelled, score
from insight.io.corpora import default_corpus, read_corpus
from insight.training import train_model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reviews", type=Path, help="labelled reviews to measure on")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.125, 0.25, 0.5, 1.0])
    options = parser.parse_args()
    corpus, measured = read_corpus(default_corpus()), read_corpus(options.reviews)
    random.Random(0).shuffle(corpus)  # noqa: S311 # a split, no secret
    curve = {}
    for share in options.shares:
        part = corpus[: int(len(corpus) * share)]
        scores = score(measured, predict_labelled(train_model(part), measured))
        curve[str(share)] = {
            "reviews": len(part),
            **{name: round(value, 4) for name, value in scores.items()},
        }
    print(json.dumps(curve, indent=1))


if __name__ == "__main__":
    main()
