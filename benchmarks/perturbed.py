"""Dumps of any size for the benchmarks: perturbed copies of the reviews of a dump.

    python -m benchmarks.perturbed reviews.csv many.csv --rows 200000

Each copy takes a review, changes a few of its syllables for others of the dump, and drops, doubles or strips
some, so that at most 5 % of the texts are identical to another and the vocabulary grows as in a real dump.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HEADER = ("id", "text", "stars", "date", "product")
_LARGEST_SHARE = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(json.dumps(write_perturbed(options.dump, options.output, options.rows, options.seed)))


def write_perturbed(dump: Path, output: Path, rows: int, seed: int = 0) -> dict[str, Any]:
    """Write `rows` perturbed reviews as CSV; says how many of the texts stand there more than once."""
    seen: set[int] = set()
    identical = 0
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for row in perturb(dump, rows, seed):
            key = hash(row[1])
            identical += key in seen
            seen.add(key)
            writer.writerow(row)
    share = identical / rows
    if share > _LARGEST_SHARE:
        sys.exit(f"{share:.1%} of the texts are identical to another; at most {_LARGEST_SHARE:.0%} may be.")
    return {"rows": rows, "identical_share": round(share, 4)}


def perturb(dump: Path, rows: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield rows of the columns id, text, stars, date, product; the same for the same seed."""
    from insight.io.reviews import read_reviews

    chosen = random.Random(seed)  # noqa: S311 # not for secrets
    reviews = [
        (
            row["text"],
            "" if row["stars"] != row["stars"] else f"{row['stars']:g}",
            row["date"],
            row["product"],
        )
        for batch in read_reviews([dump])
        for row in batch.reviews.to_dict("records")
    ]
    syllables = [syllable for text, *_ in reviews for syllable in text.split()]
    for number in range(rows):
        text, stars, date, product = reviews[number % len(reviews)]
        day = "" if date != date else f"{date:%Y-%m-%d}"
        yield str(number), _changed(text, syllables, chosen), stars, day, product


def _changed(text: str, syllables: list[str], chosen: random.Random) -> str:
    """Change about one syllable in eight of `text`, at least two, and lengthen it if it is short."""
    words = text.split()
    for _ in range(max(2, len(words) // 8)):
        at = chosen.randrange(len(words))
        kind = chosen.random()
        if kind < 0.6:
            words[at] = chosen.choice(syllables)
        elif kind < 0.75:
            words[at] = _stripped(words[at])
        elif kind < 0.9 or len(words) < 4:
            words.insert(at, chosen.choice(syllables))
        else:
            del words[at]
    if len(words) < 6:
        words += chosen.choices(syllables, k=2)
    return " ".join(words)


def _stripped(word: str) -> str:
    plain = unicodedata.normalize("NFD", word).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in plain if not unicodedata.combining(c))


if __name__ == "__main__":
    main()
