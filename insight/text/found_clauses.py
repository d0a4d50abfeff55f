"""The clauses of several texts, as columns."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from insight.text.clauses import split_clauses
from insight.text.reading import Reading
from insight.text.unicode import to_raw


class FoundClauses(NamedTuple):
    """Clauses of several reviews, in reading order.

    Attributes
    ----------
    groups : ndarray of int64
        Row number of the review.
    starts, ends : ndarray of int64
        Offsets in the raw text.
    forms : list of str
        Normal forms.
    """

    groups: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    forms: list[str]


def find_clauses(readings: Iterable[Reading]) -> FoundClauses:
    """Clauses of texts that have been read."""
    sizes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for reading in readings:
        clauses = split_clauses(reading)
        sizes.append(len(clauses))
        for first, last, _ in clauses:
            starts.append(reading.starts[first])
            ends.append(reading.ends[last])
            forms.append(" ".join(reading.forms[first : last + 1]))
        if reading.offsets is not None:
            for place in range(len(forms) - len(clauses), len(forms)):
                starts[place], ends[place] = to_raw(starts[place], ends[place], reading.offsets)
    return FoundClauses(
        np.repeat(np.arange(len(sizes)), np.array(sizes, dtype="int64")),
        np.array(starts, dtype="int64"),
        np.array(ends, dtype="int64"),
        forms,
    )
