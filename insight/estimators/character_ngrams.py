"""TF-IDF of character n-grams inside syllables; the n-grams of a syllable are cut once and kept."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.utils.validation import check_is_fitted

from insight.estimators.split_texts import SplitTexts, split_texts
from insight.estimators.vocabularies import pack_vocabulary, unpack_vocabulary

_CACHE_LIMIT = 200_000


class CharacterNgrams(TransformerMixin, BaseEstimator):
    """What `TfidfVectorizer(analyzer="char_wb", sublinear_tf=True)` gives, three times faster.

    The n-grams of a text are those of its syllables, so the counts are the product of (texts x
    syllables) and (syllables x n-grams), and a syllable met before costs one look-up.

    Parameters
    ----------
    shortest, longest : int
        Lengths of the n-grams of a space-padded syllable.
    min_count : int
        Number of times an n-gram must occur to be kept.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        N-gram -> column.
    tfidf_ : TfidfTransformer
        The weights.
    """

    def __init__(self, *, shortest: int = 2, longest: int = 5, min_count: int = 3) -> None:
        self.shortest = shortest
        self.longest = longest
        self.min_count = min_count

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 # scikit-learn's form
        """Learn the n-grams of `texts` and their weights."""
        counts: Counter[str] = Counter()
        for syllable, n in Counter(chain.from_iterable(text.split() for text in texts)).items():
            for ngram in self._cut(syllable):
                counts[ngram] += n
        kept = sorted(ngram for ngram, n in counts.items() if n >= self.min_count)
        self.vocabulary_ = {ngram: column for column, ngram in enumerate(kept)}
        self._cache: dict[str, NDArray[np.int64]] = {}
        self.__dict__.pop("_turned", None)  # made with another vocabulary
        self.tfidf_ = TfidfTransformer(sublinear_tf=True).fit(self._count(split_texts(texts)))
        return self

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """TF-IDF matrix, shape (n_texts, n_features), float64."""
        return self.weigh(split_texts(texts))

    def weigh(self, texts: SplitTexts) -> sp.csr_matrix:
        """Weigh the n-grams of texts that are split already; see `transform`."""
        check_is_fitted(self)
        return sp.csr_matrix(self.tfidf_.transform(self._count(texts), copy=False))

    def __getstate__(self) -> dict[str, Any]:
        """State without the cache, vocabulary packed: the same model gives the same bytes."""
        made = ("_cache", "_turned")
        state = {key: value for key, value in super().__getstate__().items() if key not in made}
        if "vocabulary_" in state:
            state["vocabulary_"] = pack_vocabulary(state["vocabulary_"])
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """State with the vocabulary unpacked."""
        if "vocabulary_" in state:
            state = {**state, "vocabulary_": unpack_vocabulary(state["vocabulary_"])}
        super().__setstate__(state)

    def _count(self, texts: SplitTexts) -> sp.csr_matrix:
        """Counts of n-grams, columns in order, shape (n_texts, n_features)."""
        pointers = np.concatenate([[0], np.cumsum(texts.sizes)])
        occurrences = sp.csr_matrix(
            (np.ones(len(texts.numbers)), texts.numbers, pointers),
            shape=(len(texts.sizes), len(texts.syllables)),
        )
        # Turning the product round sorts its columns, which costs less than sorting row by row.
        turned = self._turned_ngrams_of(texts.syllables) @ occurrences.T.tocsr()
        return sp.csr_matrix(turned.T.tocsr())

    def _turned_ngrams_of(self, syllables: list[str]) -> sp.csr_matrix:
        """Matrix of (n-grams x syllables); parts of a batch share one list of syllables and this matrix."""
        known: tuple[list[str], sp.csr_matrix] | None = self.__dict__.get("_turned")
        if known is None or known[0] is not syllables:
            known = self._turned = (syllables, self._ngrams_of(syllables).T.tocsr())
        return known[1]

    def _ngrams_of(self, syllables: list[str]) -> sp.csr_matrix:
        """Matrix of (syllables x n-grams)."""
        cache: dict[str, NDArray[np.int64]] = self.__dict__.setdefault("_cache", {})
        if len(cache) >= _CACHE_LIMIT:
            cache.clear()
        known = map(cache.get, syllables)
        pieces = [
            self._columns(syllable) if columns is None else columns
            for syllable, columns in zip(syllables, known, strict=True)
        ]
        cache.update(zip(syllables, pieces, strict=True))
        pointers = np.concatenate([[0], np.cumsum(list(map(len, pieces)))])
        indices = np.concatenate([np.empty(0, dtype=np.int64), *pieces])
        shape = (len(pieces), len(self.vocabulary_))
        return sp.csr_matrix((np.ones(len(indices)), indices, pointers), shape=shape)

    def _columns(self, syllable: str) -> NDArray[np.int64]:
        columns = (self.vocabulary_.get(ngram, -1) for ngram in self._cut(syllable))
        return np.array([column for column in columns if column >= 0], dtype=np.int64)

    def _cut(self, syllable: str) -> list[str]:
        padded = f" {syllable} "
        return [
            padded[i : i + length]
            for length in range(self.shortest, min(self.longest, len(padded)) + 1)
            for i in range(len(padded) - length + 1)
        ]
