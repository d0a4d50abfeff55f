"""Dates in words: "2 tuần trước", "hôm qua", "Đã đánh giá 3 tháng trước", "5 thg 3, 2023", "Mar 5, 2023"."""

import re
import unicodedata
import warnings
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from pandas import DateOffset, Timestamp

_UNITS = {
    "giây": "seconds", "second": "seconds", "sec": "seconds",
    "phút": "minutes", "minute": "minutes", "min": "minutes",
    "giờ": "hours", "tiếng": "hours", "hour": "hours", "hr": "hours",
    "ngày": "days", "day": "days", "hôm": "days",
    "tuần": "weeks", "week": "weeks", "tháng": "months", "month": "months", "năm": "years", "year": "years",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "vài": 3, "few": 3,
}  # fmt: skip
_AGO = re.compile(
    rf"(?:\b(?P<number>\d+|{'|'.join(_NUMBERS)})\s+)?(?P<unit>{'|'.join(_UNITS)})s?\s+(?:trước|ago|qua)\b"
)
_DAYS = {
    "hôm kia": 2, "hôm qua": 1, "yesterday": 1, "hôm nay": 0, "today": 0, "vừa xong": 0, "vừa mới": 0,
    "just now": 0, "mới đây": 0,
}  # fmt: skip
_WRITTEN = re.compile(
    r"(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:tháng|thg|th)\.?\s*(?P<month>\d{1,2})(?:\s*,|\s+năm)?\s*,?\s*(?P<year>\d{4})"
)
_CLOCK = re.compile(r"\b(\d{1,2})[:h](\d{2})\b")
_MOST_LETTERS = 60


@lru_cache(maxsize=65_536)
def parse_spoken(text: str, now: datetime, day_first: bool) -> datetime | None:
    """Date that `text` names, or None.

    Examples
    --------
    >>> parse_spoken("2 tuần trước", datetime(2024, 3, 15), True)
    datetime.datetime(2024, 3, 1, 0, 0)
    """
    words = unicodedata.normalize("NFC", text).strip().lower()
    if not words or len(words) > _MOST_LETTERS:
        return None
    return _relative(words, now) or _written(words) or _by_dateparser(words, now, day_first)


def _relative(words: str, now: datetime) -> datetime | None:
    for name, days in _DAYS.items():
        if name in words:
            return now - timedelta(days=days)
    if found := _AGO.search(words):
        raw = found["number"] or "1"
        number = int(raw) if raw.isdigit() else _NUMBERS[raw]
        return _back(now, number, _UNITS[found["unit"]])
    return None


def _back(now: datetime, number: int, unit: str) -> datetime | None:
    try:
        offset: Any = DateOffset(**{unit: number})  # type: ignore[arg-type]
        return datetime.fromisoformat((Timestamp(now) - offset).isoformat())
    except (OverflowError, ValueError):
        return None


def _written(words: str) -> datetime | None:
    if not (found := _WRITTEN.search(words)):
        return None
    clock = _CLOCK.search(words)
    hour, minute = map(int, clock.groups()) if clock else (0, 0)
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), hour, minute)
    except ValueError:
        return None


def _by_dateparser(words: str, now: datetime, day_first: bool) -> datetime | None:
    # It makes dates of bare numbers and of words such as "mai"; a date has both a digit and a letter.
    if not any(map(str.isdigit, words)) or not any(map(str.isalpha, words)):
        return None
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # raised inside dateparser, not by what it is given
        found = dateparser.parse(
            words,
            languages=["vi", "en"],
            settings={
                "RELATIVE_BASE": now,
                "DATE_ORDER": "DMY" if day_first else "MDY",
                "RETURN_AS_TIMEZONE_AWARE": False,
                "REQUIRE_PARTS": ["day", "month", "year"],
            },
        )
    return found if isinstance(found, datetime) else None
