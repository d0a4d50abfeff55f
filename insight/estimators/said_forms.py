"""The different forms of a dump's mentions, without holding a million strings."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_PIECE = 50_000
"""Forms that are Python strings at once."""


class SaidForms:
    """Number of the form of each mention, the same whatever the order of mentions.

    Forms are told apart by 64 bits of BLAKE2 (two of a million fall together once in 37 million dumps); their
    texts stay in Arrow and are read when asked for.

    Parameters
    ----------
    forms : Array or ChunkedArray of str
        One entry a mention.

    Attributes
    ----------
    number : ndarray of int32, shape (n_mentions,)
        Form of each mention.
    counts : ndarray of int64, shape (n_forms,)
        Mentions of each form.
    """

    def __init__(self, forms: pa.Array | pa.ChunkedArray) -> None:
        self._forms = forms if isinstance(forms, pa.ChunkedArray) else pa.chunked_array([forms])
        _, first, number, counts = np.unique(
            _hashes(self._forms), return_index=True, return_inverse=True, return_counts=True
        )
        self._first = first
        self.number: NDArray[np.int32] = number.astype(np.int32)
        self.counts: NDArray[np.int64] = counts

    def __len__(self) -> int:
        return len(self.counts)

    def texts(self, numbers: NDArray[np.integer]) -> list[str]:
        """Texts of these forms, in their order."""
        rows, place = np.unique(self._first[numbers], return_inverse=True)
        wanted = np.zeros(len(self._forms), dtype=bool)
        wanted[rows] = True
        # `filter` keeps the chunks as they are, where `take` would copy them all into one.
        found = self._forms.filter(pa.array(wanted)).to_pylist()
        return [found[i] for i in place.tolist()]

    def n_words(self) -> NDArray[np.int64]:
        """Words and pauses of each form, shape (n_forms,)."""
        spaces = pc.count_substring(self._forms, " ").to_numpy()
        words: NDArray[np.int64] = spaces[self._first].astype(np.int64) + 1
        return words


def _hashes(forms: pa.ChunkedArray) -> NDArray[np.uint64]:
    pieces = (forms.slice(start, _PIECE).to_pylist() for start in range(0, len(forms), _PIECE))
    digests = b"".join(digest(form) for piece in pieces for form in piece)
    return np.frombuffer(digests, dtype=np.uint64)


def digest(form: str) -> bytes:
    """Eight bytes that stand for `form`."""
    return blake2b(form.encode(), digest_size=8).digest()
