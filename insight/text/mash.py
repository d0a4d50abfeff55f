"""Keyboard mash: strings of letters that no language writes."""

import re
from itertools import pairwise

from insight.text.diacritics import strip_diacritics
from insight.text.syllables import is_stripped_syllable

_VOWELS = frozenset("aeiouy")
_RUN = re.compile(r"[^aeiouy]{5,}")
_LAUGHTER = re.compile(r"[hkj]*(?:[aeiouy]+[hkj]*)+|[hk]+|(?:lo)+l*")
_ROWS = tuple(
    row[i : i + 5]
    for line in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
    for row in (line, line[::-1])
    for i in range(len(row) - 4)
)
_FOLLOWERS = {
    "b": "bhjlrst", "c": "chklmnrst", "d": "dlmnrsv", "f": "flrst", "g": "ghlmnrst", "h": "bcdhklmnstv",
    "k": "fhlns", "l": "bcdfgklmnpstv", "m": "bcklmnpstvx", "n": "bcdfghjklmnpqrstvxz", "p": "bchlprst",
    "r": "bcdfgklmnprstvw", "s": "bcdfhklmnpstw", "t": "bcfhklmnprstw", "v": "s", "w": "hlnrs", "x": "cpt",
    "z": "z",
}  # fmt: skip
"""Consonant -> consonants that may stand behind it, in Vietnamese, in English or where two syllables meet."""
_PAIRS = frozenset(first + second for first, seconds in _FOLLOWERS.items() for second in seconds)
_MIN_LENGTH = 4
_SURE_LENGTH = 5


def is_mash(word: str) -> bool:
    """Whether `word`, in lower case, is keyboard mash rather than a word, an abbreviation or laughter.

    A word of five letters or more is mash when no vowel stands in it, when five consonants or five
    neighbouring keys follow each other, or when two pairs of consonants occur in no Vietnamese or
    English word and it is not made of syllables written together.

    Examples
    --------
    >>> is_mash("jdkskxnsb"), is_mash("sanphamdep"), is_mash("shipper"), is_mash("hahaha")
    (True, False, False, False)
    """
    if len(word) < _MIN_LENGTH:
        return False
    bare = strip_diacritics(word)
    if _LAUGHTER.fullmatch(bare):
        return False
    odd = _odd_pairs(bare)
    if len(bare) < _SURE_LENGTH:
        return odd >= 2
    if not _VOWELS & set(bare):
        return odd > 0
    if any(row in bare for row in _ROWS):
        return True
    if odd < 2 and not (_RUN.search(bare) and odd):
        return False
    return not _is_joined(bare)


def _odd_pairs(bare: str) -> int:
    return sum(a not in _VOWELS and b not in _VOWELS and a + b not in _PAIRS for a, b in pairwise(bare))


def _is_joined(bare: str) -> bool:
    """Whether `bare` falls into syllables of two letters or more, as in `sanphamdep`."""
    reached = {0}
    for end in range(2, len(bare) + 1):
        starts = range(max(0, end - 7), end - 1)
        if any(start in reached and is_stripped_syllable(bare[start:end]) for start in starts):
            reached.add(end)
    return len(bare) in reached
