"""Forms that differ only in diacritics become one clause; written so that a million of them fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from insight.estimators.accents import AccentRestorer
from insight.estimators.said_forms import digest
from insight.text.diacritics import strip_diacritics
from insight.text.forms import PAUSE

_BARE = 0.1
"""Weight of a spelling without diacritics against one with them."""


def spell_clauses(
    texts: Sequence[str], counts: NDArray[np.int64], restorer: AccentRestorer
) -> tuple[list[str], NDArray[np.int64]]:
    """Clauses with diacritics, different and in order, and which of them each text is.

    Texts that differ only in diacritics are one clause, spelled as the commonest of them.

    Parameters
    ----------
    texts : sequence of str
        Different forms of clauses, in any order.
    counts : ndarray of int64, shape (n_texts,)
        Mentions of each.
    restorer : AccentRestorer
        Spells the clauses that nobody wrote with diacritics.

    Returns
    -------
    clauses : list of str
        In order.
    clause_of : ndarray of int64, shape (n_texts,)
        Clause of each text.
    """
    keys = _number_keys(texts)
    # An accented spelling leads, unless it is a slip among many that are bare by right, as "ok" is.
    merit = np.where([text.isascii() for text in texts], counts * _BARE, counts)
    best = np.full(int(keys.max(initial=-1)) + 1, -1, dtype=np.int64)
    for i, key in enumerate(keys.tolist()):
        leader = int(best[key])
        if leader < 0 or (-merit[i], texts[i]) < (-merit[leader], texts[leader]):
            best[key] = i
    spelled = restorer.transform(texts[i] for i in best.tolist())
    order = sorted(range(len(spelled)), key=spelled.__getitem__)
    clauses: list[str] = []
    clause_of = np.empty(len(spelled), dtype=np.int64)
    for i in order:
        if not clauses or clauses[-1] != spelled[i]:
            clauses.append(spelled[i])
        clause_of[i] = len(clauses) - 1
    return clauses, clause_of[keys]


def _number_keys(texts: Sequence[str]) -> NDArray[np.int64]:
    """Number of the `clause_key` of each text; of the keys only digests are held."""
    number: dict[bytes, int] = {}
    numbers = (number.setdefault(digest(key), len(number)) for key in _keys(texts))
    return np.fromiter(numbers, dtype=np.int64, count=len(texts))


def _keys(forms: Iterable[str]) -> Iterator[str]:
    """`clause_key` of each form; the few syllables of a dump are stripped only once."""
    bare = cache(strip_diacritics)
    for form in forms:
        yield " ".join([bare(word) for word in form.split() if word != PAUSE]) or PAUSE
