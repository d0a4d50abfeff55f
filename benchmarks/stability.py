"""How many themes come out again when a fifth of the rows is missing.

    python -m benchmarks.stability reviews.csv banking.csv --runs 5

Each dump is labelled once and its themes are found. Then, `--runs` times, a random 80 % of its reviews is
drawn and the themes of these alone are found. A theme of the whole is kept when some theme of the part has
a Jaccard index of at least 0.5 with it over the mentions drawn (Hennig 2007: below that a cluster has
dissolved). Remainders are no themes. Prints one JSON object: for each dump the share of the `--top` largest
themes that are kept, mean over runs; and for each of these its mean best Jaccard index, the share of runs
that keep it, and the share of runs in which its best match bears the same name.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.labelled_dump import kept_mentions
from insight.mining.cluster import cluster_mentions
from insight.settings import ThemeSettings

_SHARE = 0.8
_KEPT = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dumps", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--top", type=int, default=20)
    parser.add_argument("--rows", type=int, help="read only so many reviews of each dump")
    options = parser.parse_args()
    result = {
        dump.stem: measure_stability(kept_mentions(dump, options.rows), options.runs, options.top)
        for dump in options.dumps
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))


def measure_stability(mentions: pd.DataFrame, runs: int, top: int) -> dict[str, Any]:
    clustered, themes = find_themes(mentions)
    largest = themes.head(top)
    reviews = mentions["review_id"].unique()
    best: list[list[float]] = []
    same: list[list[bool]] = []
    for seed in range(runs):
        drawn = np.random.default_rng(seed).choice(reviews, round(_SHARE * len(reviews)), replace=False)
        rows = mentions["review_id"].isin(drawn)
        part, part_themes = find_themes(mentions[rows])
        index, match = best_matches(clustered.loc[rows, "theme_id"], part["theme_id"], largest, part_themes)
        best.append(index)
        same.append([a == b for a, b in zip(largest["name"], match, strict=True)])
    scores, named = np.array(best), np.array(same)
    kept = scores >= _KEPT
    rows_of_themes: list[dict[Any, Any]] = largest.to_dict("records")
    found = [
        {
            "name": theme["name"],
            "place": f"{theme['touchpoint']}, {theme['side']}",
            "n": theme["n"],
            "jaccard": round(float(scores[:, i].mean()), 3),
            "kept": round(float(kept[:, i].mean()), 2),
            "same_name": round(float(named[:, i].mean()), 2),
        }
        for i, theme in enumerate(rows_of_themes)
    ]
    return {
        "mentions": len(mentions),
        "themes": len(themes),
        "runs": runs,
        "share_kept": round(float(kept.mean()), 3),
        "share_same_name": round(float(named.mean()), 3),
        "mean_jaccard": round(float(scores.mean()), 3),
        "not_always_kept": [
            theme["name"] for theme, share in zip(found, kept.mean(axis=0), strict=True) if share < 1
        ],
        "largest": found,
    }


def find_themes(mentions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mentions with `theme_id`, and the themes, largest first, without remainders."""
    options = ThemeSettings()
    clustered, themes = cluster_mentions(
        mentions, min_size=options.min_size, max_themes=options.max_themes, seed=options.seed
    )
    return clustered, themes[~themes["is_remainder"].astype(bool)]


def best_matches(
    whole: pd.Series, part: pd.Series, largest: pd.DataFrame, part_themes: pd.DataFrame
) -> tuple[list[float], list[str]]:
    """Best Jaccard index of each of `largest`, and the name of the theme that has it.

    `whole` and `part` are the themes of the same mentions in the whole run and in the part's.
    """
    name_of = dict(zip(part_themes["theme_id"], part_themes["name"], strict=True))
    shared = pd.crosstab(whole, part)
    sizes, part_sizes = whole.value_counts(), part.value_counts()
    indices, names = [], []
    for theme_id in largest["theme_id"]:
        row = shared.loc[theme_id] if theme_id in shared.index else pd.Series(dtype="int64")
        row = row[row.index.isin(list(name_of))]
        index = row / (sizes.get(theme_id, 0) + part_sizes.reindex(row.index) - row)
        indices.append(float(index.max()) if len(index) else 0.0)
        names.append(str(name_of[index.idxmax()]) if len(index) else "")
    return indices, names


if __name__ == "__main__":
    main()
