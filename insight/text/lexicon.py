"""Lexicons of our own: phrases with a polarity, found in the normal forms of a reading."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs

NEGATORS = frozenset(
    ("không", "chẳng", "chả", "chưa", "đừng", "đâu", "khỏi", "chớ", "khong", "chang", "chua")
)
"""Syllables that turn the polarity of what follows within `NEGATOR_REACH` syllables."""

NEGATOR_REACH = 3
_POLARITY = {"1": 1, "0": 0, "-1": -1}


@cache
def sentiment_lexicon() -> dict[str, int]:
    """Phrase -> polarity: 1 praise, 0 faint praise, -1 complaint."""
    return {phrase: _POLARITY[value] for phrase, value in read_pairs("sentiment.tsv")}


@cache
def stripped_lexicon() -> dict[str, int]:
    """Phrase without diacritics -> polarity, where all phrases written so agree."""
    polarities: dict[str, set[int]] = {}
    for phrase, polarity in sentiment_lexicon().items():
        polarities.setdefault(strip_diacritics(phrase), set()).add(polarity)
    return {phrase: found.pop() for phrase, found in polarities.items() if len(found) == 1}


class _Phrases(NamedTuple):
    """Phrases that begin with one syllable.

    Attributes
    ----------
    alone : int or None
        Polarity of the syllable by itself.
    seconds : frozenset of str
        Syllables that the longer phrases go on with.
    lengths : tuple of int
        Lengths of the longer phrases, longest first.
    """

    alone: int | None
    seconds: frozenset[str]
    lengths: tuple[int, ...]


@cache
def _by_first(*, stripped: bool) -> dict[str, _Phrases]:
    """First syllable -> the phrases that begin with it."""
    lexicon = stripped_lexicon() if stripped else sentiment_lexicon()
    longer: dict[str, list[list[str]]] = {}
    for phrase in lexicon:
        first, *others = phrase.split(" ")
        longer.setdefault(first, []).extend([others] if others else [])
    return {
        first: _Phrases(
            lexicon.get(first),
            frozenset(others[0] for others in found),
            tuple(sorted({len(others) + 1 for others in found}, reverse=True)),
        )
        for first, found in longer.items()
    }


def find_verdicts(syllables: Sequence[str]) -> list[tuple[int, str, int]]:
    """Phrases of the sentiment lexicon in `syllables`, longest first, without overlap.

    Syllables that are ASCII throughout are compared with the lexicon without its diacritics.

    Returns
    -------
    list of (int, str, int)
        Index of the first syllable, phrase, and polarity turned by a negator shortly before it.
    """
    stripped = all(map(str.isascii, syllables))
    lexicon = stripped_lexicon() if stripped else sentiment_lexicon()
    found: list[tuple[int, str, int]] = []
    free, n = 0, len(syllables)
    for i, phrases in enumerate(map(_by_first(stripped=stripped).get, syllables)):
        if phrases is None or i < free:
            continue
        polarity, seconds, lengths = phrases
        end = after = i + 1
        # A chat spelling written out is one piece of several syllables ("bình thường").
        if after < n and (syllables[after] in seconds or " " in syllables[after]):
            for length in lengths:
                longer = lexicon.get(" ".join(syllables[i : i + length]))
                if longer is not None:
                    polarity, end = longer, i + length
                    break
        if polarity is not None:
            free = end
            phrase = " ".join(syllables[i:end])
            found.append((i, phrase, -polarity if _is_negated(syllables, i) else polarity))
    return found


def _is_negated(syllables: Sequence[str], i: int) -> bool:
    return not NEGATORS.isdisjoint(syllables[max(0, i - NEGATOR_REACH) : i])
