"""How many praising, faint and complaining phrases of the lexicon a clause holds."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin

from insight.text.lexicon import find_verdicts

N_COUNTS = 5
_LONG = 40
_SCALE = 0.5
"""Brings the counts to the size of TF-IDF weights, so that one penalty suits both."""


class LexiconCounts(TransformerMixin, BaseEstimator):
    """Five columns: complaints, faint praise, praise (negation turned), shortness and length."""

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 # scikit-learn's form
        """Nothing to learn: the lexicons are part of the package."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Counts as ln(1 + count), shape (n_texts, 5)."""
        counts = np.zeros((len(texts), N_COUNTS))
        for row, text in enumerate(texts):
            syllables = text.split()
            for _, _, polarity in find_verdicts(syllables):
                counts[row, polarity + 1] += 1
            counts[row, 3] = 1 / (1 + len(syllables))
            counts[row, 4] = min(len(syllables), _LONG) / _LONG
        return sp.csr_matrix(np.log1p(counts) * _SCALE)
