"""Themes against a baseline: do they meet the annotated aspects, how much is left over, how long it takes.

Run from the repository's folder, with the folder of corpora as argument:

    python benchmarks/themes.py ../shared/data/benchmarks

Prints one JSON object. BERTopic is measured on the same vectors where it happens to be installed.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from insight.estimators.themes import ThemeClusters
from insight.estimators.vectors import ClauseVectors
from insight.mining.cluster import cluster_mentions
from insight.mining.quote import choose_quotes
from insight.text.clauses import split_clauses
from insight.text.forms import clause_form
from insight.text.reading import read_text

SEEDS = range(5)
MENTIONS = 100_000


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/benchmarks")
    result = {"aspects": measure_aspects(folder), "speed": measure_speed(folder)}
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result, ensure_ascii=False, indent=2))


def measure_aspects(folder: Path) -> dict[str, Any]:
    """NMI and ARI against the aspect of reviews that have a single one, mean over seeds."""
    rows = [row for part in ("dev", "train") for row in read_rows(folder / f"uit_visfd.{part}.jsonl")]
    single = [row for row in rows if len(row["aspects"]) == 1]
    texts, aspects = [row["text"] for row in single], [row["aspects"][0][0] for row in single]
    k = len(set(aspects))
    forms = [clause_form(text) for text in texts]
    plain = TfidfVectorizer().fit_transform([text.lower() for text in texts])
    ours, baseline, bare = [], [], []
    for seed in SEEDS:
        X = ClauseVectors(random_state=seed).fit_transform(forms)
        clusters = ThemeClusters(min_weight=5, max_themes=k, random_state=seed).fit(X, np.ones(len(X)))
        ours.append(agreement(aspects, clusters.predict(X)[0]))
        bare.append(agreement(aspects, KMeans(k, n_init=5, random_state=seed).fit_predict(X)))
        baseline.append(agreement(aspects, KMeans(k, n_init=5, random_state=seed).fit_predict(plain)))
    found = {"n": len(single), "k": k, "themes": mean(ours), "same vectors + KMeans": mean(bare)}
    found["TF-IDF + KMeans"] = mean(baseline)
    if importlib.util.find_spec("bertopic"):
        found["BERTopic, same vectors"] = mean([bertopic(forms, aspects, seed) for seed in SEEDS])
    return found


def bertopic(texts: list[str], aspects: list[str], seed: int) -> dict[str, float]:
    from bertopic import BERTopic
    from umap import UMAP

    X = ClauseVectors(random_state=seed).fit_transform(texts)
    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    topics, _ = BERTopic(umap_model=reduce).fit_transform(texts, X)
    return agreement(aspects, np.array(topics)) | {"outliers": float(np.mean(np.array(topics) < 0))}


def measure_speed(folder: Path) -> dict[str, Any]:
    """Seconds to cluster, name and quote 100,000 mentions that touchpoint and side cut into ten parts."""
    mentions = make_mentions(folder)
    started = time.perf_counter()
    clustered, themes = cluster_mentions(mentions, min_size=5, max_themes=12, seed=0)
    named = time.perf_counter()
    choose_quotes(clustered, themes)
    quoted = time.perf_counter()
    left = themes.loc[themes["is_remainder"].astype(bool), "n"].sum() / len(mentions)
    return {
        "mentions": len(mentions),
        "unique": int(mentions["text"].nunique()),
        "themes": len(themes),
        "remainder": round(float(left), 4),
        "cluster_and_name_s": round(named - started, 1),
        "quote_s": round(quoted - named, 1),
    }


def make_mentions(folder: Path) -> pd.DataFrame:
    """Clauses of the corpora, repeated up to `MENTIONS`, with touchpoint and side by the review's number."""
    texts: list[tuple[str, int]] = []
    for path in sorted(folder.glob("*.train.jsonl")):
        for number, row in enumerate(read_rows(path)):
            reading = read_text(row["text"])
            for clause in split_clauses(reading):
                start, end = reading.raw_span(clause.first, clause.last)
                texts.append((row["text"][start:end], number % 10))
    picked = [texts[i % len(texts)] for i in range(MENTIONS)]
    table = pd.DataFrame(picked, columns=["text", "part"])
    table["mention_id"] = [f"{i}:1" for i in range(len(table))]
    table["touchpoint"] = table["part"].map(
        dict(enumerate(["product", "delivery", "staff", "store", "overall"] * 2))
    )
    table["sentiment"] = np.where(table["part"] < 5, "negative", "positive")
    return table.assign(unsure=False, p_touchpoint=0.9)


def agreement(aspects: list[str], labels: np.ndarray) -> dict[str, float]:
    scores = normalized_mutual_info_score(aspects, labels), adjusted_rand_score(aspects, labels)
    return {"nmi": scores[0], "ari": scores[1], "themes": float(len(set(labels.tolist())))}


def mean(scores: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(float(np.mean([score[key] for score in scores])), 3) for key in scores[0]}


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
