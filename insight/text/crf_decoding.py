"""Which syllables begin a word: the margins of a batch of texts, and the best labels for all at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insight.text.crf_tables import AFTER, BEFORE, CrfTables, Floats, Integers, SpanTable, span_keys

Flags = NDArray[np.bool_]

OUTSIDE_BEFORE, OUTSIDE_AFTER = 0, 1
"""Syllable numbers of what stands before and after a text; the model looks two syllables far."""

_NEAR_TIE = 1e-6
"""Sums of some forty weights differ by 1e-13 with their order; scores this near to a tie are very rare."""

_SIGNED_DIGITS = re.compile(r"([+-]?)(?=[0-9])0*([0-9]*)")


class SyllableTable(dict[str, int]):
    """Numbers the syllables seen so far and keeps what the model needs to know of each.

    Parameters
    ----------
    tables : CrfTables
        The model.
    is_title : callable
        Whether a character counts as upper-case to the model.
    """

    def __init__(self, tables: CrfTables, is_title: Callable[[str], bool]) -> None:
        super().__init__()
        self._tables, self._is_title = tables, is_title
        self.names = ["", ""]
        self.exact, self.lower = np.zeros(1024, dtype=np.int64), np.zeros(1024, dtype=np.int64)
        self.titled = np.zeros(1024, dtype=np.bool_)
        self.margins = np.zeros((1024, 5))
        self.margins[[OUTSIDE_BEFORE, OUTSIDE_AFTER]] = tables.outside
        self._fresh: list[tuple[int, int, bool, bool]] = []

    def __missing__(self, syllable: str) -> int:
        find = self._tables.vocabulary.get
        title = self._is_title(syllable[0])
        self._fresh.append((find(syllable, 0), find(syllable.lower(), 0), is_small_integer(syllable), title))
        self.names.append(syllable)
        number = self[syllable] = len(self.names) - 1
        return number

    def settle(self) -> None:
        """Write what is known of the syllables added since the last call into the arrays."""
        if not self._fresh:
            return
        stop = len(self.names)
        while len(self.exact) < stop:
            self.exact, self.lower, self.titled, self.margins = (
                np.concatenate([held, np.zeros_like(held)])
                for held in (self.exact, self.lower, self.titled, self.margins)
            )
        exact, lower, digit, title = np.array(self._fresh, dtype=np.int64).T
        new = slice(stop - len(self._fresh), stop)
        self.exact[new], self.lower[new], self.titled[new] = exact, lower, title
        self.margins[new] = self._tables.exact[exact] + self._tables.lower[lower]
        self.margins[new] += self._tables.digit[digit] + self._tables.title[title]
        self._fresh.clear()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on the syllables of a batch, laid end to end.

    `begins` says which begin a word; `doubtful` are the positions of those whose label was a near-tie.
    """

    begins: Flags
    doubtful: Integers


def judge(numbers: Integers, counts: Integers, table: SyllableTable, tables: CrfTables) -> Judgement:
    """Find the words of a batch of texts.

    Parameters
    ----------
    numbers : array of int
        Syllable numbers; each text has two `OUTSIDE_BEFORE` in front and two `OUTSIDE_AFTER` behind.
    counts : array of int
        Number of syllables of each text, none of them zero.
    """
    inside = numbers[2:-2] > OUTSIDE_AFTER
    margins = _margins(numbers, table, tables)[inside]
    last = np.zeros(len(margins), dtype=np.bool_)
    last[np.cumsum(counts) - 1] = True
    first = np.roll(last, 1)
    scores = _forward(margins, first, tables.transitions)
    return _backward(scores, first, last, tables.transitions)


def is_small_integer(syllable: str) -> bool:
    """Whether `syllable` is a 32-bit integer as the model reads one: ASCII digits, perhaps a sign."""
    match = _SIGNED_DIGITS.fullmatch(syllable)
    if match is None or len(match[2]) > 10:
        return False
    return -(2**31) <= int(match[1] + (match[2] or "0")) < 2**31


def _margins(numbers: Integers, table: SyllableTable, tables: CrfTables) -> Floats:
    """Margin of each position but the first and last two, without transitions."""
    size = len(numbers) - 4
    single = table.margins[numbers]
    exact, lower, titled = table.exact[numbers], table.lower[numbers], table.titled[numbers]
    before, after = numbers == OUTSIDE_BEFORE, numbers == OUTSIDE_AFTER
    plain = exact == lower
    margins = sum((single[shift : size + shift, shift] for shift in range(5)), np.zeros(size))
    for length, spans in ((2, tables.pairs), (3, tables.triples)):
        stop = len(numbers) - length + 1
        leaves_behind = after[:stop] | after[length - 1 :]
        weights = _span_margins(spans, exact, lower, plain, length)
        weights[leaves_behind] = spans.lower[AFTER]
        weights[before[:stop]] = spans.lower[BEFORE]
        for column in range(weights.shape[1]):
            margins += weights[column : size + column, column]
        all_titled = titled[:stop].copy()
        for shift in range(1, length):
            all_titled &= titled[shift : stop + shift]
        margins += spans.title[np.where(leaves_behind, 2, all_titled.astype(np.int64))][2 : size + 2]
    return margins


def _span_margins(spans: SpanTable, exact: Integers, lower: Integers, plain: Flags, length: int) -> Floats:
    keys = span_keys(lower, length)
    rows = spans.index.find(keys)
    weights = spans.both[rows]
    # Spans written with capitals have two keys; the others, most of them, have one.
    stop = len(lower) - length + 1
    capital = ~plain[:stop]
    for shift in range(1, length):
        capital |= ~plain[shift : stop + shift]
    mixed = np.flatnonzero(capital)
    exact_rows = spans.index.find(span_keys(exact, length)[mixed])
    weights[mixed] = spans.lower[rows[mixed]] + spans.exact[exact_rows]
    return weights


def _forward(margins: Floats, first: Flags, transitions: Floats) -> Floats:
    """Score of `inside` less score of `begins` at each syllable, the best labels before it given.

    With two labels the score is ``margin + turn - clip(previous score, low, high)``. A margin far from zero
    takes its own score out of [low, high] whatever came before, so the next score needs no earlier one; only
    the short runs between such syllables are sequential, and all runs of all texts advance together.
    """
    low, high = _bounds(transitions)
    turn = transitions[0, 1] - transitions[1, 0]
    surely_high = margins > 2 * high - turn + _NEAR_TIE
    surely_low = margins < 2 * low - turn - _NEAR_TIE
    scores = margins.copy()
    scores[1:] += np.where(first[1:], 0.0, turn - np.where(surely_high, high, low)[:-1])
    settled = first.copy()
    settled[1:] |= (surely_high | surely_low)[:-1]
    positions = np.arange(len(margins))
    waiting = np.flatnonzero(~settled)
    depth = waiting - np.maximum.accumulate(np.where(settled, positions, 0))[waiting]
    order = waiting[np.argsort(depth, kind="stable")]
    stops = np.cumsum(np.bincount(depth)) if len(depth) else np.zeros(1, dtype=np.int64)
    for start, stop in zip(stops[:-1].tolist(), stops[1:].tolist(), strict=True):
        at = order[start:stop]
        scores[at] = margins[at] + turn - np.clip(scores[at - 1], low, high)
    return scores


def _backward(scores: Floats, first: Flags, last: Flags, transitions: Floats) -> Judgement:
    """Best labels, from the last syllable back.

    A score above `high` means `inside` and one up to `low` `begins`, whatever follows; between them a label
    is the opposite of the next one. So each label is that of the next decided syllable, turned around once
    for every syllable on the way.
    """
    low, high = (np.where(last, 0.0, bound) for bound in _bounds(transitions))
    inside = scores > high
    positions = np.arange(len(scores))
    decided = np.where(inside | (scores <= low), positions, len(scores))
    following = np.minimum.accumulate(decided[::-1])[::-1]
    begins = inside[following] == ((following - positions) & 1).astype(np.bool_)
    near = (np.abs(scores - high) < _NEAR_TIE) | (np.abs(scores - low) < _NEAR_TIE)
    return Judgement(begins | first, np.flatnonzero(near))


def _bounds(transitions: Floats) -> tuple[float, float]:
    low = float(transitions[0, 0] - transitions[1, 0])
    high = float(transitions[0, 1] - transitions[1, 1])
    return low, high
