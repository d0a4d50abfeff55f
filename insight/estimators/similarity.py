"""Which of several vectors stand for all: the most central one, then others unlike those already chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer


def word_vectors(texts: Sequence[str]) -> sp.csr_matrix:
    """Return the TF-IDF of the syllables of `texts`, rows of length one, shape (n_texts, n_syllables)."""
    tfidf = TfidfVectorizer(
        token_pattern=None, tokenizer=_syllables, lowercase=False, sublinear_tf=True, dtype=np.float32
    )
    try:
        return sp.csr_matrix(tfidf.fit_transform(texts))
    except ValueError:  # no text has a word
        return sp.csr_matrix(np.zeros((len(texts), 1), dtype=np.float32))


def _syllables(form: str) -> list[str]:
    return form.replace(",", " ").split()


def choose_diverse(
    alike: NDArray[np.float32],
    merit: NDArray[np.float64],
    n: int,
    *,
    trade: float = 0.6,
    ceiling: float = 1.0,
) -> list[int]:
    """Rows chosen by maximal marginal relevance (Carbonell & Goldstein 1998).

    Each step takes the row with the highest ``trade * merit - (1 - trade) * nearest``, where `nearest` is
    the cosine to the nearest row already chosen. Ties go to the first row.

    Parameters
    ----------
    alike : ndarray of float32, shape (n_rows, n_rows)
        Cosines of the rows.
    merit : ndarray of float64, shape (n_rows,)
        How good each row is by itself.
    n : int
        Most rows to choose.
    trade : float
        1 looks at merit only, 0 at diversity only.
    ceiling : float
        A row nearer than this to a chosen one is never taken.

    Returns
    -------
    list of int
        Rows in the order chosen; the first has the highest merit.
    """
    chosen: list[int] = []
    nearest = np.zeros(len(alike))
    open_ = np.ones(len(alike), dtype=bool)
    while len(chosen) < n and open_.any():
        value = np.where(open_, trade * merit - (1 - trade) * nearest, -np.inf)
        best = int(value.argmax())
        chosen.append(best)
        nearest = np.maximum(nearest, alike[best])
        open_ &= nearest <= ceiling
        open_[best] = False
    return chosen
