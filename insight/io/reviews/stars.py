"""Ratings in all their spellings: 5, 4,5, "5 sao", "★★★★☆", "8/10", "FIVE"."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

_SYMBOLS = re.compile(r"[★⭐☆✩✰\ufe0f\s]+")
_FULL = re.compile("[★⭐]")
_ASTERISKS = re.compile(r"\*{1,5}")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?:rated|rating|đánh giá|điểm)?\s*:?\s*(?P<value>\d+(?:[.,]\d+)?|" + "|".join(_WORDS) + r")"
    r"\s*(?:(?:/|out of|trên|of)\s*(?P<scale>\d+))?\s*(?:sao|stars?|điểm|points?|[★⭐*])?\.?",
    re.IGNORECASE,
)


def rating_scale(values: pd.Series) -> int:
    """10 when the plain numbers among `values` go above 5 and not above 10, else 5."""
    numbers = [value for value, scale in map(_rating, values.unique()) if not scale and value == value]
    return 10 if numbers and 5 < max(numbers) <= 10 else 5


def parse_stars(values: pd.Series, *, scale: int = 5) -> tuple[pd.Series, int]:
    """Stars from 1 to 5, and how many filled cells are no rating.

    Ratings on 10 are halved, and so are those that say so themselves ("8/10"). A zero means that nothing
    was given. What is above the scale is no rating.
    """
    return _by_value(values, lambda value: _stars(value, scale))


def parse_nps(values: pd.Series) -> tuple[pd.Series, int]:
    """Whole or half numbers from 0 to 10, and how many filled cells are none."""
    return _by_value(values, _nps)


def _by_value(values: pd.Series, parse: Callable[[str], float | None]) -> tuple[pd.Series, int]:
    """Parse each distinct value once: a column of a million ratings has a handful of them."""
    codes, distinct = pd.factorize(values)
    parsed = [np.nan if not value.strip() else parse(value) for value in distinct]
    is_bad = np.array([number is None for number in parsed], dtype=bool)
    numbers = np.array([np.nan if number is None else number for number in parsed], dtype="float64")
    if not len(distinct):
        return pd.Series(np.nan, values.index, dtype="float64"), 0
    return pd.Series(numbers[codes], values.index), int(is_bad[codes].sum())


def _stars(value: str, scale: int) -> float | None:
    number, own_scale = _rating(value)
    if number == 0:
        return np.nan
    stars = number * 5 / (own_scale or scale)
    return float(min(max(stars, 1.0), 5.0)) if 0 < stars <= 5 else None


def _nps(value: str) -> float | None:
    number, scale = _rating(value)
    return float(number) if 0 <= number <= 10 and scale in (0, 10) else None


def _rating(value: str) -> tuple[float, int]:
    """Read a number and the scale it names (0 when it names none); NaN when `value` is no rating."""
    text = value.strip()
    if not text:
        return np.nan, 0
    if _SYMBOLS.fullmatch(text):
        return len(_FULL.findall(text)), 0
    if _ASTERISKS.fullmatch(text):
        return len(text), 0
    found = _NUMBER.fullmatch(text)
    if not found:
        return np.nan, 0
    raw = found["value"].lower()
    return _WORDS.get(raw) or float(raw.replace(",", ".")), int(found["scale"] or 0)
