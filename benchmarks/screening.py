"""Measure screening against public labelled reviews.

    python benchmarks/screening.py FOLDER --gold reviews.jsonl

FOLDER holds JSON Lines: `vispamreviews.dev.jsonl` and `.train.jsonl` (`text`, `spam`, `spam_type`), and any
other `NAME.dev.jsonl` with `text`, whose reviews are taken to be genuine. Nothing is learnt from any of them.
Prints one JSON object: for spam, macro-F1 with the default options and with `padded`, and the share found of
each type; for the rest, the share set aside by reason; and the cost of the station in microseconds a review.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.metrics import f1_score

# The checkout may not be installed, and a script's own folder is not its root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from insight.mining.normalize import normalize_reviews
from insight.mining.screen import screen_reviews

_SPAM = "vispamreviews"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of labelled reviews, JSON Lines")
    parser.add_argument("--gold", type=Path, help="reviews with mentions by the codebook, JSON Lines")
    options = parser.parse_args()
    figures: dict[str, Any] = {"spam": {}, "genuine": {}}
    for path in sorted(options.folder.glob(f"{_SPAM}.*.jsonl")):
        figures["spam"][path.stem] = measure_spam(read_rows(path))
    for path in sorted(options.folder.glob("*.dev.jsonl")):
        if not path.name.startswith(_SPAM):
            figures["genuine"][path.stem] = measure_genuine(read_rows(path))
    if options.gold:
        rows = [row for row in read_rows(options.gold) if row["mentions"]]
        figures["gold_with_mentions"] = measure_genuine(rows)
    print(json.dumps(figures, indent=2, ensure_ascii=False))


def read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure_spam(rows: list[dict[str, Any]]) -> dict[str, Any]:
    table = normalize_reviews(pd.DataFrame({"text": [row["text"] for row in rows]}))
    truth = [int(row["spam"]) for row in rows]
    figures: dict[str, Any] = {"reviews": len(rows)}
    for name, padded in (("without_padded", False), ("padded", True)):
        aside = (screen_reviews(table, padded=padded)["screen"] != "kept").astype(int).tolist()
        genuine, spam = f1_score(truth, aside, average=None, labels=[0, 1])
        found = Counter(row["spam_type"] for row, out in zip(rows, aside, strict=True) if out)
        types = Counter(row["spam_type"] for row in rows)
        figures[name] = {
            "macro_f1": round((genuine + spam) / 2, 4),
            "f1_spam": round(spam, 4),
            "f1_genuine": round(genuine, 4),
            "share_set_aside": {kind: round(found[kind] / n, 4) for kind, n in sorted(types.items())},
        }
    return figures


def measure_genuine(rows: list[dict[str, Any]]) -> dict[str, Any]:
    table = normalize_reviews(pd.DataFrame({"text": [row["text"] for row in rows]}))
    screen_reviews(table)
    start = time.perf_counter()
    reasons = Counter(screen_reviews(table)["screen"].tolist())
    seconds = time.perf_counter() - start
    kept = reasons.pop("kept", 0)
    return {
        "reviews": len(rows),
        "share_set_aside": round(1 - kept / max(1, len(rows)), 4),
        "reasons": dict(sorted(reasons.items())),
        "microseconds_each": round(seconds / max(1, len(rows)) * 1e6, 1),
    }


if __name__ == "__main__":
    main()
