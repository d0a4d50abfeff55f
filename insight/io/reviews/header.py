"""Where the header stands: in the first row, under preamble rows, or nowhere."""

import re
from collections.abc import Sequence

from insight.io.reviews.role_names import ROLES, fold_name, name_rank, roles_of

LOOKED_AT = 40
"""Rows searched for a header."""

_VALUE = re.compile(r"[\d\s.,:/%+-]*\d[\d\s.,:/%+-]*|https?://\S+")
_LONGEST_NAME = 80


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the header among the first rows of a table, or None when there is none.

    The row with most known column names is the header. Without any known name, it is the first full row
    when it holds only short words, and one of them contains a known name or a column below holds only
    numbers or dates.
    """
    rows = rows[:LOOKED_AT]
    known = [_known_names(row) for row in rows]
    best = max(known, default=0)
    if best >= 2:
        return known.index(best)
    # A review may be a word that is also a column's name, so one known name counts in the first row only.
    if best == 1 and known[0] and max(map(_filled, rows)) <= 2:
        return 0
    width = max(map(_filled, rows), default=0)
    for index, row in enumerate(rows):
        # A title above the table fills one or two cells, its header nearly all.
        if _filled(row) >= max(2, width - 1):
            return index if _is_header_shape(row, rows[index + 1 :]) or (best and known[index]) else None
    return None


def column_names(cells: Sequence[str]) -> list[str]:
    """Name each column distinctly: as its header, `column 3` where that is blank, `x (2)` for a second x."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {number}"
        copies = 1
        unique = name
        while unique in names:
            copies += 1
            unique = f"{name} ({copies})"
        names.append(unique)
    return names


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _known_names(row: Sequence[str]) -> int:
    return len({fold_name(cell) for cell in row if len(cell) <= _LONGEST_NAME and roles_of(cell)})


def _is_header_shape(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    if len(set(names)) < len(names) or any(_VALUE.fullmatch(n) or len(n) > _LONGEST_NAME for n in names):
        return False
    if any(name_rank(role, name) is not None for name in names for role in ROLES):
        return True
    columns = [
        [other[i].strip() for other in below if i < len(other) and other[i].strip()] for i in range(len(row))
    ]
    return any(cells and all(map(_VALUE.fullmatch, cells)) for cells in columns)
