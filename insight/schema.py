"""The columns of every table that stations hand to each other, with dtype and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from insight.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SEGMENT_PREFIX = "segment."
"""A dump's own columns that have no role are kept under this prefix and can cut the report."""


@dataclass(frozen=True)
class Column:
    """One column: its name, pandas dtype and meaning."""

    name: str
    dtype: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """A named set of columns. Further columns may stand beside them."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """A table of this form with no row."""
        import pandas as pd

        return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in self.columns})


REVIEWS = Table(
    "reviews",
    (
        Column("review_id", "str", "the dump's id, or one made from the row's content"),
        Column("source_file", "str", "file the row came from"),
        Column("source_row", "int64", "line or row number in that file, from 1 after the header"),
        Column("text", "str", "what the customer wrote, untouched; title and body joined by a line break"),
        Column("stars", "float64", "1 to 5; ratings on 10 are halved", optional=True),
        Column("date", "datetime64[us]", "day (and time where known) of the review", optional=True),
        Column("product", "str", "product or service reviewed", optional=True),
        Column("brand", "str", "brand, shop or app", optional=True),
        Column("channel", "str", "where it was written or bought", optional=True),
        Column("customer", "str", "customer id or name; never shown", optional=True),
        Column("nps", "float64", "0 to 10, likelihood to recommend", optional=True),
        Column("stars_delivery", "float64", "1 to 5 for the delivery", optional=True),
        Column("stars_product", "float64", "1 to 5 for the product", optional=True),
        Column("stars_seller", "float64", "1 to 5 for the seller", optional=True),
    ),
)

SCREENED = Table(
    "screened reviews",
    (
        *REVIEWS.columns,
        Column("clean", "str", "normalised text: NFC, tone placement, informal spellings written out"),
        Column("screen", "str", "'kept', or why the review is set aside: see SCREEN_REASONS"),
        Column("overall", "str", "negative, neutral or positive; the verdict on the whole text"),
        Column("p_overall", "float64", "probability of that verdict"),
        Column("score", "float64", "signed number in [-1, 1] from sentiment and confidence"),
    ),
)

SCREEN_REASONS = ("kept", "empty", "spam", "filler", "copy", "near_copy", "foreign", "off_topic")

REJECTS = Table(
    "rejected rows",
    (
        Column("source_file", "str", "file the row came from"),
        Column("source_row", "int64", "line or row number in that file, from 1 after the header"),
        Column("reason", "str", "why the row cannot be used, as an id such as no_text"),
        Column("raw", "str", "the row as it stands in the file, as JSON"),
    ),
)

MENTIONS = Table(
    "mentions",
    (
        Column("mention_id", "str", "review id, colon, number of the mention in its review from 1"),
        Column("review_id", "str", "the review it stands in"),
        Column("text", "str", "the clause as written"),
        Column("form", "str", "its words in normal form, a comma for each pause: how mentions are compared"),
        Column("start", "int64", "offset of its first character in the raw text"),
        Column("end", "int64", "offset behind its last character in the raw text"),
        Column("stage", "str", "journey stage"),
        Column("touchpoint", "str", "touchpoint"),
        Column("pain", "str", "pain category"),
        Column("sentiment", "str", "negative, neutral or positive"),
        Column("p_stage", "float64", "probability of the stage"),
        Column("p_touchpoint", "float64", "probability of the touchpoint"),
        Column("p_pain", "float64", "probability of the pain category"),
        Column("p_sentiment", "float64", "probability of the sentiment"),
        Column("score", "float64", "signed number in [-1, 1] from sentiment and confidence"),
        Column("unsure", "bool", "the model would rather not say: a probability is under its threshold"),
        Column("theme_id", "str", "theme the mention belongs to; empty before clustering"),
    ),
)

THEMES = Table(
    "themes",
    (
        Column("theme_id", "str", "stable id"),
        Column("touchpoint", "str", "touchpoint of its mentions"),
        Column("side", "str", "negative, neutral or positive"),
        Column("name", "str", "readable phrase from the customers' words"),
        Column("terms", "object", "list of its leading terms"),
        Column("n", "int64", "number of mentions"),
        Column("share", "float64", "share of the mentions of its touchpoint and side"),
        Column("is_remainder", "bool", "the mentions of a touchpoint and side that fit no theme"),
        Column("part_names", "object", "names of the parts a large theme falls into, largest first"),
        Column("part_sizes", "object", "mentions of each part"),
        Column(
            "quote_ids", "object", "mention ids of the representative quote and up to four diverse others"
        ),
    ),
)


_ALL = "empty for the whole dump"

JOURNEY = Table(
    "journey",
    (
        Column("segment", "str", f"segment column such as brand; {_ALL}"),
        Column("value", "str", f"value of that column; {_ALL}"),
        Column("level", "str", "'stage' or 'touchpoint'"),
        Column("stage", "str", "stage id; of a touchpoint, the stage most of its mentions fall in"),
        Column("touchpoint", "str", "touchpoint id; empty on the level of stages"),
        Column("n", "int64", "mentions"),
        Column("n_reviews", "int64", "reviews with such a mention"),
        Column("share", "float64", "share of the mentions of the segment"),
        Column("positive", "int64", "positive mentions"),
        Column("neutral", "int64", "neutral mentions"),
        Column("negative", "int64", "negative mentions"),
        Column("net", "float64", "(positive - negative) / n, in [-1, 1]: the emotion curve"),
        Column("net_low", "float64", "lower end of the 95 % interval of net"),
        Column("net_high", "float64", "upper end of the 95 % interval of net"),
        Column("pain_theme", "str", "theme with most negative mentions; empty when there is none"),
        Column("strength_theme", "str", "theme with most positive mentions; empty when there is none"),
        Column(
            "is_weakest", "bool", "of the touchpoints one can mend, that whose interval of net ends lowest"
        ),
    ),
)

PAINS = Table(
    "pains",
    (
        Column("stage", "str", "stage id"),
        Column("pain", "str", "pain category id, without 'none'"),
        Column("n", "int64", "mentions"),
        Column("positive", "int64", "positive mentions"),
        Column("neutral", "int64", "neutral mentions"),
        Column("negative", "int64", "negative mentions: the pain points"),
        Column("negativity", "float64", "negative / n"),
        Column("low", "float64", "lower end of the 95 % Wilson interval of negativity"),
        Column("high", "float64", "upper end of that interval"),
    ),
)

BREAKS = Table(
    "breaking points",
    (
        Column("from_stage", "str", "earlier stage"),
        Column("to_stage", "str", "later stage"),
        Column("n", "int64", "reviews that speak of both"),
        Column("drops", "int64", "of these, reviews whose net sentiment is lower in the later stage"),
        Column("share", "float64", "drops / n"),
        Column("low", "float64", "lower end of the 95 % Wilson interval of share"),
        Column("high", "float64", "upper end of that interval"),
        Column("mean_drop", "float64", "mean change of net sentiment from the earlier to the later stage"),
    ),
)

DRIVERS = Table(
    "drivers",
    (
        Column("kind", "str", "'touchpoint' or 'theme'"),
        Column("id", "str", "touchpoint id or theme id"),
        Column("touchpoint", "str", "touchpoint id"),
        Column("n", "int64", "mentions"),
        Column("n_reviews", "int64", "reviews with such a mention"),
        Column("volume", "float64", "share of the reviews with such a mention"),
        Column("negativity", "float64", "share of negative mentions"),
        Column("low", "float64", "lower end of the 95 % Wilson interval of negativity"),
        Column("high", "float64", "upper end of that interval"),
        Column(
            "stars_with", "float64", "mean stars of the reviews that mention it negatively; NaN without stars"
        ),
        Column("stars_without", "float64", "mean stars of the other reviews; NaN without stars"),
        Column("stars_gap", "float64", "stars_with - stars_without: an association, never a cause"),
        Column("gap_low", "float64", "lower end of the 95 % Welch interval of the gap"),
        Column("gap_high", "float64", "upper end of that interval"),
        Column("priority", "float64", "volume times negativity, the order of what to fix"),
        Column("quadrant", "str", "fix_now, watch, keep, promote, or too_few below the minimum n"),
    ),
)

TRENDS = Table(
    "trends",
    (
        Column("period", "datetime64[us]", "first day of the week or month"),
        Column("grain", "str", "'week' or 'month'"),
        Column("measure", "str", "'reviews', 'net', or 'pain:' and a pain category"),
        Column("n", "int64", "reviews or mentions behind the value"),
        Column(
            "value", "float64", "reviews: their number; net: in [-1, 1]; pain: share of negative mentions"
        ),
        Column("low", "float64", "lower end of the 95 % interval; NaN for reviews"),
        Column("high", "float64", "upper end of the 95 % interval; NaN for reviews"),
    ),
)

SEGMENTS = Table(
    "segments",
    (
        Column("segment", "str", "segment column"),
        Column("value", "str", "value of that column"),
        Column("pain", "str", "pain category"),
        Column("n", "int64", "mentions of the segment"),
        Column("negative", "int64", "of these, negative mentions of the pain category"),
        Column("share", "float64", "negative / n"),
        Column("base_share", "float64", "the same share outside the segment"),
        Column("ratio", "float64", "share / base_share"),
        Column("q_value", "float64", "p-value of Fisher's or the chi-squared test after Benjamini-Hochberg"),
        Column("is_significant", "bool", "q_value under 0.05 and enough mentions"),
    ),
)

ACTIONS = Table(
    "actions",
    (
        Column("department", "str", "department id"),
        Column("rank", "int64", "1 is the first to fix in the department"),
        Column("touchpoint", "str", "touchpoint id"),
        Column("theme_id", "str", "theme of negative mentions"),
        Column("n", "int64", "mentions of the theme"),
        Column("share", "float64", "share of all negative mentions"),
        Column("quote_id", "str", "mention id of the theme's representative quote"),
    ),
)


def check(table: pd.DataFrame, wanted: Table) -> None:
    """Raise `InputError` when `table` lacks a column of `wanted` that is not optional."""
    missing = [c.name for c in wanted.columns if not c.optional and c.name not in table.columns]
    if missing:
        raise InputError(
            f"The table of {wanted.name} lacks {', '.join(missing)}. "
            f"Its columns are: {', '.join(map(str, table.columns))}."
        )
