"""Texts as numbered syllables: split once, read by every extractor of features."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
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


def split_texts(texts: Sequence[str]) -> SplitTexts:
    """Split `texts` and number their syllables in the order in which they turn up."""
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
