"""Numbers, dates and customers' words as the report writes them. Every function is pure."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from insight.taxonomy import Language

MINUS = "\u2212"
NBSP = "\u00a0"
ELLIPSIS = "…"
MISSING = "–"
"""What stands where there is no figure."""

_KEPT_FORMAT_CHARACTERS = "\u200c\u200d"
_BREAKS = re.compile(r"\s+")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Formats:
    """How one language writes figures.

    Parameters
    ----------
    language : {'vi', 'en'}
        Vietnamese writes 1.234,5 and 31/12/2025, English 1,234.5 and 31 Dec 2025.

    Examples
    --------
    >>> Formats("vi").integer(1234567), Formats("en").integer(1234567)
    ('1.234.567', '1,234,567')
    """

    language: Language

    def integer(self, value: float) -> str:
        """Return a count, with separators of thousands; a dash for a missing one."""
        return self.decimal(value, places=0)

    def decimal(self, value: float, places: int = 1) -> str:
        """Return a number with a fixed count of decimals; a dash for a missing one."""
        if not _is_number(value):
            return MISSING
        text = f"{abs(value):,.{places}f}"
        if self.language == "vi":
            text = text.translate(str.maketrans(",.", ".,"))
        is_negative = value < 0 and any(digit in text for digit in "123456789")
        return MINUS + text if is_negative else text

    def percent(self, share: float) -> str:
        """Return a share in [0, 1] as a percentage that never rounds something to nothing or to everything.

        Examples
        --------
        >>> [Formats("en").percent(x) for x in (0, 0.0004, 0.034, 0.5, 0.9996, 1)]
        ['0%', '<0.1%', '3.4%', '50%', '>99.9%', '100%']
        """
        if not _is_number(share):
            return MISSING
        value, sign = 100 * share, "%" if self.language == "en" else f"{NBSP}%"
        if 0 < value < 0.1:
            return f"<{self.decimal(0.1)}{sign}"
        if 99.9 < value < 100:
            return f">{self.decimal(99.9)}{sign}"
        places = 1 if 0 < value < 10 and round(value, 1) != round(value) else 0
        if places == 0 and round(value) in (0, 100) and value not in (0, 100):
            places = 1
        return f"{self.decimal(value, places)}{sign}"

    def points(self, net: float) -> str:
        """Net sentiment in [-1, 1] as signed points out of 100: +45 or −12."""
        if not _is_number(net):
            return MISSING
        value = round(100 * net)
        return f"+{value}" if value > 0 else f"{MINUS}{-value}" if value < 0 else "0"

    def signed(self, value: float, places: int = 1) -> str:
        """Return a difference with its sign."""
        text = self.decimal(value, places)
        return f"+{text}" if _is_number(value) and value > 0 and text != self.decimal(0, places) else text

    def range(self, low: str, high: str) -> str:
        """Two figures as a range in words, or a dash when either is missing."""
        if MISSING in (low, high):
            return MISSING
        return f"{low} {'đến' if self.language == 'vi' else 'to'} {high}"

    def percent_range(self, low: float, high: float) -> str:
        """Return an interval of shares."""
        return self.range(self.percent(low), self.percent(high))

    def points_range(self, low: float, high: float) -> str:
        """Return an interval of net sentiment."""
        return self.range(self.points(low), self.points(high))

    def day(self, value: Any) -> str:
        """Return a day; a dash for a missing one."""
        found = _as_date(value)
        if found is None:
            return MISSING
        if self.language == "vi":
            return f"{found.day:02}/{found.month:02}/{found.year}"
        return f"{found.day} {_MONTHS_EN[found.month - 1]} {found.year}"

    def period(self, value: Any, grain: str) -> str:
        """Return a month, or a week named by its first day."""
        found = _as_date(value)
        if found is None or grain == "week":
            return self.day(value)
        month = f"{found.month:02}/" if self.language == "vi" else f"{_MONTHS_EN[found.month - 1]} "
        return f"{month}{found.year}"


def plain(text: str) -> str:
    """`text` without control, direction and invisible characters, its white space made single spaces.

    What a customer wrote can turn the direction of a page or hide in it; here it is only letters.
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    kept = [" " if c.isspace() else c for c in text if c.isspace() or not _is_hidden(c)]
    return _BREAKS.sub(" ", "".join(kept)).strip()


def shorten(text: str, length: int, *, at_start: bool = False) -> str:
    """`text` cut to at most `length` characters and an ellipsis, between words where it can be.

    Parameters
    ----------
    text : str
        Any text.
    length : int
        Most characters kept.
    at_start : bool
        Cut the beginning away and keep the end.
    """
    if len(text) <= length:
        return text
    if at_start:
        kept = text[-length:]
        space = kept.find(" ")
        return ELLIPSIS + (kept[space + 1 :] if 0 <= space < length // 3 else kept)
    kept = text[:length]
    space = kept.rfind(" ")
    return (kept[:space] if space > 2 * length // 3 else kept).rstrip(" ,.;:") + ELLIPSIS


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of about `width` characters, broken between words only."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def width(share: float) -> str:
    """Return a share as a CSS percentage, inside 0 to 100."""
    value = min(max(100 * share, 0.0), 100.0) if _is_number(share) else 0.0
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _is_number(value: Any) -> bool:
    return value is not None and not math.isnan(value) and not math.isinf(value)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and (
        character not in _KEPT_FORMAT_CHARACTERS
    )


def _as_date(value: Any) -> date | None:
    if value is None or value != value:  # NaT and NaN differ from themselves
        return None
    return value if isinstance(value, date) else None
