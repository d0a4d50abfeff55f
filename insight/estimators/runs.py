"""Runs of syllables that numpy finds in many texts at once."""

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from insight.estimators.split_texts import SplitTexts

Numbers = NDArray[np.int64]


class FoundRuns(NamedTuple):
    """Where runs of one length stand.

    Attributes
    ----------
    length : int
        Syllables in a run.
    starts : ndarray of int64
        Place of the first syllable among all occurrences of the texts, ascending.
    runs : ndarray of int64
        Which of the runs of the table stands there.
    """

    length: int
    starts: Numbers
    runs: Numbers


class _Level(NamedTuple):
    """Runs of one length and the beginnings of longer ones, numbered by their place.

    Attributes
    ----------
    codes : ndarray of int64
        Number of the run without its last syllable, times the number of syllables, plus the number of the
        last syllable; ascending.
    runs : ndarray of int64
        Place in the table, -1 where only a longer run begins so.
    """

    codes: Numbers
    runs: Numbers


class RunTable:
    """Runs of syllables, to be found in texts.

    Parameters
    ----------
    runs : iterable of str
        Syllables joined by spaces; the first run is number 0.
    """

    def __init__(self, runs: Iterable[str]) -> None:
        split = [tuple(run.split(" ")) for run in runs]
        syllables = sorted({syllable for run in split for syllable in run})
        self._number = {syllable: i for i, syllable in enumerate(syllables)}
        place = {run: i for i, run in enumerate(split)}
        begun: dict[tuple[str, ...], int] = {(): 0}
        self._levels: list[_Level] = []
        for length in range(1, max(map(len, split), default=0) + 1):
            code = {
                run: begun[run[:-1]] * len(syllables) + self._number[run[-1]]
                for run in {run[:length] for run in split if len(run) >= length}
            }
            ordered = sorted(code, key=code.__getitem__)
            begun = {run: i for i, run in enumerate(ordered)}
            codes = np.array([code[run] for run in ordered], dtype=np.int64)
            self._levels.append(_Level(codes, np.array([place.get(run, -1) for run in ordered])))
        self._first = {syllables[code]: i for i, code in enumerate(self._levels[0].codes)} if split else {}
        self._looked_up: tuple[list[str], tuple[Numbers, Numbers]] | None = None

    def find(self, texts: SplitTexts, among: NDArray[np.bool_] | None = None) -> Iterator[FoundRuns]:
        """Yield where runs stand in `texts`, one length after the other; no run goes beyond its text.

        Parameters
        ----------
        texts : SplitTexts
            Where to look.
        among : ndarray of bool, shape (n_occurrences,), optional
            Syllables that a run may begin with; all by default.
        """
        begins, said_in_runs = self._places(texts.syllables)
        first = begins[texts.numbers]
        starts = np.flatnonzero(first >= 0 if among is None else (first >= 0) & among)
        numbers = first[starts]
        # A last entry that no run goes on with spares the look behind the end.
        said = np.append(said_in_runs[texts.numbers], -1)
        rows = np.append(texts.rows, -1)
        for length, level in enumerate(self._levels, start=1):
            if length > 1:
                last = starts + (length - 1)
                goes_on = np.flatnonzero((said[last] >= 0) & (rows[last] == rows[starts]))
                starts, last = starts[goes_on], last[goes_on]
                codes = numbers[goes_on] * len(self._number) + said[last]
                places = np.minimum(np.searchsorted(level.codes, codes), len(level.codes) - 1)
                met = level.codes[places] == codes
                starts, numbers = starts[met], places[met]
            runs = level.runs[numbers]
            whole = runs >= 0
            yield FoundRuns(length, starts[whole], runs[whole])

    def _places(self, syllables: list[str]) -> tuple[Numbers, Numbers]:
        """Number of each syllable as the first of a run, and in a run at all; -1 where it has none.

        Parts of a batch share one list of syllables, which is looked up once.
        """
        known = self._looked_up
        if known is None or known[0] is not syllables:
            known = syllables, (_look_up(self._first, syllables), _look_up(self._number, syllables))
            self._looked_up = known
        return known[1]


def _look_up(numbers: dict[str, int], syllables: list[str]) -> Numbers:
    """Number of each syllable, -1 where it has none."""
    return np.fromiter(map(numbers.get, syllables, repeat(-1)), dtype=np.int64, count=len(syllables))
