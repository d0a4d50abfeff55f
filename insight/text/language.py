"""Is it Vietnamese? Packaged detectors fail on text without diacritics, so the spelling decides."""

from insight.text.diacritics import has_diacritics
from insight.text.syllables import is_stripped_syllable, is_syllable

_MIN_WORDS = 4
"""Shorter texts ("ok", "good", "nice shop") are taken as they are."""
_MIN_ACCENTED = 0.12
_MIN_LEGAL = 0.6
_FOREIGN_LETTERS = 0.3


def is_vietnamese(clean: str) -> bool:
    """Whether `clean` (normal forms joined by spaces) reads as Vietnamese, with or without diacritics.

    A text is Vietnamese when enough of its words carry Vietnamese letters and are legal syllables, or,
    without any diacritics, when most of its words could be syllables that lost theirs. Texts of fewer
    than four words pass, unless they are written in another script.

    Examples
    --------
    >>> is_vietnamese("hàng giao nhanh lắm"), is_vietnamese("hang giao nhanh lam nha shop")
    (True, True)
    >>> is_vietnamese("this product is really good and works fine")
    False
    """
    words = [word for word in clean.split() if word[0].isalpha()]
    if not words:
        return True
    letters = "".join(words)
    other_script = sum(ord(letter) > 0x1EFF for letter in letters)
    if other_script > _FOREIGN_LETTERS * len(letters):
        return False
    if len(words) < _MIN_WORDS:
        return True
    accented = sum(has_diacritics(word) and is_syllable(word) for word in words)
    if accented >= _MIN_ACCENTED * len(words):
        return True
    legal = sum(is_syllable(word) or is_stripped_syllable(word) for word in words)
    return legal >= _MIN_LEGAL * len(words)
