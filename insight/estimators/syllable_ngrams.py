"""TF-IDF of runs of syllables."""

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from insight.estimators.vocabularies import pack_vocabulary, unpack_vocabulary


class SyllableNgrams(TfidfVectorizer):
    """scikit-learn's TF-IDF over runs of up to `longest` space-separated syllables.

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

    def __getstate__(self) -> dict[str, Any]:
        """State with the vocabulary packed."""
        state: dict[str, Any] = super().__getstate__()
        if "vocabulary_" in state:
            state = {**state, "vocabulary_": pack_vocabulary(state["vocabulary_"])}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """State with the vocabulary unpacked."""
        if "vocabulary_" in state:
            state = {**state, "vocabulary_": unpack_vocabulary(state["vocabulary_"])}
        super().__setstate__(state)
