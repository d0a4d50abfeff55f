"""Ids of reviews: the dump's own, or made of what the row says, so that the order of rows does not matter."""

import hashlib

import numpy as np
import pandas as pd

_LENGTH = 12
_BETWEEN = "\x1f"


def content_ids(columns: list[pd.Series]) -> pd.Series:
    """Id for each row from the raw values of `columns`; equal rows get equal ids."""
    joined = columns[0].astype("object")
    for column in columns[1:]:
        joined = joined + _BETWEEN + column.astype("object")
    digests = [
        hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:_LENGTH]
        for text in joined
    ]
    return pd.Series(digests, joined.index, dtype="str")


class IdRegister:
    """Makes ids distinct over a whole reading: the second "17" becomes "17-2".

    It keeps eight bytes and a count for each id, so that ten million rows fit.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def distinct(self, ids: pd.Series) -> tuple[pd.Series, int]:
        """Ids with a number behind those seen before, and how many these are."""
        keys = pd.util.hash_array(ids.to_numpy(dtype=object), categorize=False)
        earlier = self._count(keys) + pd.Series(keys).groupby(keys).cumcount().to_numpy()
        self._add(*np.unique(keys, return_counts=True))
        repeated = np.flatnonzero(earlier)
        if not len(repeated):
            return ids, 0
        names = ids.to_numpy(dtype=object).copy()
        names[repeated] = self._numbered(names[repeated], earlier[repeated] + 1)
        return pd.Series(names, ids.index, dtype="str"), len(repeated)

    def _numbered(self, ids: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """`id-number`, or the next free number where the dump itself has such an id."""
        names = np.array(
            [f"{known}-{number}" for known, number in zip(ids, numbers, strict=True)], dtype=object
        )
        keys = pd.util.hash_array(names, categorize=False)
        for position in np.flatnonzero(self._count(keys)):
            while self._count(keys[position : position + 1])[0]:
                numbers[position] += 1
                names[position] = f"{ids[position]}-{numbers[position]}"
                keys[position] = pd.util.hash_array(names[position : position + 1], categorize=False)[0]
        self._add(*np.unique(keys, return_counts=True))
        return names

    def _count(self, keys: np.ndarray) -> np.ndarray:
        counts = np.zeros(len(keys), dtype=np.int64)
        for known, known_counts in self._runs:
            places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            counts += np.where(known[places] == keys, known_counts[places], 0)
        return counts

    def _add(self, keys: np.ndarray, counts: np.ndarray) -> None:
        # Sorted runs are merged when they are of like length, so there are few and each key moves rarely.
        if not len(keys):
            return
        self._runs.append((keys, counts.astype(np.int64)))
        while len(self._runs) > 1 and len(self._runs[-2][0]) <= 2 * len(self._runs[-1][0]):
            (a, n), (b, m) = self._runs.pop(), self._runs.pop()
            merged, inverse = np.unique(np.concatenate([a, b]), return_inverse=True)
            self._runs.append((merged, np.bincount(inverse, np.concatenate([n, m])).astype(np.int64)))
