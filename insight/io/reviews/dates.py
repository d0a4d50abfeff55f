"""Dates as they stand in exports, by the column: forms first, and only what is left value by value."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

import numpy as np
import pandas as pd

from insight.io.reviews.relative_dates import parse_spoken

_MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_ISO = (
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?(?:\s*UTC)?)?\s*"
)
_CLOCK = r"(\d{1,2})[:hg](\d{2})?(?::(\d{2}))?\s*(AM|PM|SA|CH)?"
_DAY = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})"
_FORMS = (
    (re.compile(_ISO), ("year", "month", "day", "hour", "minute", "second", "zone")),
    (
        re.compile(rf"\s*{_DAY}(?:[\s,T|-]+(?:lúc\s+)?{_CLOCK})?\s*", re.IGNORECASE),
        ("first", "second_number", "year", "hour", "minute", "second", "half"),
    ),
    (
        re.compile(rf"\s*{_CLOCK}[\s,|-]+(?:ngày\s+)?{_DAY}\s*", re.IGNORECASE),
        ("hour", "minute", "second", "half", "first", "second_number", "year"),
    ),
)
_COMPACT = re.compile(r"((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))")
_EPOCH = re.compile(r"(\d{9,10}(?:\.\d+)?)|(\d{12,13})")
_SERIAL = re.compile(r"([2-6]\d{4}(?:\.\d+)?)")
_VIETNAM = pd.Timedelta(hours=7)
_EXCEL_DAY_0 = pd.Timestamp("1899-12-30")


def is_day_first(values: pd.Series) -> bool:
    """Whether 03/04 is the third of April in this column; Vietnamese order unless a value contradicts it."""
    pairs = values.str.extract(rf"{_DAY}(?!\d)", expand=True)
    first, second = (pd.to_numeric(pairs[i], errors="coerce") for i in (0, 1))
    return not ((second > 12).sum() > (first > 12).sum())


def is_clock(values: pd.Series) -> pd.Series:
    """Which values are a time of day alone."""
    return values.str.fullmatch(
        r"\s*\d{1,2}[:hg]\d{0,2}(?::\d{2}(?:\.\d+)?)?\s*(?:AM|PM|SA|CH)?\s*", case=False
    )


def join_clock(dates: pd.Series, clocks: pd.Series) -> pd.Series:
    """Dates with the time of day from a column of its own, where they have none."""
    days = dates.str.replace(_MIDNIGHT, "", regex=True)
    can_join = is_clock(clocks) & ~days.str.contains(":", regex=False) & (days.str.strip() != "")
    return days.where(~can_join, days + " " + clocks.str.strip().str.replace(r"\.\d+$", "", regex=True))


def parse_dates(
    values: pd.Series, *, day_first: bool, now: datetime, spoken: bool = True
) -> tuple[pd.Series, int]:
    """Parse dates on Vietnam's clock; also say how many filled cells are no date.

    Stamps with a time zone and seconds since 1970 are moved to Vietnam's clock (UTC+7); a time without a
    zone is taken as it stands.

    Parameters
    ----------
    values : Series of str
        One column.
    day_first : bool
        The order of day and month in the whole column.
    now : datetime
        What "2 tuần trước" counts from.
    spoken : bool
        Whether to try words ("hôm qua", "5 thg 3, 2023") too; slower, and they make dates of small talk.
    """
    codes, distinct = pd.factorize(values)
    texts = pd.Series(distinct, dtype="str")
    parsed = _parse_distinct(texts, day_first)
    missing = parsed.isna() & (texts.str.strip() != "")
    if spoken and missing.any():
        found = pd.to_datetime(texts[missing].map(lambda text: parse_spoken(text, now, day_first)))
        parsed[missing] = found.astype("datetime64[us]")
        missing &= parsed.isna()
    if not len(texts):
        return pd.Series(pd.NaT, values.index, dtype="datetime64[us]"), 0
    dates = pd.Series(parsed.to_numpy()[codes], values.index, dtype="datetime64[us]")
    return dates, int(missing.to_numpy()[codes].sum())


def _parse_distinct(texts: pd.Series, day_first: bool) -> pd.Series:
    parsed = pd.Series(pd.NaT, texts.index, dtype="datetime64[us]")
    for pattern, names in _FORMS:
        _fill(parsed, texts, pattern, partial(_from_parts, names=names, day_first=day_first))
    _fill(parsed, texts, _COMPACT, lambda part: pd.to_datetime(part[0], format="%Y%m%d", errors="coerce"))
    _fill(parsed, texts, _EPOCH, _from_epoch)
    _fill(parsed, texts, _SERIAL, _from_serial)
    return parsed


def _fill(
    parsed: pd.Series,
    texts: pd.Series,
    pattern: re.Pattern[str],
    parse: Callable[[pd.DataFrame], pd.Series],
) -> None:
    """Fill the missing dates of `parsed`, in place, for all texts that have the form of `pattern`."""
    missing = np.flatnonzero(parsed.isna()).tolist()
    strings = texts.to_list()
    found = [(place, match.groups()) for place in missing if (match := pattern.fullmatch(strings[place]))]
    if found:
        parts = pd.DataFrame([groups for _, groups in found], dtype=object)
        parsed.iloc[[place for place, _ in found]] = parse(parts).astype("datetime64[us]").to_numpy()


def _from_parts(parts: pd.DataFrame, *, names: tuple[str, ...], day_first: bool) -> pd.Series:
    parts = parts.set_axis(list(names), axis="columns")
    if "first" in parts:
        order = ("day", "month") if day_first else ("month", "day")
        parts = parts.rename(columns=dict(zip(("first", "second_number"), order, strict=True)))
    numbers = parts[["year", "month", "day", "hour", "minute", "second"]].fillna("0").astype("int64")
    numbers["year"] += np.where(numbers["year"] < 100, 2000, 0)
    if "half" in parts:
        half = parts["half"].str.upper()
        is_afternoon = half.isin(["PM", "CH"]) & (numbers["hour"] < 12)
        numbers["hour"] += 12 * is_afternoon - 12 * (half.isin(["AM", "SA"]) & (numbers["hour"] == 12))
    dates: pd.Series = pd.to_datetime(numbers, errors="coerce")
    return dates - _zone(parts["zone"]) if "zone" in parts and parts["zone"].notna().any() else dates


def _zone(zones: pd.Series) -> pd.Series:
    """Say what to take off a stamp to have Vietnam's clock; nothing where no zone is given."""
    digits = zones.astype("str").str.replace("Z", "+0000").str.replace(":", "")
    hours = pd.to_numeric(digits.str[:3], errors="coerce")
    minutes = pd.to_numeric(digits.str[3:], errors="coerce") * np.where(digits.str[0] == "-", -1, 1)
    shift: pd.Series = pd.to_timedelta(hours * 60 + minutes, unit="m") - _VIETNAM
    return shift.fillna(pd.Timedelta(0))


def _from_epoch(parts: pd.DataFrame) -> pd.Series:
    seconds = pd.to_numeric(parts[0]).fillna(pd.to_numeric(parts[1]) / 1000)
    return pd.to_datetime(seconds.round(), unit="s") + _VIETNAM


def _from_serial(parts: pd.DataFrame) -> pd.Series:
    return _EXCEL_DAY_0 + pd.to_timedelta((pd.to_numeric(parts[0]) * 86_400).round(), unit="s")
