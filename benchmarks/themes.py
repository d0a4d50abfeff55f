"""Themes against their peers: do they meet annotated aspects, how are they named, how long do they take.

    python -m benchmarks.themes FOLDER --dumps reviews.csv banking.csv --peers PYTHON

FOLDER holds public corpora as JSON lines. Prints one JSON object:

- `aspects`: agreement with the aspect of the reviews of UIT-ViSFD that have a single one, mean over seeds;
- `names`: coherence and diversity of names on the dumps (see `benchmarks.theme_names`), where there are any;
- `speed`: seconds to cluster, name and quote 100,000 mentions, our vectors' time included, and for BERTopic
  to fit the same mentions on such vectors, which it is given, after a first fit that compiles its code.

BERTopic is no dependency: it runs in an environment of its own (see `benchmarks.peer_runs`), whose Python
`--peers` names. Without it BERTopic is left out and the output says so.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from benchmarks.peer_runs import NO_BERTOPIC, run_peers
from benchmarks.theme_names import measure_names
from insight.estimators.themes import ThemeClusters
from insight.estimators.vectors import ClauseVectors
from insight.mining.cluster import cluster_mentions
from insight.mining.quote import choose_quotes
from insight.text.clauses import split_clauses
from insight.text.forms import clause_form
from insight.text.reading import read_text

SEEDS = range(5)
MENTIONS = 100_000
FITTED = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/data/benchmarks"))
    parser.add_argument("--dumps", type=Path, nargs="*", default=[], help="dumps whose themes are named")
    parser.add_argument("--rows", type=int, help="read only so many reviews of each dump")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has BERTopic")
    parser.add_argument(
        "--peer-limit", type=float, default=900, help="seconds that BERTopic's speed may take"
    )
    parser.add_argument("--only", choices=("aspects", "names", "speed"), help="measure one thing")
    options = parser.parse_args()
    result: dict[str, Any] = {}
    if options.only in (None, "aspects"):
        result["aspects"] = measure_aspects(options.folder, options.peers)
    if options.only in (None, "names"):
        dumps = [dump for dump in options.dumps if dump.exists()]
        named = {dump.stem: measure_names(dump, options.peers, options.rows) for dump in dumps}
        result["names"] = named or "not measured: --dumps names no file"
    if options.only in (None, "speed"):
        result["speed"] = measure_speed(options.folder, options.peers, options.peer_limit)
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result, ensure_ascii=False, indent=2))


def measure_aspects(folder: Path, peers: str | None) -> dict[str, Any]:
    """NMI and ARI against the aspect of reviews that have a single one, mean over seeds."""
    rows = [row for part in ("dev", "train") for row in read_rows(folder / f"uit_visfd.{part}.jsonl")]
    single = [row for row in rows if len(row["aspects"]) == 1]
    texts, aspects = [row["text"] for row in single], [row["aspects"][0][0] for row in single]
    k = len(set(aspects))
    forms = [clause_form(text) for text in texts]
    plain = TfidfVectorizer().fit_transform([text.lower() for text in texts])
    vectors = {f"seed{seed}": ClauseVectors(random_state=seed).fit_transform(forms) for seed in SEEDS}
    ours, baseline, bare = [], [], []
    for seed, X in zip(SEEDS, vectors.values(), strict=True):
        clusters = ThemeClusters(min_weight=5, max_themes=k).fit(X, np.ones(len(X)))
        ours.append(agreement(aspects, clusters.predict(X)[0]))
        bare.append(agreement(aspects, KMeans(k, n_init=5, random_state=seed).fit_predict(X)))
        baseline.append(agreement(aspects, KMeans(k, n_init=5, random_state=seed).fit_predict(plain)))
    found = {"n": len(single), "k": k, "themes": mean(ours), "same vectors + KMeans": mean(bare)}
    found["TF-IDF + KMeans"] = mean(baseline)
    found |= bertopic_aspects(forms, aspects, vectors, peers) if peers else {"BERTopic": NO_BERTOPIC}
    return found


def bertopic_aspects(
    forms: list[str], aspects: list[str], vectors: dict[str, np.ndarray], peers: str
) -> dict[str, Any]:
    """Agreement of BERTopic on the same vectors, its outliers one cluster; as it is and merged to as many."""
    jobs = [
        {
            "system": "bertopic",
            "texts": forms,
            "vectors": key,
            "n_topics": len(set(aspects)) - 1,
            "seed": seed,
        }
        for seed, key in enumerate(vectors)
    ]
    scores: dict[str, list[dict[str, float]]] = {}
    for answer in run_peers(peers, jobs, vectors) or []:
        for found in answer["answers"]:
            topics = np.array(found["topics"])
            score = agreement(aspects, topics) | {"outliers": float(np.mean(topics < 0))}
            scores.setdefault(f"BERTopic on the same vectors, {found['name']}", []).append(score)
    return {name: mean(found) | {"seeds": len(found)} for name, found in scores.items()}


def measure_speed(folder: Path, peers: str | None, limit: float) -> dict[str, Any]:
    """Seconds to cluster, name and quote 100,000 mentions that touchpoint and side cut into ten parts."""
    mentions = make_mentions(folder)
    started = time.perf_counter()
    clustered, themes = cluster_mentions(mentions, min_size=5, max_themes=12, seed=0)
    named = time.perf_counter()
    choose_quotes(clustered, themes)
    quoted = time.perf_counter()
    left = themes.loc[themes["is_remainder"].astype(bool), "n"].sum() / len(mentions)
    result: dict[str, Any] = {
        "mentions": len(mentions),
        "unique": int(mentions["text"].nunique()),
        "themes": len(themes),
        "remainder": round(float(left), 4),
        "cluster_and_name_s": round(named - started, 1),
        "quote_s": round(quoted - named, 1),
    }
    if not peers:
        return result | {"BERTopic": NO_BERTOPIC}
    return result | {"BERTopic": time_bertopic(mentions, peers, limit, quoted - started)}


def time_bertopic(mentions: pd.DataFrame, peers: str, limit: float, ours: float) -> dict[str, Any]:
    """Seconds of BERTopic's fit and how many times ours that is, its own reading and compiling left out."""
    forms = mentions["form"].tolist()
    unique = sorted(set(forms))
    fitted = ClauseVectors(random_state=0).fit(unique[:: math.ceil(len(unique) / FITTED)])
    X = fitted.transform(forms)
    job = {"system": "bertopic", "texts": forms, "vectors": "clauses", "warm_up": True}
    answers = run_peers(peers, [job], {"clauses": X}, limit=limit)
    if answers is None:
        return {"unfinished_after_s": limit, "ratio_over": round(limit / ours, 1)}
    topics = answers[0]["answers"][0]["topics"]
    return {
        "fit_s": round(answers[0]["seconds"], 1),
        "ratio": round(answers[0]["seconds"] / ours, 1),
        "topics": len(set(topics) - {-1}),
        "outliers": round(float(np.mean(np.array(topics) < 0)), 4),
        "versions": answers[0]["versions"],
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
    table["form"] = table["text"].map(clause_form)
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
