"""The features of a clause in its review: syllables, characters, lexicon, and what stands around it."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin

from insight.estimators.character_ngrams import CharacterNgrams
from insight.estimators.context import Groups, context_of
from insight.estimators.lexicon_counts import LexiconCounts
from insight.estimators.split_texts import SplitTexts, split_texts
from insight.estimators.syllable_ngrams import SyllableNgrams

_CHARACTERS = 0.8


class ClauseFeatures(TransformerMixin, BaseEstimator):
    """Sparse features of clauses in their context.

    Parameters
    ----------
    longest : int
        Longest run of syllables that is a feature.
    min_df : int
        Number of clauses a run must stand in.
    min_count : int
        Number of times a character n-gram must occur.

    Attributes
    ----------
    syllables_ : SyllableNgrams
        Runs of syllables.
    characters_ : CharacterNgrams
        Character n-grams inside syllables; they carry typos and missing diacritics.
    lexicon_ : LexiconCounts
        Lexicon counts.
    """

    def __init__(self, *, longest: int = 3, min_df: int = 2, min_count: int = 3) -> None:
        self.longest = longest
        self.min_df = min_df
        self.min_count = min_count

    def fit(self, clauses: Sequence[str]) -> Self:
        """Learn vocabularies from `clauses` in normal form."""
        self.syllables_ = SyllableNgrams(longest=self.longest, min_df=self.min_df).fit(clauses)
        self.characters_ = CharacterNgrams(min_count=self.min_count).fit(clauses)
        self.lexicon_ = LexiconCounts().fit(clauses)
        return self

    def transform(self, clauses: Sequence[str], groups: Groups) -> sp.csr_matrix:
        """Feature matrix, float32, shape (n_clauses, n_features).

        Parameters
        ----------
        clauses : sequence of str
            Clauses in normal form, in reading order.
        groups : ndarray of int64, shape (n_clauses,)
            Review number of each clause, ascending from 0.
        """
        return sp.csr_matrix(sp.hstack(self.blocks(split_texts(clauses), groups), format="csr"))

    def blocks(self, texts: SplitTexts, groups: Groups) -> list[sp.csr_matrix]:
        """Columns that a clause has by itself, then those of what stands around it; see `transform`."""
        syllables = self.syllables_.weigh(texts)
        lexicon = self.lexicon_.weigh(texts)
        characters = self.characters_.weigh(texts)
        characters.data *= _CHARACTERS
        own = sp.hstack([syllables, _single(lexicon), _single(characters)], format="csr")
        context = context_of(sp.hstack([syllables, lexicon], format="csr"), groups)
        return [sp.csr_matrix(own), *map(_single, context)]


def _single(block: sp.csr_matrix) -> sp.csr_matrix:
    """Matrix in single precision that shares its structure with `block`, which is used no more."""
    return sp.csr_matrix((block.data.astype(np.float32), block.indices, block.indptr), shape=block.shape)
