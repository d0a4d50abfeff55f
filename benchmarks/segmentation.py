"""Time `tokenize_many` against `underthesea.word_tokenize`, text by text, on the same texts.

    python benchmarks/segmentation.py reviews.csv --column comment --texts 20000 --rounds 3

A round is a fresh process that has read its tables but seen no text. It segments the texts one by one and at
once, in alternating slices, so that a busy machine slows both alike, and then all of them once more with warm
caches. Prints one JSON object: seconds of each way, and the ratios (how many times faster) per round and as
medians.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

_SLICES = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, help="texts: one a line, CSV with a header, or JSON Lines")
    parser.add_argument("--column", default="text", help="column of a CSV or JSON Lines file")
    parser.add_argument("--texts", type=int, default=20_000, help="at most so many")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--round", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    texts = read_texts(options.path, options.column)[: options.texts]
    if options.round:
        print(json.dumps(time_round(texts)))
        return
    command = [sys.executable, __file__, *sys.argv[1:], "--round"]
    # The checkout may not be installed, and a script's own folder is not its root.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    rounds = [json.loads(subprocess.check_output(command, env=environment)) for _ in range(options.rounds)]
    summary = {
        "texts": len(texts),
        "characters": sum(map(len, texts)),
        "different": max(timed["different"] for timed in rounds),
        "cold_ratio": statistics.median(timed["cold_ratio"] for timed in rounds),
        "warm_ratio": statistics.median(timed["warm_ratio"] for timed in rounds),
        "rounds": rounds,
    }
    print(json.dumps(summary, indent=2))


def read_texts(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix == ".csv":
            return [row[column] for row in csv.DictReader(lines)]
        if path.suffix == ".jsonl":
            return [json.loads(line)[column] for line in lines]
        return [line.rstrip("\r\n") for line in lines]


def time_round(texts: list[str]) -> dict[str, float]:
    from underthesea import word_tokenize

    from insight.text.words import tokenize_many

    # Both load their models at the first call.
    word_tokenize("")
    tokenize_many([])
    size = -(-len(texts) // _SLICES)
    slices = [texts[start : start + size] for start in range(0, len(texts), size)]
    one_by_one = cold = warm = 0.0
    different = 0
    for part in slices:
        start = time.perf_counter()
        expected = [word_tokenize(text) for text in part]
        middle = time.perf_counter()
        words = tokenize_many(part)
        one_by_one, cold = one_by_one + middle - start, cold + time.perf_counter() - middle
        different += sum(found != wanted for found, wanted in zip(words, expected, strict=True))
    start = time.perf_counter()
    for part in slices:
        tokenize_many(part)
    warm = time.perf_counter() - start
    return {
        "word_tokenize_seconds": round(one_by_one, 3),
        "cold_seconds": round(cold, 3),
        "warm_seconds": round(warm, 3),
        "cold_ratio": round(one_by_one / cold, 2),
        "warm_ratio": round(one_by_one / warm, 2),
        "different": different,
    }


if __name__ == "__main__":
    main()
