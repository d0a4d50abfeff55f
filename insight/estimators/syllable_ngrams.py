"""TF-IDF of runs of syllables."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from insight.estimators.runs import RunTable
from insight.estimators.split_texts import SplitTexts, split_texts
from insight.estimators.vocabularies import pack_vocabulary, unpack_vocabulary


class SyllableNgrams(TfidfVectorizer):
    """scikit-learn's TF-IDF over runs of up to `longest` space-separated syllables, counted in numpy.

    Parameters
    ----------
    longest : int
        Length of the longest run.
    min_df : int
        Number of texts a run must stand in.
    """

    def __init__(self, *, longest: int = 3, min_df: int = 2) -> None:
        self.longest = longest
        super().__init__(
            token_pattern=r"\S+",  # noqa: S106 # no password
            lowercase=False,
            ngram_range=(1, longest),
            min_df=min_df,
            sublinear_tf=True,
            dtype=np.float32,
        )

    def transform(self, raw_documents: Sequence[str]) -> sp.csr_matrix:
        """TF-IDF matrix, shape (n_texts, n_runs), float32."""
        return self.weigh(split_texts(raw_documents))

    def weigh(self, texts: SplitTexts) -> sp.csr_matrix:
        """Weigh the runs of texts that are split already; see `transform`."""
        check_is_fitted(self)
        found = list(self._runs().find(texts))
        rows = texts.rows[np.concatenate([runs.starts for runs in found])]
        columns = np.concatenate([runs.runs for runs in found])
        ones = np.ones(len(rows), dtype=np.float32)
        counts = sp.csr_matrix((ones, (rows, columns)), shape=(len(texts.sizes), len(self.vocabulary_)))
        return sp.csr_matrix(self._tfidf.transform(counts, copy=False))

    def _runs(self) -> RunTable:
        """Vocabulary as numpy finds it; made when it is needed first, and again after another fit."""
        known: tuple[dict[str, int], RunTable] | None = self.__dict__.get("_table")
        if known is None or known[0] is not self.vocabulary_:
            table = RunTable(sorted(self.vocabulary_, key=self.vocabulary_.__getitem__))
            known = self._table = (self.vocabulary_, table)
        return known[1]

    def __getstate__(self) -> dict[str, Any]:
        """State without the table made of the vocabulary, and that packed."""
        state: dict[str, Any] = super().__getstate__()
        state = {key: value for key, value in state.items() if key != "_table"}
        if "vocabulary_" in state:
            state["vocabulary_"] = pack_vocabulary(state["vocabulary_"])
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """State with the vocabulary unpacked."""
        if "vocabulary_" in state:
            state = {**state, "vocabulary_": unpack_vocabulary(state["vocabulary_"])}
        super().__setstate__(state)
