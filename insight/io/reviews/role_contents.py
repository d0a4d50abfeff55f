"""What a column holds: whether it can be what its name says, and what it is when the name says nothing."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from insight.io.reviews.dates import is_clock, parse_dates
from insight.io.reviews.role_names import fold_name
from insight.io.reviews.stars import parse_nps, parse_stars, rating_scale

_URL = r"\s*(?:https?://|www\.)\S+\s*"
_NUMBER = r"[\s\d.,:/%+-]*"
_CHANNELS = frozenset({
    "shopee", "shopee mall", "lazada", "tiki", "tiktok", "tiktok shop", "sendo", "facebook", "fanpage",
    "zalo", "instagram", "youtube", "google", "google maps", "google play", "ch play", "app store", "app",
    "website", "web",
    "hotline", "tong dai", "email", "online", "offline", "cua hang", "showroom", "foody",
    "grabfood", "shopeefood",
    "befood", "booking", "agoda", "traveloka", "tripadvisor",
})  # fmt: skip
_HALF = 0.5
_MOST = 0.8
_ANY_DAY = datetime(2000, 1, 1)


def can_be(role: str, values: pd.Series) -> bool:
    """Whether at least half the filled values of a column fit `role`. An empty column fits every role."""
    filled = values[values.str.strip() != ""]
    return role not in _FITS or not len(filled) or _FITS[role](filled)


def is_free_text(filled: pd.Series) -> bool:
    """Whether a column holds sentences: several words in most cells, and not the same few again and again."""
    words = filled.str.count(r"\S+")
    return bool(is_wording(filled) and words.mean() >= 2.0 and filled.nunique() > min(3, len(filled) / 2))


def is_wording(filled: pd.Series) -> bool:
    """Whether at least half the cells are words and not links or figures."""
    is_other = filled.str.fullmatch(_URL) | filled.str.fullmatch(_NUMBER) | is_date(filled)
    return bool((~is_other).mean() >= _HALF)


def text_length(values: pd.Series) -> float:
    """Mean number of characters of the filled cells."""
    lengths = values.str.len()
    return float(lengths[lengths > 0].mean()) if (lengths > 0).any() else 0.0


def is_stars_column(filled: pd.Series) -> bool:
    """Whether the name being silent, a column is still a rating: three grades from 1 up and nothing else."""
    parsed, bad = parse_stars(filled, scale=rating_scale(filled))
    digits = filled.str.extract(r"(\d+)", expand=False).dropna()
    return bad == 0 and parsed.nunique() >= 3 and not digits.str.startswith("0").any()


def is_date(filled: pd.Series) -> pd.Series:
    """Which cells are written dates with day, month and year."""
    return filled.str.fullmatch(r".*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}.*") & (filled.str.len() <= 40)


def is_date_column(filled: pd.Series) -> bool:
    """Whether the name being silent, a column is still dates: written out or as "2 tuần trước"."""
    if is_date(filled).mean() >= _MOST:
        return _parses_as_date(filled)
    return bool(
        filled.str.fullmatch(r"(?i).{0,20}\b(?:giây|phút|giờ|ngày|tuần|tháng|năm|ago|hôm)\b.{0,10}").mean()
        >= _MOST
        and _parses_as_date(filled)
    )


def is_channel_column(filled: pd.Series) -> bool:
    """Whether most cells name a known place to buy or to write."""
    return bool(filled.map(lambda value: fold_name(value) in _CHANNELS).mean() >= _MOST)


def _parses_as_date(filled: pd.Series) -> bool:
    _, bad = parse_dates(filled, day_first=True, now=_ANY_DAY)
    _, bad_month_first = parse_dates(filled, day_first=False, now=_ANY_DAY)
    return min(bad, bad_month_first) <= _HALF * len(filled)


def _parses_as_stars(filled: pd.Series) -> bool:
    _, bad = parse_stars(filled, scale=rating_scale(filled))
    return bad <= _HALF * len(filled)


def _parses_as_nps(filled: pd.Series) -> bool:
    _, bad = parse_nps(filled)
    return bad <= _HALF * len(filled)


def _is_clock(filled: pd.Series) -> bool:
    return bool(is_clock(filled).mean() >= _HALF)


def _tells_apart(filled: pd.Series) -> bool:
    return filled.nunique() >= 0.9 * len(filled)


_FITS: dict[str, Callable[[pd.Series], bool]] = {
    "text": is_wording,
    "title": is_wording,
    "stars": _parses_as_stars,
    "stars_delivery": _parses_as_stars,
    "stars_product": _parses_as_stars,
    "stars_seller": _parses_as_stars,
    "nps": _parses_as_nps,
    "date": _parses_as_date,
    "time": _is_clock,
    "review_id": _tells_apart,
}
