"""Station: copies and near-copies over the whole dump. Nothing is deleted.

Exact copies have the same words and numbers. Near-copies are found by MinHash: pairs of neighbouring words
are hashed, each text keeps the least hash under `_ROWS * _BANDS` functions, and texts that agree on all rows
of a band are compared word pair by word pair. Every copy is thus compared with its original itself;
similarity is never handed on along a chain.
"""

from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from insight.schema import SCREENED, Table, check

LEAST_SYLLABLES = 6
"""Shorter texts repeat naturally ("ok", "hàng đẹp giao nhanh") and are never called copies."""
LEAST_SYLLABLES_NEAR = 12
"""A shorter text that differs in one word is another text."""
LEAST_SIMILARITY = 0.75
"""Share of word pairs that a near-copy has in common with its original (Jaccard)."""

_BANDS, _ROWS = 10, 4
_MOST_COMPARED = 8
_CHUNK = 50_000
_SEED = 20_011
_NEEDS = Table(
    "screened reviews",
    tuple(column for column in SCREENED.columns if column.name in ("review_id", "clean", "screen")),
)
_Hashes = npt.NDArray[np.uint64]


def find_copies(reviews: pd.DataFrame, *, copies: bool = False, near_copies: bool = False) -> pd.DataFrame:
    """`reviews` with `copy_of` and `copy_kind`; `screen` changes only where it is asked for.

    The original of a group is its earliest review (by date, then by id); reviews that are set aside for
    another reason are neither original nor copy. The result does not depend on the order of the rows.

    Parameters
    ----------
    reviews : DataFrame
        With `review_id`, `clean`, `screen`, and `date` where known.
    copies, near_copies : bool
        Whether a copy or near-copy that is 'kept' becomes 'copy' or 'near_copy' in `screen`.

    Returns
    -------
    DataFrame
        A new table in the same order. `copy_of` is the `review_id` of the original, `copy_kind` is 'copy' or
        'near_copy'; both are empty for every other review.
    """
    check(reviews, _NEEDS)
    order = _by_age(reviews)
    texts = [_words_alone(clean) for clean in reviews["clean"].to_numpy()[order]]
    lengths = np.fromiter((_count_syllables(text) for text in texts), np.int64, len(texts))
    eligible = (reviews["screen"] == "kept").to_numpy()[order] & (lengths >= LEAST_SYLLABLES)
    original = _exact_originals(texts, eligible)
    long = np.flatnonzero(eligible & (original < 0) & (lengths >= LEAST_SYLLABLES_NEAR))
    found = _near_originals([texts[i] for i in long])
    is_near = np.zeros(len(texts), dtype=bool)
    is_near[long[found >= 0]] = True
    original[long[found >= 0]] = long[found[found >= 0]]
    original, is_near = _settle(original, is_near)
    return _write(reviews, order, original, is_near, copies=copies, near_copies=near_copies)


def _words_alone(clean: str) -> str:
    """Keep the words and numbers of a normalised text, without marks and emoji."""
    return " ".join([word for word in clean.split() if word[0].isalnum()])


def _count_syllables(text: str) -> int:
    return sum([word[0].isalpha() for word in text.split()])


def _by_age(reviews: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Positions of the rows, earliest first; without a date last; ties by id."""
    keys = pd.DataFrame({"review_id": reviews["review_id"].to_numpy()})
    keys["date"] = reviews["date"].to_numpy() if "date" in reviews else pd.NaT
    return keys.sort_values(["date", "review_id"], na_position="last", kind="stable").index.to_numpy()


def _exact_originals(texts: list[str], eligible: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Position of the first text that is the same, or -1."""
    original = np.full(len(texts), -1, dtype=np.int64)
    first: dict[str, int] = {}
    for i in np.flatnonzero(eligible).tolist():
        found = first.setdefault(texts[i], i)
        if found != i:
            original[i] = found
    return original


def _near_originals(texts: list[str]) -> npt.NDArray[np.int64]:
    """Position of the first text that shares enough word pairs, or -1."""
    original = np.full(len(texts), -1, dtype=np.int64)
    buckets = _shared_buckets(texts)
    pairs: dict[int, frozenset[int]] = {}
    firsts: dict[int, list[int]] = {}
    for i in np.flatnonzero((buckets >= 0).any(axis=1)).tolist():
        mine = [bucket for bucket in buckets[i].tolist() if bucket >= 0]
        pairs[i] = frozenset(_pair_hashes(texts[i]).tolist())
        candidates = sorted({first for bucket in mine for first in firsts.get(bucket, ())})
        for first in candidates:
            if _similarity(pairs[i], pairs[first]) >= LEAST_SIMILARITY:
                original[i] = first
                del pairs[i]
                break
        else:
            for bucket in mine:
                if len(firsts.setdefault(bucket, [])) < _MOST_COMPARED:
                    firsts[bucket].append(i)
    return original


def _similarity(left: frozenset[int], right: frozenset[int]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def _pair_hashes(text: str) -> _Hashes:
    """Hashes of the neighbouring words of a text; the same in every process."""
    codes = np.array([crc32(word.encode()) for word in text.split()], dtype=np.uint64)
    return _mix(codes[:-1] * np.uint64(0x9E3779B97F4A7C15) + codes[1:])


def _mix(values: _Hashes) -> _Hashes:
    """Spread the bits (splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _shared_buckets(texts: list[str]) -> npt.NDArray[np.int64]:
    """For each text and band, the number of the bucket it shares with another text, or -1."""
    buckets = np.full((len(texts), _BANDS), -1, dtype=np.int64)
    if not texts:
        return buckets
    keys = np.concatenate([_band_keys(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)])
    start = 0
    for band in range(_BANDS):
        _, codes, counts = np.unique(keys[:, band], return_inverse=True, return_counts=True)
        buckets[:, band] = np.where(counts[codes] > 1, codes + start, -1)
        start += len(counts)
    return buckets


def _band_keys(texts: list[str]) -> _Hashes:
    """One key a text and band, mixed from the least hashes of the band's rows."""
    hashed = list(map(_pair_hashes, texts))
    flat = np.concatenate(hashed)
    starts = np.cumsum([0, *map(len, hashed[:-1])])
    salts = np.random.default_rng(_SEED).integers(1, 2**63, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
    keys = np.empty((len(texts), _BANDS), dtype=np.uint64)
    for band in range(_BANDS):
        key = np.zeros(len(texts), dtype=np.uint64)
        for salt in salts[band * _ROWS : (band + 1) * _ROWS]:
            scrambled = flat * salt
            scrambled ^= scrambled >> np.uint64(32)
            key = _mix(key + np.minimum.reduceat(scrambled * salt, starts))
        keys[:, band] = key
    return keys


def _settle(
    original: npt.NDArray[np.int64], is_near: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Make an exact copy of a near-copy a near-copy of that one's original."""
    through = np.where(original >= 0, original[original], -1)
    moved = through >= 0
    return np.where(moved, through, original), is_near | moved


def _write(
    reviews: pd.DataFrame,
    order: npt.NDArray[np.intp],
    original: npt.NDArray[np.int64],
    is_near: npt.NDArray[np.bool_],
    *,
    copies: bool,
    near_copies: bool,
) -> pd.DataFrame:
    ids = reviews["review_id"].to_numpy()
    copy_of = np.full(len(ids), "", dtype=object)
    kind = np.full(len(ids), "", dtype=object)
    is_copy = original >= 0
    copy_of[order[is_copy]] = ids[order[original[is_copy]]]
    kind[order[is_copy]] = np.where(is_near[is_copy], "near_copy", "copy")
    asked = [name for name, on in (("copy", copies), ("near_copy", near_copies)) if on]
    screen = np.where(np.isin(kind, asked), kind, reviews["screen"].to_numpy(dtype=object))
    return reviews.assign(
        screen=pd.array(screen, dtype="str"),
        copy_of=pd.array(copy_of, dtype="str"),
        copy_kind=pd.array(kind, dtype="str"),
    )
