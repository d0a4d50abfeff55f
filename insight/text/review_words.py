"""Does a text speak of goods or services at all? News, lessons, poems, songs and prayers do not."""

from functools import cache

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs
from insight.text.lexicon import find_verdicts
from insight.text.spelling import ACCENTED, Spelling

_LONG_TEXT = 20
"""Shorter texts are given the benefit of the doubt."""
_ACCENTED_SHARE = 0.5
_REVIEW_SHARE = 0.2
_ELSEWHERE_WEIGHT = 1.5
_MARGIN = 0.02
_VERDICT_SHARE = 0.08


def is_off_topic(text: Spelling) -> bool:
    """Whether a longer text speaks of no goods and no service.

    The share of syllables that belong to reviews (`review_words.tsv`), less one and a half times the share of
    those that belong elsewhere (`elsewhere.tsv`), must be next to nothing, verdicts must be rare, and no
    anchor ("shop", "app") may occur.

    Examples
    --------
    >>> from insight.text.spelling import spell
    >>> is_off_topic(spell("Áo đẹp", "áo đẹp"))
    False
    """
    if text.n_words < _LONG_TEXT or not _anchors().isdisjoint(text.distinct):
        return False
    stripped = text.kinds.count(ACCENTED) < _ACCENTED_SHARE * text.n_words
    known = sum(map(review_words(stripped=stripped).__contains__, text.forms))
    if known >= _REVIEW_SHARE * text.n_words:
        return False
    elsewhere = sum(map(_elsewhere(stripped=stripped).__contains__, text.forms))
    if known - _ELSEWHERE_WEIGHT * elsewhere >= _MARGIN * text.n_words:
        return False
    return len(find_verdicts(text.forms)) < _VERDICT_SHARE * text.n_words


@cache
def review_words(*, stripped: bool) -> frozenset[str]:
    """Syllables of talk about goods and services; `stripped` adds their forms without diacritics."""
    return _listed("review_words.tsv", stripped=stripped)


@cache
def function_words() -> frozenset[str]:
    """Syllables that carry no content."""
    return _listed("function_words.tsv", stripped=False)


@cache
def _anchors() -> frozenset[str]:
    return frozenset(word for word, role in read_pairs("review_words.tsv") if role == "anchor")


@cache
def _elsewhere(*, stripped: bool) -> frozenset[str]:
    return _listed("elsewhere.tsv", stripped=stripped)


def _listed(name: str, *, stripped: bool) -> frozenset[str]:
    words = frozenset(word for word, _ in read_pairs(name))
    return words | frozenset(map(strip_diacritics, words)) if stripped else words
