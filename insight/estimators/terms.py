"""Name a theme: the phrase its customers used that says most of what sets it apart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from insight.estimators.threads import one_thread
from insight.text.function_words import function_words, opening_phrases, thing_words, word_roles
from insight.text.lexicon import NEGATORS, find_verdicts

Runs = list[list[str]]
"""A clause as its stretches between pauses, each a list of words."""

Meaning = frozenset[str]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]

_LONGEST = 5
"""Syllables of a phrase."""

_CANDIDATES = 250
_MOST, _SOME = 0.6, 0.15
_WORTH = 0.05
"""Share of a theme that its second term must add to stand in the name."""
_VERDICT, _THING = 1.6, 0.4
"""Worth of a phrase with a verdict that fits the side, and of one that only names the thing reviewed."""

_TWO_MATTERS = 0.5
"""Worth of a phrase with two verdicts: "nhanh đóng gói cẩn thận" runs from one matter into the next."""

_SPEAKERS = 3
"""Different clauses of a large theme that must hold a phrase, lest one customer's words name it."""

_PLACEHOLDERS = frozenset(("link", "url", "http", "https", "www", "href", "nbsp", "quot", "amp"))
"""What stands for something that a reader of the dump cannot see."""

_UNREAL = frozenset(("như", "giống", "tưởng", "nếu", "giả", "sợ", "lo", "ngại", "kẻo"))
"""Behind these a negation tells of what is not so: "cảm giác như không dùng son" is no complaint."""

_DEEDS = frozenset(("dùng", "xài", "sài", "sử", "mua", "đặt", "đánh", "thoa", "bôi"))
"""Not doing these is no praise by itself."""

_LENGTH = {1: 0.65, 2: 1.0, 3: 1.15, 4: 1.2, 5: 1.1}
_POLARITY = {"negative": -1, "neutral": 0, "positive": 1}


class Theme(NamedTuple):
    """What a name is made from: words, mentions and place of each clause of one theme."""

    clauses: Sequence[Runs]
    weights: NDArray[np.float64]
    center: NDArray[np.float32]
    side: str
    group: str


class Named(NamedTuple):
    """Name of a theme, and its leading terms, best first; the name is made of the first one or two."""

    name: str
    terms: list[str]


class _Phrase(NamedTuple):
    clauses: int
    """Different clauses that hold it."""
    mentions: float
    begins: float
    """Of these mentions, those in which nothing that belongs to the phrase stands before it."""
    ends: float


@one_thread
def name_themes(themes: Sequence[Theme], embed: Embed, *, n_terms: int = 5) -> list[Named]:
    """Name each theme in the light of all.

    Candidates are runs of whole words, of at most five syllables, that customers wrote between two pauses.
    Those that mean the same ("giao nhanh", "giao cũng rất nhanh") are one candidate, shown as most wrote it.
    A candidate's score is the product of

    - its class-based TF-IDF (Grootendorst 2022) among the themes of the same group: the share of the theme's
      mentions that hold its words, times ``log(1 + A / (f + A / 4))``, where A is the mean number of mentions
      of a theme and f the mentions of the group that hold the phrase. The quarter keeps words that one
      customer used from beating those of a hundred;
    - the cosine of its vector to the theme's centre;
    - its completeness: how often those who used its words wrote them in one go, and how often it stands by
      itself, with a pause or a function word on either side, so that "giao hàng" loses to "giao hàng chậm"
      where customers seldom stop after the former;
    - its shape: two to four syllables, no function word at its ends, a verdict that fits the side.

    Further terms are those that add most mentions not covered by the ones before. Where the first covers less
    than a third of the theme, the name joins the first two.

    Parameters
    ----------
    themes : sequence of Theme
        All themes of the dump. Those of equal `group` (touchpoint and side) are told apart from each other.
    embed : callable
        Phrases to vectors of length one, in the space of the centres.
    n_terms : int
        Most terms of a theme.

    Returns
    -------
    list of Named
        Names in lower case, not yet unique.
    """
    phrases = [_count(theme) for theme in themes]
    overall: defaultdict[str, defaultdict[Meaning, float]] = defaultdict(lambda: defaultdict(float))
    sizes: defaultdict[str, list[float]] = defaultdict(list)
    for theme, counted in zip(themes, phrases, strict=True):
        sizes[theme.group].append(float(theme.weights.sum()))
        for phrase, counts in counted.items():
            overall[theme.group][_meaning(phrase)] += counts.mentions
    return [
        _name(t, c, overall[t.group], sum(sizes[t.group]) / len(sizes[t.group]), embed, n_terms)
        for t, c in zip(themes, phrases, strict=True)
    ]


def _name(
    theme: Theme,
    counted: dict[str, _Phrase],
    overall: Mapping[Meaning, float],
    average: float,
    embed: Embed,
    n_terms: int,
) -> Named:
    candidates = _candidates(counted)
    if not candidates:
        plain = [phrase for phrase in counted if _PLACEHOLDERS.isdisjoint(phrase.split())]
        fallback = max(plain, key=lambda p: (counted[p].mentions, p), default="")
        return Named(fallback, [fallback] if fallback else [])
    meanings = [_meaning(p) for p in candidates]
    holds = _coverage(theme, meanings)
    cosine = np.maximum(embed(candidates) @ theme.center, 0.01)
    rarity = np.array([math.log1p(average / (overall[m] + average / 4)) for m in meanings])
    form = np.array([_completeness(counted[p]) * _shape(p, theme.side) for p in candidates])
    said_so = np.array([counted[p].mentions for p in candidates]) / np.maximum(holds @ theme.weights, 1)
    # The powers were set by reading names, not by a measure.
    merit = rarity**0.5 * cosine * form * np.minimum(said_so, 1) ** 0.25
    left = theme.weights.astype("float64")
    terms: list[int] = []
    gains: list[float] = []
    while len(terms) < n_terms:
        gain = holds @ left / theme.weights.sum()
        best = int((gain**0.75 * merit).argmax())
        if gain[best] * merit[best] <= 0 or (terms and gain[best] < 0.02):
            break
        terms.append(best)
        gains.append(float(gain[best]))
        left[holds[best]] = 0
        merit = merit * np.array([_apart(m, meanings[best]) for m in meanings])
    said = [_completed(candidates[row], counted) for row in terms]
    joined = (
        len(said) > 1
        and gains[0] < 1 / 3
        and gains[1] > max(_WORTH, gains[0] / 3)
        and _says_something(said[1])
    )
    return Named(", ".join(said[:2]) if joined else said[0], said)


def _completed(phrase: str, counted: dict[str, _Phrase]) -> str:
    """Return the longest phrase around one that most customers who said it wrote: "tuyệt" is "tuyệt vời"."""
    longer = [
        other
        for other, counts in counted.items()
        if f" {phrase} " in f" {other} "
        and other != phrase
        and counts.mentions >= (_SOME if other == f"{phrase} được" else _MOST) * counted[phrase].mentions
        and may_name(other)
        and len(find_verdicts(other.split())) < 2
    ]
    return max(longer, key=lambda other: (other.count(" "), counted[other].mentions, other), default=phrase)


def _meaning(phrase: str) -> Meaning:
    """Syllables of a phrase that carry its theme, without order."""
    syllables = phrase.split()
    full = [s for s in syllables if s not in function_words()]
    bare = [s for s in full if s not in thing_words()]
    return frozenset(bare or full or syllables)


def _candidates(counted: dict[str, _Phrase]) -> list[str]:
    """Phrases that may name, one for each meaning, most mentions first."""
    shown: dict[Meaning, tuple[float, str]] = {}
    for phrase, counts in counted.items():
        if may_name(phrase):
            offer = (counts.mentions * _completeness(counts) * _plainness(phrase), phrase)
            meaning = _meaning(phrase)
            shown[meaning] = max(shown.get(meaning, offer), offer)
    ranked = sorted(shown.values(), key=lambda offer: (-offer[0], offer[1]))
    return [phrase for _, phrase in ranked[:_CANDIDATES]]


def _count(theme: Theme) -> dict[str, _Phrase]:
    silent = function_words()
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0])
    for runs, weight in zip(theme.clauses, theme.weights.tolist(), strict=True):
        seen: set[str] = set()
        for run in runs:
            for first, last, phrase in _phrases(run):
                if phrase in seen:
                    continue
                seen.add(phrase)
                entry = sums[phrase]
                entry[0] += 1
                entry[1] += weight
                entry[2] += weight * (first == 0 or run[first - 1] in silent)
                entry[3] += weight * (last == len(run) or run[last] in silent)
    least = min(_SPEAKERS, 1 + len(theme.clauses) // 20)
    often = {phrase: entry for phrase, entry in sums.items() if entry[0] >= least}
    return {phrase: _Phrase(int(entry[0]), *entry[1:]) for phrase, entry in (often or sums).items()}


def _phrases(words: Sequence[str]) -> list[tuple[int, int, str]]:
    found = []
    for first in range(len(words)):
        if first and words[first].split()[0] in NEGATORS and words[first - 1].split()[-1] in _UNREAL:
            continue
        size = 0
        for last in range(first, len(words)):
            size += words[last].count(" ") + 1
            if size > _LONGEST:
                break
            found.append((first, last + 1, " ".join(words[first : last + 1])))
    return found


def may_name(phrase: str) -> bool:
    """Whether the shape of `phrase` allows it in a name."""
    syllables = phrase.split()
    known = word_roles()
    roles = [known.get(syllable, "") for syllable in syllables]
    if "all" in roles or roles[0] in ("first", "edge", "degree") or roles[-1] in ("last", "edge", "degree"):
        return False
    if len(set(syllables)) < len(syllables) or not all(s.isalpha() for s in syllables):
        return False
    if not _PLACEHOLDERS.isdisjoint(syllables) or f"{phrase} ".startswith(opening_phrases()):
        return False
    return any(len(s) > 1 for s in syllables)


def _coverage(theme: Theme, meanings: Sequence[Meaning]) -> NDArray[np.bool_]:
    """Which clauses hold all syllables of a meaning, shape (n_meanings, n_clauses)."""
    where: defaultdict[str, set[int]] = defaultdict(set)
    for i, runs in enumerate(theme.clauses):
        for run in runs:
            for word in run:
                for syllable in word.split():
                    where[syllable].add(i)
    holds = np.zeros((len(meanings), len(theme.clauses)), dtype=bool)
    for row, meaning in zip(holds, meanings, strict=True):
        row[sorted(set.intersection(*(where[s] for s in meaning)))] = True
    return holds


def _completeness(phrase: _Phrase) -> float:
    # Shrunk towards one half: a phrase seen once is neither complete nor cut.
    begins = (phrase.begins + 1) / (phrase.mentions + 2)
    ends = (phrase.ends + 1) / (phrase.mentions + 2)
    return begins * ends


def _shape(phrase: str, side: str) -> float:
    syllables = phrase.split()
    wanted = _POLARITY[side]
    verdicts = [polarity for _, _, polarity in find_verdicts(syllables)]
    fit = 1.0
    if wanted and any(verdicts):
        fit = _VERDICT if verdicts[-1] * wanted > 0 else 0.6
    elif wanted and any(s in NEGATORS for s in syllables):
        undone = any(a in NEGATORS and b in _DEEDS for a, b in pairwise(syllables))
        fit = _VERDICT if wanted < 0 else 0.2 if undone else 0.6
    if _meaning(phrase) <= thing_words():
        fit *= _THING
    if len(verdicts) > 1:
        fit *= _TWO_MATTERS
    return fit * _plainness(phrase)


def _plainness(phrase: str) -> float:
    """More for a phrase of readable length, less for every function word in it."""
    syllables = phrase.split()
    silent = sum(s in function_words() and word_roles()[s] != "degree" for s in syllables)
    return _LENGTH[len(syllables)] * 0.65**silent


def _says_something(phrase: str) -> bool:
    """Whether a phrase judges or denies something, or is long enough to be more than a noun."""
    syllables = phrase.split()
    return len(syllables) > 2 or bool(find_verdicts(syllables)) or not NEGATORS.isdisjoint(syllables)


def _apart(meaning: Meaning, chosen: Meaning) -> float:
    """Less for a meaning that repeats one already chosen; nothing where it is mostly that one."""
    shared = len(meaning & chosen) / min(len(meaning), len(chosen))
    return 0.0 if shared > 0.6 else 1 - shared
