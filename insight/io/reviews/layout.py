"""What was found out about a dump, for the user to see and correct."""

from dataclasses import dataclass
from typing import Literal

Why = Literal["name", "content", "asked", ""]


@dataclass(frozen=True)
class ColumnMapping:
    """One column of a dump and what it is taken for.

    Attributes
    ----------
    header : str
        Its name in the dump; "column 3" where it has none.
    role : str or None
        A role of `ROLES`; None for a column that is kept as a segment.
    why : {"name", "content", "asked", ""}
        What the role was recognised by.
    form : str
        How its values are written where that was in question: "1-5", "1-10", "day first", "month first".
    examples : tuple of str
        Up to three different values, shortened.
    filled : float
        Share of the sampled rows in which it is not empty.
    """

    header: str
    role: str | None
    why: Why
    form: str = ""
    examples: tuple[str, ...] = ()
    filled: float = 0.0


@dataclass(frozen=True)
class DumpLayout:
    """One table of reviews: a file, or a sheet of a workbook.

    Attributes
    ----------
    name, path : str
        The dump as the user is told it, and where it lies.
    format : str
        "csv", "text", "xlsx", "workbook", "json", "jsonl" or "parquet".
    compression, encoding, certainty, delimiter, sheet : str
        "" where the format has none; `certainty` is "certain", "likely" or "guess".
    header_row : int
        Row or line of the header, from 1; 0 without one.
    sampled : int
        Rows that the mapping was decided on.
    mapping : tuple of ColumnMapping
        Every column, in the order of the dump.
    notes : tuple of str
        What the user should know, in whole sentences.
    """

    name: str
    path: str
    format: str
    compression: str
    encoding: str
    certainty: str
    delimiter: str
    sheet: str
    header_row: int
    sampled: int
    mapping: tuple[ColumnMapping, ...]
    notes: tuple[str, ...] = ()

    def column(self, role: str) -> ColumnMapping | None:
        """Column with this role, if there is one."""
        return next((column for column in self.mapping if column.role == role), None)

    @property
    def roles(self) -> dict[str, str]:
        """Role -> header, in the order of the dump."""
        return {column.role: column.header for column in self.mapping if column.role}
