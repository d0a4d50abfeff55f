"""Lexicons of our own: phrases with a polarity, found in the normal forms of a reading."""

from collections.abc import Sequence
from functools import cache

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs

NEGATORS = frozenset(
    ("không", "chẳng", "chả", "chưa", "đừng", "đâu", "khỏi", "chớ", "khong", "chang", "chua")
)
"""Syllables that turn the polarity of what follows within `_REACH` syllables."""

_REACH = 3
_POLARITY = {"1": 1, "0": 0, "-1": -1}


@cache
def sentiment_lexicon() -> dict[str, int]:
    """Phrase -> polarity: 1 praise, 0 faint praise, -1 complaint."""
    return {phrase: _POLARITY[value] for phrase, value in read_pairs("sentiment.tsv")}


@cache
def _stripped_lexicon() -> dict[str, int]:
    """Phrase without diacritics -> polarity, where all phrases written so agree."""
    polarities: dict[str, set[int]] = {}
    for phrase, polarity in sentiment_lexicon().items():
        polarities.setdefault(strip_diacritics(phrase), set()).add(polarity)
    return {phrase: found.pop() for phrase, found in polarities.items() if len(found) == 1}


@cache
def _lengths(*, stripped: bool) -> dict[str, tuple[int, ...]]:
    """First syllable -> lengths of the phrases that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for phrase in _stripped_lexicon() if stripped else sentiment_lexicon():
        lengths.setdefault(phrase.split(" ", 1)[0], set()).add(phrase.count(" ") + 1)
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def find_verdicts(syllables: Sequence[str]) -> list[tuple[int, str, int]]:
    """Phrases of the sentiment lexicon in `syllables`, longest first, without overlap.

    Syllables that are ASCII throughout are compared with the lexicon without its diacritics.

    Returns
    -------
    list of (int, str, int)
        Index of the first syllable, phrase, and polarity turned by a negator shortly before it.
    """
    stripped = all(map(str.isascii, syllables))
    lexicon, lengths = _stripped_lexicon() if stripped else sentiment_lexicon(), _lengths(stripped=stripped)
    found: list[tuple[int, str, int]] = []
    i = 0
    while i < len(syllables):
        step = 1
        for length in lengths.get(syllables[i], ()):
            phrase = " ".join(syllables[i : i + length]) if length > 1 else syllables[i]
            polarity = lexicon.get(phrase)
            if polarity is not None:
                found.append((i, phrase, -polarity if _is_negated(syllables, i) else polarity))
                step = length
                break
        i += step
    return found


def _is_negated(syllables: Sequence[str], i: int) -> bool:
    return any(syllable in NEGATORS for syllable in syllables[max(0, i - _REACH) : i])
