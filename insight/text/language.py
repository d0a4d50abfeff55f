"""Is it Vietnamese? Packaged detectors fail on text without diacritics, so the spelling decides."""

from insight.text.spelling import ACCENTED, LAST_LATIN, OTHER, PLAIN, SCRIPT, Spelling, spell

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
    return not is_foreign(spell("", clean))


def is_foreign(text: Spelling) -> bool:
    """Whether a text is written in another language; see `is_vietnamese`."""
    if SCRIPT in text.kinds and _is_other_script(text):
        return True
    if text.n_words < _MIN_WORDS:
        return False
    accented = text.kinds.count(ACCENTED)
    if accented >= _MIN_ACCENTED * text.n_words:
        return False
    return accented + text.kinds.count(PLAIN) < _MIN_LEGAL * text.n_words


def _is_other_script(text: Spelling) -> bool:
    forms = zip(text.forms, text.kinds, strict=True)
    letters = "".join(form for form, kind in forms if kind != OTHER)
    return sum(letter > LAST_LATIN for letter in letters) > _FOREIGN_LETTERS * len(letters)
