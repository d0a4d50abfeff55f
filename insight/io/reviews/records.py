"""Records of delimited text: every line ends up in one, whatever its quotes do."""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from insight.io.reviews.rows import Reject, raw_json

NO_DELIMITER = "\x1f"
"""Stands for a file of one column: the unit separator, which no export puts into a text."""


@dataclass(frozen=True)
class Dialect:
    """How one line becomes cells.

    Attributes
    ----------
    delimiter : str
        One character; `NO_DELIMITER` for a file of one column.
    quoted : bool
        Whether double quotes enclose cells; not so in plain text.
    escaped : bool
        Whether a quote inside a cell is written as backslash and quote, not doubled.
    skipped : int
        Lines before the table that only tell Excel the delimiter.
    """

    delimiter: str
    quoted: bool = True
    escaped: bool = False
    skipped: int = 0

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        """Csv module's reader for this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            escapechar="\\" if self.escaped else None,
            doublequote=not self.escaped,
            strict=strict,
        )


class PushedLines:
    """Lines of a file that remembers what one record took, so that a wrong record can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.nul_bytes = 0

    def __iter__(self) -> "PushedLines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        if "\0" in line:
            self.nul_bytes += line.count("\0")
            line = line.replace("\0", "")
        self.taken.append(line)
        return line

    def keep_first(self) -> str:
        """Give all taken lines back but the first, and return that."""
        self._back.extendleft(reversed(self.taken[1:]))
        return self.taken[0]


class RecordParser:
    """Numbered rows of delimited text, from 1: a list of cells, or a reject.

    A stray quote makes the csv module swallow the rows behind it. Read strictly, such a record ends in an
    error or with a wrong number of cells; then its first line is read alone and the others once more.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, width: int, shortest: int) -> None:
        self._lines = PushedLines(lines)
        self._dialect = dialect
        self._width = width
        self._shortest = shortest
        self._problems: Counter[str] = Counter()

    def take_problems(self) -> dict[str, int]:
        """Hand over what was mended since the last call."""
        found = self._problems + Counter({"nul_bytes": self._lines.nul_bytes})
        self._problems.clear()
        self._lines.nul_bytes = 0
        return dict(found)

    def __iter__(self) -> Iterator[tuple[int, list[str] | Reject]]:
        lines, width = self._lines, self._width
        reader = self._dialect.reader(lines, strict=True)
        number = 0
        while True:
            lines.taken.clear()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                row = None
            if row is not None and len(row) == width:
                number += 1
                yield number, row
            elif row != []:  # a blank line is no row, as in every reader of CSV
                number += 1
                yield number, self._mend(row, number)

    def _mend(self, row: list[str] | None, number: int) -> list[str] | Reject:
        if row is not None and (fitted := self._fit(row)):
            return fitted
        line = self._lines.keep_first()
        bare = line.rstrip("\r\n")
        literal = bare.split(self._dialect.delimiter)
        lenient: list[str] = next(iter(self._dialect.reader([line], strict=False)), [])
        # In a text of one column the quotes are the customer's own.
        for cells in (literal, lenient) if self._width == 1 else (lenient, literal):
            if fitted := self._fit(cells):
                self._problems["stray_quotes"] += 1
                return fitted
        return Reject(number, "ragged_row", raw_json(literal if row is None else row))

    def _fit(self, cells: list[str]) -> list[str] | None:
        """Pad cells where most rows leave the last ones out; cut blanks that are too many."""
        if self._shortest <= len(cells) <= self._width:
            return cells + [""] * (self._width - len(cells))
        if len(cells) > self._width and not any(cell.strip() for cell in cells[self._width :]):
            return cells[: self._width]
        return None
