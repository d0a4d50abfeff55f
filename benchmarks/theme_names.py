"""How coherent and how different the words are that themes are called by: ours, BERTopic's and NMF's.

All systems see the same mentions of a dump, those without any word left out. BERTopic gets vectors of the
kind that our themes are found on (`ClauseVectors` of the mentions' clauses) and runs on all mentions at once,
with its default settings, then with its topics merged to as many as we have themes; so does scikit-learn's
NMF on TF-IDF, with that number of topics. Our themes are found within a touchpoint and side. Remainders and
BERTopic's outliers are left out.

Words are underthesea's, of the clauses' normal forms, in lower case. The reference is the dump itself, a
document being the words of a review's mentions. `benchmarks.coherence` defines NPMI and diversity. Both are
taken over

- `name`: the words of our name as shown, without what stands in brackets to tell two themes apart; the first
  four words of a topic, which BERTopic calls it by, for the others;
- `ten_words`: the words of our name and terms in order, at most ten; the first ten words of the others.

Topics of a single word have no coherence; `scored` is the share of topics that have. `unknown` counts words
that are in no document: a name can be cut into words in another way than the clauses that it comes from.
Words of one phrase meet more often than words of a list, so phrases score the better by construction; whether
readers like them better is not measured here.
Each system is also measured with function words (`insight.text.function_words`) left out, ours by dropping
them from the names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.coherence import Reference, diversity
from benchmarks.labelled_dump import kept_mentions
from benchmarks.peer_runs import NO_BERTOPIC, run_peers
from insight.estimators.vectors import ClauseVectors
from insight.mining.cluster import cluster_mentions
from insight.settings import ThemeSettings
from insight.text.forms import clause_form, clause_runs, is_wordless
from insight.text.function_words import function_words
from insight.text.words import tokenize_many

_BRACKETS = re.compile(r"\s*\([^)]*\)(\s\d+)?$")
_NAME_WORDS, _MOST_WORDS = 4, 10
_SEED = 0


def measure_names(dump: Path, peers: str | None, rows: int | None = None) -> dict[str, Any]:
    """NPMI and diversity of each system's words on one dump."""
    mentions, words = spoken_mentions(dump, rows)
    reference = Reference(
        words.groupby(mentions["review_id"]).agg(lambda parts: list(chain.from_iterable(parts)))
    )
    options = ThemeSettings()
    _, themes = cluster_mentions(
        mentions, min_size=options.min_size, max_themes=options.max_themes, seed=options.seed
    )
    themes = themes[~themes["is_remainder"].astype(bool)]
    names = [_cut(_BRACKETS.sub("", name)) for name in themes["name"]]
    lists = [
        list(dict.fromkeys([*name, *_cut(", ".join(terms))]))[:_MOST_WORDS]
        for name, terms in zip(names, themes["terms"], strict=True)
    ]
    systems = {"ours": _score(reference, names, lists)}
    systems["ours, no function words"] = _score(reference, _drop_silent(names), _drop_silent(lists))
    for system, topics in _peer_topics(mentions, words, len(themes), peers).items():
        systems[system] = _score(reference, [topic[:_NAME_WORDS] for topic in topics], topics)
    return {
        "mentions": len(mentions),
        "reviews": int(mentions["review_id"].nunique()),
        "systems": systems,
        **({} if peers else {"BERTopic": NO_BERTOPIC}),
    }


def spoken_mentions(dump: Path, rows: int | None) -> tuple[pd.DataFrame, pd.Series]:
    """The dump's mentions that hold a word, with their clauses' forms, and the words of each."""
    mentions = kept_mentions(dump, rows)
    forms = mentions["text"].map(clause_form)
    mentions = mentions.assign(form=forms)[~forms.map(is_wordless)].reset_index(drop=True)
    words = pd.Series(_cut_all(mentions["form"].tolist()), mentions.index)
    has_word = words.map(len) > 0
    return mentions[has_word].reset_index(drop=True), words[has_word].reset_index(drop=True)


def _peer_topics(
    mentions: pd.DataFrame, words: pd.Series, n_topics: int, peers: str | None
) -> dict[str, list[list[str]]]:
    """Words of each topic of each system."""
    texts = [" ".join(parts) for parts in words]
    silent = sorted({word for parts in words for word in parts if _is_silent(word)})
    job = {"texts": texts, "n_topics": n_topics, "seed": _SEED, "silent": silent}
    jobs: list[dict[str, Any]] = [{"system": "nmf", **job}]
    vectors: dict[str, np.ndarray] = {}
    if peers:
        jobs.append({"system": "bertopic", "vectors": "clauses", **job})
        fitted = ClauseVectors(random_state=_SEED).fit(sorted(mentions["form"].unique()))
        vectors["clauses"] = fitted.transform(mentions["form"].tolist())
    answers = run_peers(peers or sys.executable, jobs, vectors) or []
    return {
        f"{title}, {found['name']}": found["words"]
        for title, answer in zip(("NMF", "BERTopic"), answers, strict=False)
        for found in answer["answers"]
    }


def _score(reference: Reference, names: list[list[str]], lists: list[list[str]]) -> dict[str, Any]:
    return {"topics": len(names), "name": _figures(reference, names), "ten_words": _figures(reference, lists)}


def _figures(reference: Reference, topics: list[list[str]]) -> dict[str, float]:
    scores = reference.npmi(topics)
    return {
        "npmi": round(float(np.mean(scores)), 3) if scores else 0.0,
        "diversity": round(diversity(topics), 3),
        "words": round(float(np.mean([len(topic) for topic in topics])), 1),
        "scored": round(len(scores) / max(len(topics), 1), 2),
        "unknown": sum(word not in reference for topic in topics for word in topic),
    }


def _cut(phrases: str) -> list[str]:
    """Distinct words of phrases joined by commas."""
    return list(dict.fromkeys(_cut_all([phrases.lower().replace(", ", " , ")])[0]))


def _cut_all(forms: Sequence[str]) -> list[list[str]]:
    """Words of each form, the syllables of a word joined by an underscore."""
    runs = [clause_runs(form) for form in forms]
    words = iter(tokenize_many([run for parts in runs for run in parts]))
    return [[word for _ in parts for word in map(_plain, next(words)) if word] for parts in runs]


def _plain(word: str) -> str:
    joined = "_".join(word.lower().split())
    return joined if any(letter.isalnum() for letter in joined) else ""


def _drop_silent(topics: list[list[str]]) -> list[list[str]]:
    return [[word for word in topic if not _is_silent(word)] for topic in topics]


def _is_silent(word: str) -> bool:
    return function_words().issuperset(word.split("_"))
