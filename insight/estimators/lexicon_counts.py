"""How many praising, faint and complaining phrases of the lexicon a clause holds."""

from collections.abc import Sequence
from functools import cache
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from insight.estimators.runs import RunTable
from insight.estimators.split_texts import SplitTexts, split_texts
from insight.text.lexicon import NEGATOR_REACH, NEGATORS, sentiment_lexicon, stripped_lexicon

N_COUNTS = 5
_LONG = 40
_SCALE = 0.5
"""Brings the counts to the size of TF-IDF weights, so that one penalty suits both."""


class LexiconCounts(TransformerMixin, BaseEstimator):
    """Five columns: complaints, faint praise, praise (negation turned), shortness and length.

    The phrases are those that `find_verdicts` finds, looked up for all texts at once.
    """

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 # scikit-learn's form
        """Nothing to learn: the lexicons are part of the package."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Counts as ln(1 + count), shape (n_texts, 5)."""
        return self.weigh(split_texts(texts))

    def weigh(self, texts: SplitTexts) -> sp.csr_matrix:
        """Count in texts that are split already; see `transform`."""
        counts = np.zeros((len(texts.sizes), N_COUNTS))
        is_ascii = np.fromiter(map(str.isascii, texts.syllables), dtype=bool, count=len(texts.syllables))
        marks = np.bincount(texts.rows[~is_ascii[texts.numbers]], minlength=len(texts.sizes))
        is_bare = (marks == 0)[texts.rows]
        negated = _negated(texts)
        for stripped, among in ((False, ~is_bare), (True, is_bare)):
            starts, polarity = _verdicts(texts, among, stripped=stripped)
            polarity = np.where(negated[starts], -polarity, polarity)
            np.add.at(counts, (texts.rows[starts], polarity + 1), 1)
        counts[:, 3] = 1 / (1 + texts.sizes)
        counts[:, 4] = np.minimum(texts.sizes, _LONG) / _LONG
        return sp.csr_matrix(np.log1p(counts) * _SCALE)


def _verdicts(
    texts: SplitTexts, among: NDArray[np.bool_], *, stripped: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First syllable and polarity of the phrases in `texts`: the longest at each place, without overlap."""
    table, polarities = _phrases(stripped=stripped)
    run = np.full(len(texts.numbers), -1, dtype=np.int64)
    length = np.zeros(len(texts.numbers), dtype=np.int64)
    for found in table.find(texts, among):  # longer ones come later and take the place
        run[found.starts], length[found.starts] = found.runs, found.length
    starts = np.flatnonzero(run >= 0)
    starts = starts[_apart(starts, starts + length[starts])]
    return starts, polarities[run[starts]]


def _apart(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some stretches, by ascending start, are kept so that each begins behind the last one kept."""
    kept = np.ones(len(starts), dtype=bool)
    # One that begins behind all before it is kept in any case; few do not.
    for i in (np.flatnonzero(starts[1:] < np.maximum.accumulate(ends)[:-1]) + 1).tolist():
        last = i - 1
        while not kept[last]:
            last -= 1
        kept[i] = starts[i] >= ends[last]
    return kept


def _negated(texts: SplitTexts) -> NDArray[np.bool_]:
    """Whether a negator stands shortly before each syllable, in the same text."""
    turns = np.fromiter(map(NEGATORS.__contains__, texts.syllables), dtype=bool, count=len(texts.syllables))
    is_negator, rows = turns[texts.numbers], texts.rows
    negated = np.zeros(len(rows), dtype=bool)
    for distance in range(1, NEGATOR_REACH + 1):
        negated[distance:] |= is_negator[:-distance] & (rows[:-distance] == rows[distance:])
    return negated


@cache
def _phrases(*, stripped: bool) -> tuple[RunTable, NDArray[np.int64]]:
    """Phrases of the lexicon and their polarities."""
    lexicon = stripped_lexicon() if stripped else sentiment_lexicon()
    return RunTable(lexicon), np.array(list(lexicon.values()), dtype=np.int64)
