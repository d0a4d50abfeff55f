"""Text that only fills the form: mash, repetition, and notes that it is written for coins."""

import re
from collections.abc import Sequence
from functools import cache
from operator import eq

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs
from insight.text.lexicon import find_verdicts
from insight.text.review_words import function_words, review_words
from insight.text.spelling import ACCENTED, LOAN, MASH, PLAIN, SCRIPT, Spelling

_MASH_SHARE = 0.5
_PADDED_SHARE = 0.3
_STRETCHED = re.compile(r"([^\W\d_])\1{9,}", re.IGNORECASE)
_LONG_PIECE = re.compile(r"\S{10}")
_SHORTEST_STRETCH = 9
_MANY_MARKS = 15
_REPEATED_WORDS = 8
_DISTINCT_SHARE = 0.25
_FEW_WORDS = 2
_COIN_SYLLABLES = frozenset(("xu", "coin", "coins", "hoạ", "tự", "liên"))
_COIN_NOTE = re.compile(r"\b(?:xu|coins?|minh hoạ|k[ýí] tự|(?:hình|ảnh|video|vid)\b.*\bliên quan)\b")
_COINS_MISSED = re.compile(r"\b(?:không|chưa|mất|thiếu|trừ|hụt)(?: \w+){0,2} (?:xu|coins?)\b")
_COIN_SPARE = 2
_THINGS = 3


def is_filler(text: Spelling) -> bool:
    """Whether the text only fills the form. One that also judges something, however briefly, is no filler.

    Only one or two words repeated over and over are filler whatever they say.

    Examples
    --------
    >>> from insight.text.spelling import spell
    >>> is_filler(spell("", "hdjskxnbd jdkxnsb")), is_filler(spell("", "áo đẹp hdjskxnbdjdkxnsb"))
    (True, False)
    """
    if not text.n_words:
        return len(text.raw) >= _MANY_MARKS
    if MASH in text.kinds or len(text.raw) > len(text.clean) + _SHORTEST_STRETCH:
        letters, padding = _padding(text)
        if padding >= _MASH_SHARE * letters and not _judges(text):
            return True
    if len(text.distinct) <= text.n_words / 2 and _is_repetition(text):
        return _count_distinct(text) <= _FEW_WORDS or not _judges(text)
    return not _COIN_SYLLABLES.isdisjoint(text.distinct) and _is_coin_note(text)


def is_padded(text: Spelling) -> bool:
    """Whether a text, though it may judge something, was stretched by mash or repetition to earn coins.

    Examples
    --------
    >>> from insight.text.spelling import spell
    >>> is_padded(spell("", "áo đẹp hdjskxnbdjdkxnsb")), is_padded(spell("", "áo đẹp lắm nha"))
    (True, False)
    """
    again = _letters_said_again(text.forms)
    if again or MASH in text.kinds or _has_stretch(text.raw):
        letters, padding = _padding(text)
        if padding + again >= _PADDED_SHARE * max(1, letters):
            return True
    return _is_repetition(text)


def _has_stretch(raw: str) -> bool:
    # Few texts hold a piece so long, and that is sooner seen.
    return _LONG_PIECE.search(raw) is not None and _STRETCHED.search(raw) is not None


def _letters_said_again(forms: Sequence[str]) -> int:
    """Letters of the words that stand behind themselves."""
    following = forms[1:]
    if not any(map(eq, forms, following)):
        return 0
    return sum(len(b) for a, b in zip(forms, following, strict=False) if a == b and a.isalpha())


def _padding(text: Spelling) -> tuple[int, int]:
    """Letters of the text, and how many of them are mash or stretches of one letter."""
    mash = sum(map(len, text.of_kind(MASH)))
    readable = sum(map(len, text.of_kind(ACCENTED, PLAIN, LOAN, SCRIPT)))
    stretched = sum(match.end() - match.start() - 1 for match in _STRETCHED.finditer(text.raw))
    return readable + mash + stretched, mash + stretched


def _is_repetition(text: Spelling) -> bool:
    few = _DISTINCT_SHARE * text.n_words
    n_marks = len(text.kinds) - text.n_words
    # Even if all marks differed, most texts have too many different words.
    if text.n_words < _REPEATED_WORDS or len(text.distinct) - n_marks > few:
        return False
    return _count_distinct(text) <= few


def _count_distinct(text: Spelling) -> int:
    return len(set(text.of_kind(ACCENTED, PLAIN, LOAN, SCRIPT, MASH)))


def _is_coin_note(text: Spelling) -> bool:
    """Whether little is left beside words about coins, pictures and forms, and that judges nothing."""
    if not _COIN_NOTE.search(text.clean) or _COINS_MISSED.search(text.clean):
        return False
    said = _coin_words() | function_words()
    left = sum(word not in said for word in text.of_kind(ACCENTED, PLAIN, LOAN))
    return left <= _COIN_SPARE and not _judges(text)


def _judges(text: Spelling) -> bool:
    """Whether anything but mash and coin words holds a verdict, or names things that reviews are about."""
    said = [word for word in text.of_kind(ACCENTED, PLAIN, LOAN) if word not in _coin_words()]
    if find_verdicts(said) or find_verdicts(list(map(strip_diacritics, said))):
        return True
    return len(review_words(stripped=False).intersection(said)) >= _THINGS


@cache
def _coin_words() -> frozenset[str]:
    return frozenset(word for phrase, _ in read_pairs("coins.tsv") for word in phrase.split())
