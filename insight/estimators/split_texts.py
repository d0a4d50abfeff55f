"""Texts as numbered syllables: split once, read by every extractor of features."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


class SplitTexts(NamedTuple):
    """Texts split at white space.

    Attributes
    ----------
    syllables : list of str
        Distinct syllables of the texts.
    numbers : ndarray of int64, shape (n_occurrences,)
        Place in `syllables` of each syllable of the texts, in reading order.
    rows : ndarray of int64, shape (n_occurrences,)
        Text number of each of them.
    sizes : ndarray of int64, shape (n_texts,)
        Number of syllables of each text.
    """

    syllables: list[str]
    numbers: NDArray[np.int64]
    rows: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> SplitTexts:
        """Some of the texts, by ascending numbers; they share one list of syllables."""
        is_taken = np.zeros(len(self.sizes), dtype=bool)
        is_taken[rows] = True
        sizes = self.sizes[rows]
        numbers = self.numbers[is_taken[self.rows]]
        return SplitTexts(self.syllables, numbers, np.repeat(np.arange(len(rows)), sizes), sizes)


def split_texts(texts: Sequence[str]) -> SplitTexts:
    """Split `texts` and number their syllables in the order in which they turn up."""
    split = pc.split_pattern(pa.array(texts, type=pa.large_string()), " ")
    coded = split.flatten().dictionary_encode()
    syllables = coded.dictionary.to_pylist()
    if any(syllable.split() != [syllable] for syllable in syllables):
        return _split_at_any_space(texts)
    sizes = np.diff(split.offsets.to_numpy()).astype(np.int64)
    numbers = coded.indices.to_numpy().astype(np.int64)
    return SplitTexts(syllables, numbers, np.repeat(np.arange(len(sizes)), sizes), sizes)


def _split_at_any_space(texts: Sequence[str]) -> SplitTexts:
    """Split texts that hold other white space than single spaces between syllables."""
    split = [text.split() for text in texts]
    sizes = np.fromiter(map(len, split), dtype=np.int64, count=len(split))
    numbers = _Numbers()
    said = map(numbers.__getitem__, chain.from_iterable(split))
    occurrences = np.fromiter(said, dtype=np.int64, count=int(sizes.sum()))
    return SplitTexts(list(numbers), occurrences, np.repeat(np.arange(len(split)), sizes), sizes)


class _Numbers(dict[str, int]):
    """A number for each syllable met."""

    def __missing__(self, syllable: str) -> int:
        number = self[syllable] = len(self)
        return number
