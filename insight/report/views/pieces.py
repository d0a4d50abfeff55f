"""Small things that several parts of the page show. They hold strings only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from insight.report.formats import Formats, width


@dataclass(frozen=True)
class Quote:
    """A customer's words within their review.

    Attributes
    ----------
    before, text, after : str
        The review around the quote, and the quote.
    about : list of str
        Date, stars, product.
    side : str
        Sentiment of the quote.
    """

    before: str
    text: str
    after: str
    about: list[str]
    side: str


@dataclass(frozen=True)
class Bar:
    """Positive, neutral and negative shares as widths, and the same in words."""

    positive: str
    neutral: str
    negative: str
    label: str


@dataclass(frozen=True)
class Span:
    """An interval with its point on a track, as CSS percentages from the left."""

    low: str
    length: str
    point: str
    side: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text and what marks it."""

    text: str
    note: str = ""
    css: str = ""


@dataclass(frozen=True)
class Table:
    """A table of figures: the first column names the row, the others are numbers unless said otherwise."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Figure:
    """Drawings of the same figures for different widths, with the figures as a table."""

    title: str
    drawings: Sequence[Markup]
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Filter:
    """What a link asks of the mention explorer: field -> label id."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(f"{key}={value}" for key, value in self.fields.items())


def bar(positive: int, neutral: int, negative: int, formats: Formats, label: str) -> Bar:
    """Return a bar from counts; `label` has places for the three shares."""
    n = max(positive + neutral + negative, 1)
    shares = positive / n, neutral / n, negative / n
    written = dict(zip(("positive", "neutral", "negative"), map(formats.percent, shares), strict=True))
    return Bar(width(shares[0]), width(shares[1]), width(shares[2]), label.format(**written))


def net_span(net: float, low: float, high: float) -> Span | None:
    """Net sentiment on a track from -1 to 1; None without an interval."""
    if not low <= net <= high:
        return None
    return Span(width((low + 1) / 2), width((high - low) / 2), width((net + 1) / 2), tone(low, high))


def share_span(value: float, low: float, high: float, side: str) -> Span | None:
    """Return a share on a track from 0 to 1; None without an interval."""
    if not low <= value + 1e-9 or not value <= high + 1e-9:
        return None
    return Span(width(low), width(high - low), width(value), side)


def tone(low: float, high: float) -> str:
    """Return the side of zero on which a whole interval lies."""
    return "positive" if low > 0 else "negative" if high < 0 else "neutral"


def cells(*texts: str) -> list[Cell]:
    """Plain cells."""
    return [Cell(text) for text in texts]
