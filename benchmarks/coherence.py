"""Coherence and diversity of the words that topics are called by; the same for all systems that are compared.

NPMI (Bouma 2009; Lau, Newman & Baldwin 2014; Röder, Both & Hinneburg 2015, who call it C_NPMI over boolean
documents) of two words is ``log(p(a, b) / (p(a) p(b))) / -log p(a, b)``, with p the share of documents that
hold a word, or both: 1 where they only come together, 0 where they are independent, -1 where they never meet.
A topic's coherence is the mean over all pairs of its words; a system's is the mean over its topics.

Diversity (Dieng, Ruiz & Blei 2020) is the share of distinct words among the words of all topics.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import scipy.sparse as sp

Words = Sequence[str]


class Reference:
    """Which documents hold which words.

    Parameters
    ----------
    documents : iterable of sequence of str
        The words of each document.
    """

    def __init__(self, documents: Iterable[Words]) -> None:
        self._column: dict[str, int] = {}
        columns: list[int] = []
        ends = [0]
        for words in documents:
            columns += [self._column.setdefault(word, len(self._column)) for word in set(words)]
            ends.append(len(columns))
        shape = len(ends) - 1, len(self._column)
        self._n = shape[0]
        self._holds = sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=shape).tocsc()

    def __contains__(self, word: str) -> bool:
        return word in self._column

    def npmi(self, topics: Sequence[Words]) -> list[float]:
        """Coherence of each topic of two words or more; the others have none and are left out."""
        known = sorted({self._column[w] for words in topics for w in words if w in self})
        holds = self._holds[:, known]
        together = (holds.T @ holds).toarray() / max(self._n, 1)
        place = {column: i for i, column in enumerate(known)}
        scores = []
        for words in topics:
            rows = [place[self._column[w]] if w in self else -1 for w in dict.fromkeys(words)]
            if len(rows) > 1:
                scores.append(float(np.mean([_npmi(together, a, b) for a, b in combinations(rows, 2)])))
        return scores


def diversity(topics: Sequence[Words]) -> float:
    """Share of distinct words among the words of all topics."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / max(len(words), 1)


def _npmi(together: np.ndarray, a: int, b: int) -> float:
    both = together[a, b] if min(a, b) >= 0 else 0.0
    if both <= 0:
        return -1.0
    if both >= 1:
        return 1.0
    return math.log(both / (together[a, a] * together[b, b])) / -math.log(both)
