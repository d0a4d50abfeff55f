"""Which of several vectors stand for all: the most central one, then others unlike those already chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

_TOKEN = r"[^\s,]+"  # noqa: S105 - a token of text


def word_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the TF-IDF of the syllables of `texts`, rows of length one, shape (n_texts, n_syllables)."""
    tfidf = TfidfVectorizer(token_pattern=_TOKEN, lowercase=False, sublinear_tf=True, dtype=np.float32)
    try:
        dense: NDArray[np.float32] = tfidf.fit_transform(texts).toarray()
    except ValueError:  # no text has a word
        return np.zeros((len(texts), 1), dtype=np.float32)
    return dense


def choose_diverse(
    X: NDArray[np.float32], merit: NDArray[np.float64], n: int, *, trade: float = 0.6, ceiling: float = 1.0
) -> list[int]:
    """Rows chosen by maximal marginal relevance (Carbonell & Goldstein 1998).

    Each step takes the row with the highest ``trade * merit - (1 - trade) * nearest``, where `nearest` is
    the cosine to the nearest row already chosen. Ties go to the first row.

    Parameters
    ----------
    X : ndarray of float32, shape (n_rows, n_features)
        Rows of length one.
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
    nearest = np.zeros(len(X))
    open_ = np.ones(len(X), dtype=bool)
    while len(chosen) < n and open_.any():
        value = np.where(open_, trade * merit - (1 - trade) * nearest, -np.inf)
        best = int(value.argmax())
        chosen.append(best)
        nearest = np.maximum(nearest, X @ X[best])
        open_ &= nearest <= ceiling
        open_[best] = False
    return chosen
