"""Vectors of clauses, fitted on the dump itself: what is said (TF-IDF) beside what it is akin to (PPMI)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from insight.estimators.split_texts import split_texts
from insight.estimators.threads import one_thread
from insight.text.function_words import function_words, thing_words

Vectors = NDArray[np.float32]

_TOKEN = r"[^\s,]+"  # noqa: S105 - a token of text
_BATCH = 20_000
_THING = 0.3
_SHIFT = 0.75
"""Exponent of the context counts: rare contexts weigh less (Levy, Goldberg & Dagan 2015)."""


class ClauseVectors:
    """Two views of a clause, each reduced by SVD, of length one, side by side.

    TF-IDF of syllables and pairs of syllables tells which clauses share words (latent semantic analysis,
    Deerwester et al. 1990). The mean of its words' vectors, from the positive pointwise mutual information
    of words in one clause (Levy & Goldberg 2014), tells which share kindred words: "giao hàng" and "ship".

    Parameters
    ----------
    n_tfidf, n_words : int
        Dimensions of the two views; fewer where the texts have fewer.
    max_features : int
        Most frequent syllables and pairs kept.
    random_state : int
        Seed of the randomised SVD.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        Syllable or pair -> column.
    n_features_ : int
        Length of a vector.
    """

    def __init__(
        self, *, n_tfidf: int = 150, n_words: int = 50, max_features: int = 20_000, random_state: int = 0
    ) -> None:
        self.n_tfidf = n_tfidf
        self.n_words = n_words
        self.max_features = max_features
        self.random_state = random_state

    @one_thread
    def fit(self, texts: Sequence[str]) -> Self:
        """Learn vocabulary, weights and both projections from `texts`, unique and in a fixed order."""
        tfidf = TfidfVectorizer(
            token_pattern=_TOKEN,
            lowercase=False,
            ngram_range=(1, 2),
            min_df=2 if len(texts) >= 200 else 1,
            max_features=self.max_features,
            sublinear_tf=True,
            dtype=np.float32,
        )
        tfidf.fit(texts)
        weights = np.array([_weight(token) for token in tfidf.get_feature_names_out()])
        self._idf = (tfidf.idf_ * weights).astype(np.float32)
        self.vocabulary_ = {token: int(column) for token, column in tfidf.vocabulary_.items()}
        self._index_pairs()
        X = self._weigh(texts)
        self._axes = _right_singular(X, self.n_tfidf, self.random_state)
        self._words = _word_vectors(X, self.n_words, self.random_state)
        self.n_features_ = self._axes.shape[1] + self._words.shape[1]
        return self

    @one_thread
    def transform(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (n_texts, n_features_); zero where no word is known."""
        parts = [self._transform(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.vstack(parts) if parts else np.zeros((0, self.n_features_), dtype=np.float32)

    def fit_transform(self, texts: Sequence[str]) -> Vectors:
        """`fit`, then `transform` of the same texts."""
        return self.fit(texts).transform(texts)

    def _transform(self, texts: Sequence[str]) -> Vectors:
        X = self._weigh(texts)
        return unit(np.hstack([unit(X @ self._axes), unit(X @ self._words)]))

    def _index_pairs(self) -> None:
        """Number the syllables, and give each pair of the vocabulary a code that numpy can look up."""
        parts = [(token.split(" "), column) for token, column in self.vocabulary_.items()]
        syllables = sorted({syllable for split, _ in parts for syllable in split})
        self._number = {syllable: i for i, syllable in enumerate(syllables)}
        # One more than the syllables: the last number stands for all that are unknown.
        self._column = np.full(len(syllables) + 1, -1, dtype=np.int64)
        pairs: list[tuple[int, int]] = []
        for split, column in parts:
            numbers = [self._number[syllable] for syllable in split]
            if len(numbers) == 1:
                self._column[numbers[0]] = column
            else:
                pairs.append((numbers[0] * len(self._column) + numbers[1], column))
        ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        self._pairs, self._pair_column = ordered[:, 0], ordered[:, 1]

    def _weigh(self, texts: Sequence[str]) -> sp.csr_matrix:
        """TF-IDF of `texts`, as TfidfVectorizer's own, with the counting done in numpy."""
        unknown = len(self._column) - 1
        split = split_texts([text.replace(" , ", " ") for text in texts])
        known_as = np.array([self._number.get(s, unknown) for s in split.syllables], dtype=np.int64)
        numbers, row = known_as[split.numbers], split.rows
        inside = row[:-1] == row[1:]
        codes = (numbers[:-1] * len(self._column) + numbers[1:])[inside]
        place = np.minimum(np.searchsorted(self._pairs, codes), max(len(self._pairs) - 1, 0))
        met = self._pairs[place] == codes if len(self._pairs) else np.zeros(len(codes), dtype=bool)
        columns = np.concatenate([self._column[numbers], self._pair_column[place[met]]])
        rows = np.concatenate([row, row[:-1][inside][met]])
        known = columns >= 0
        ones = np.ones(int(known.sum()), dtype=np.float32)
        X = sp.csr_matrix((ones, (rows[known], columns[known])), shape=(len(texts), len(self._idf)))
        X.data = (np.log(X.data) + 1) * self._idf[X.indices]
        owner = np.repeat(np.arange(len(texts)), np.diff(X.indptr))
        length = np.sqrt(np.bincount(owner, weights=X.data**2, minlength=len(texts)))
        X.data /= np.where(length > 0, length, 1).astype(np.float32)[owner]
        return X


def _weight(token: str) -> float:
    """Weight of a syllable or pair: function words, numbers and words for the thing reviewed say little."""
    silent = function_words()
    parts = [
        0.0 if s in silent or s.isdigit() else _THING if s in thing_words() else 1.0 for s in token.split()
    ]
    return parts[0] if len(parts) == 1 else max(parts) * (min(parts) + 1) / 2


def unit(X: NDArray[np.float32]) -> Vectors:
    """Rows scaled to length one; a row of zeros stays."""
    length = np.linalg.norm(X, axis=1, keepdims=True)
    scaled: Vectors = (X / np.where(length > 0, length, 1)).astype(np.float32)
    return scaled


def _right_singular(X: sp.csr_matrix, n: int, seed: int) -> Vectors:
    """First right singular vectors of X, shape (n_columns, at most n)."""
    n = max(1, min(n, min(X.shape) - 1))
    _, _, rows = randomized_svd(X, n_components=n, n_iter=3, random_state=seed)
    axes: Vectors = rows.T.astype(np.float32)
    return axes


def _word_vectors(X: sp.csr_matrix, n: int, seed: int) -> Vectors:
    """PPMI of words that share a clause, reduced; shape (n_columns, at most n)."""
    seen = sp.csr_matrix((np.ones_like(X.data), X.indices, X.indptr), shape=X.shape)
    together = (seen.T @ seen).tocoo()
    apart = together.row != together.col
    row, column, count = together.row[apart], together.col[apart], together.data[apart]
    size = X.shape[1]
    if not len(count):
        return np.zeros((size, 1), dtype=np.float32)
    word = np.bincount(row, weights=count, minlength=size)
    context = np.bincount(column, weights=count, minlength=size) ** _SHIFT
    information = np.log(count * context.sum() / (word[row] * context[column]))
    positive = information > 0
    ppmi = sp.csr_matrix(
        (information[positive].astype(np.float32), (row[positive], column[positive])), shape=(size, size)
    )
    n = max(1, min(n, size - 1))
    left, values, _ = randomized_svd(ppmi, n_components=n, n_iter=3, random_state=seed)
    vectors: Vectors = (left * np.sqrt(values)).astype(np.float32)
    return vectors
