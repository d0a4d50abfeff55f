"""How coherent and how different the words are that themes are called by: ours, BERTopic's and NMF's.

All systems see the same mentions of a dump, those without any word left out. BERTopic gets vectors of the
kind that our themes are found on (`ClauseVectors` of the mentions' clauses), with its default settings, then
with its topics merged to as many as we have themes; scikit-learn's NMF runs on TF-IDF, with that number of
topics. Remainders and BERTopic's outliers are left out. Two comparisons are made:

- `systems`: the peers run on all mentions at once, while our themes are found within a touchpoint and side;
- `within_cells`: the peers, too, run within each touchpoint and side (a cell), with as many topics as we have
  there. Cells of fewer than 100 different clauses, or without a theme of ours, are left out for all systems.
  Where BERTopic finds no more topics in a cell than we do, there is nothing to merge.

Words are underthesea's, of the clauses' normal forms, in lower case. The reference is the dump itself, a
document being the words of a review's mentions. `benchmarks.coherence` defines NPMI and diversity. Both are
taken over

- `name`: the words of our name as shown, without what stands in brackets to tell two themes apart; the first
  four words of a topic, which BERTopic calls it by, for the others;
- `ten_words`: the words of our name and terms in order, at most ten; the first ten words of the others.

Diversity is of all topics together; `diversity_in_cell` is the mean over cells of the diversity of a cell's.
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
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

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
_LEAST_CLAUSES = 100
_SEED = 0
_BARE = ", no function words"


class Topic(NamedTuple):
    """What a topic is called by: its name's words, at most ten words, and the cell it was found in."""

    name: list[str]
    words: list[str]
    cell: str = ""


def measure_names(dump: Path, peers: str | None, rows: int | None = None) -> dict[str, Any]:
    """NPMI and diversity of each system's words on one dump."""
    mentions, words = spoken_mentions(dump, rows)
    reference = Reference(
        words.groupby(mentions["review_id"]).agg(lambda parts: list(chain.from_iterable(parts)))
    )
    ours = _our_topics(mentions)
    place = mentions["touchpoint"] + "|" + mentions["sentiment"]
    clauses = mentions.groupby(place)["form"].nunique()
    least = {topic.cell for topic in ours if clauses[topic.cell] >= _LEAST_CLAUSES}
    cells = {cell: np.flatnonzero(place == cell) for cell in sorted(least)}
    everywhere, within = _peer_topics(mentions["form"], words, ours, cells, peers)
    inside = [topic for topic in ours if topic.cell in cells]
    return {
        "mentions": len(mentions),
        "reviews": int(mentions["review_id"].nunique()),
        "systems": _score_all(reference, _with_bare("ours", ours) | everywhere),
        "within_cells": {
            "cells": len(cells),
            "mentions": sum(map(len, cells.values())),
            "systems": _score_all(reference, _with_bare("ours", inside) | within),
        },
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


def _our_topics(mentions: pd.DataFrame) -> list[Topic]:
    options = ThemeSettings()
    _, themes = cluster_mentions(
        mentions, min_size=options.min_size, max_themes=options.max_themes, seed=options.seed
    )
    themes = themes[~themes["is_remainder"].astype(bool)]
    topics = []
    for theme in themes.itertuples():
        name = _cut(_BRACKETS.sub("", str(theme.name)))
        words = list(dict.fromkeys([*name, *_cut(", ".join(theme.terms))]))
        topics.append(Topic(name, words[:_MOST_WORDS], f"{theme.touchpoint}|{theme.side}"))
    return topics


def _with_bare(system: str, topics: list[Topic]) -> dict[str, list[Topic]]:
    bare = [Topic(_drop_silent(topic.name), _drop_silent(topic.words), topic.cell) for topic in topics]
    return {system: topics, f"{system}{_BARE}": bare}


def _peer_topics(
    forms: pd.Series, words: pd.Series, ours: list[Topic], cells: dict[str, np.ndarray], peers: str | None
) -> tuple[dict[str, list[Topic]], dict[str, list[Topic]]]:
    """Topics of each peer, found on all mentions at once and within each cell."""
    texts = [" ".join(parts) for parts in words]
    silent = sorted({word for parts in words for word in parts if _is_silent(word)})
    sizes = Counter(topic.cell for topic in ours)
    places = [("", np.arange(len(texts)), len(ours)), *((c, rows, sizes[c]) for c, rows in cells.items())]
    parts = [
        {
            "texts": [texts[row] for row in rows],
            "rows": rows.tolist(),
            "n_topics": n_topics,
            "seed": _SEED,
            "silent": silent,
        }
        for _, rows, n_topics in places
    ]
    jobs: list[dict[str, Any]] = [{"system": "nmf", **part} for part in parts]
    vectors: dict[str, np.ndarray] = {}
    if peers:
        jobs += [{"system": "bertopic", "vectors": "clauses", **part} for part in parts]
        fitted = ClauseVectors(random_state=_SEED).fit(sorted(forms.unique()))
        vectors["clauses"] = fitted.transform(forms.tolist())
    answers = run_peers(peers or sys.executable, jobs, vectors) or []
    everywhere: dict[str, list[Topic]] = {}
    within: dict[str, list[Topic]] = {}
    for first, title in zip(range(0, len(answers), len(places)), ("NMF", "BERTopic"), strict=False):
        found = [_named_answers(answer) for answer in answers[first : first + len(places)]]
        everywhere |= {f"{title}, {name}": _listed(lists) for name, lists in found[0].items()}
        for name in dict.fromkeys(name for answer in found[1:] for name in answer):
            # What need not be merged is as it is.
            usual = f"as it is{_BARE if name.endswith(_BARE) else ''}"
            within[f"{title}, {name}"] = [
                topic
                for (cell, _, _), answer in zip(places[1:], found[1:], strict=True)
                for topic in _listed(answer.get(name, answer[usual]), cell)
            ]
    return everywhere, within


def _named_answers(answer: dict[str, Any]) -> dict[str, list[list[str]]]:
    return {found["name"]: found["words"] for found in answer["answers"]}


def _listed(lists: list[list[str]], cell: str = "") -> list[Topic]:
    return [Topic(words[:_NAME_WORDS], words, cell) for words in lists]


def _score_all(reference: Reference, systems: dict[str, list[Topic]]) -> dict[str, Any]:
    return {
        system: {
            "topics": len(topics),
            "name": _figures(reference, [(topic.name, topic.cell) for topic in topics]),
            "ten_words": _figures(reference, [(topic.words, topic.cell) for topic in topics]),
        }
        for system, topics in systems.items()
    }


def _figures(reference: Reference, found: Sequence[tuple[list[str], str]]) -> dict[str, float]:
    topics = [words for words, _ in found]
    scores = reference.npmi(topics)
    by_cell: dict[str, list[list[str]]] = {}
    for words, cell in found:
        by_cell.setdefault(cell, []).append(words)
    in_cell = {"diversity_in_cell": _mean(map(diversity, by_cell.values()))} if "" not in by_cell else {}
    return {
        "npmi": _mean(scores),
        "diversity": round(diversity(topics), 3),
        **in_cell,
        "words": round(_mean(map(len, topics)), 1),
        "scored": round(len(scores) / max(len(topics), 1), 2),
        "unknown": sum(word not in reference for words in topics for word in words),
    }


def _mean(figures: Iterable[float]) -> float:
    known = list(figures)
    return round(float(np.mean(known)), 3) if known else 0.0


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


def _drop_silent(words: list[str]) -> list[str]:
    return [word for word in words if not _is_silent(word)]


def _is_silent(word: str) -> bool:
    return function_words().issuperset(word.split("_"))
