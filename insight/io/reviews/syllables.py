"""Does a word look Vietnamese? The judge between encodings, and between columns of text and of codes."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_NOT_A_LETTER = re.compile(r"[\x00-\x40\x5b-\x60\x7b-\x7f\s]+")
_SYLLABLE = re.compile(
    "(?:ngh?|nh|ch|tr|th|ph|kh|gh|gi|qu|[bcdđghklmnprstvx])?"
    "(?:iêu|yêu|oai|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi"
    "|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    "(?:ch|ng|nh|[cmnpt])?"
)


@cache
def is_syllable(word: str) -> bool:
    """Whether `word` is built like a Vietnamese syllable with at most one tone."""
    apart = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONES.subn("", apart)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def marked_words(texts: Iterable[str], most: int = 2_000) -> list[str]:
    """First `most` words that are written with more than ASCII letters."""
    words: list[str] = []
    for text in texts:
        if not text.isascii():
            words.extend(word for word in _NOT_A_LETTER.split(text) if not word.isascii())
        if len(words) >= most:
            break
    return words[:most]


def vietnamese_share(words: list[str]) -> float:
    """Share of `words` built like a Vietnamese syllable; 0 without a word."""
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
