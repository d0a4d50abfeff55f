"""What every part of the page needs: words, formats, names, and the customers' sentences behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from insight.analysis import Analysis
from insight.report.formats import Formats, plain, shorten
from insight.report.masking import mask_around
from insight.report.messages import Messages
from insight.report.views.pieces import Quote
from insight.schema import SEGMENT_PREFIX
from insight.taxonomy import Language

if TYPE_CHECKING:
    import pandas as pd

    from insight.report.views.shown import Shown

_QUOTE, _AROUND, _NAME = 280, 130, 80
_DEFAULT_MIN_N = 10
_OF_REVIEWS = ("text", "stars", "date", "product", "brand")
_OF_MENTIONS = (
    "mention_id", "review_id", "text", "start", "end",
    "stage", "touchpoint", "pain", "sentiment", "theme_id",
)  # fmt: skip
"""Columns of what is shown that some part of the page asks for."""


@dataclass(frozen=True)
class Context:
    """The analysis with everything that turns it into words of one language.

    Parameters
    ----------
    analysis : Analysis
        What is told.
    language : {'vi', 'en'}
        In which language.
    messages : Messages
        The sentences of that language.
    """

    analysis: Analysis
    language: Language
    messages: Messages

    @cached_property
    def formats(self) -> Formats:
        """Numbers and dates of the language."""
        return Formats(self.language)

    @cached_property
    def min_n(self) -> int:
        """Fewest mentions of which a figure is drawn."""
        settings = self.analysis.manifest.get("settings") or {}
        return int((settings.get("report") or {}).get("min_n", _DEFAULT_MIN_N))

    @cached_property
    def stage_names(self) -> dict[str, str]:
        """Stage id -> name, in the order of the journey."""
        return {label.id: self.name(label.name(self.language)) for label in self.analysis.taxonomy.stages}

    @cached_property
    def touchpoint_names(self) -> dict[str, str]:
        """Touchpoint id -> name."""
        return {
            label.id: self.name(label.name(self.language)) for label in self.analysis.taxonomy.touchpoints
        }

    @cached_property
    def pain_names(self) -> dict[str, str]:
        """Pain category id -> name, 'none' included."""
        return {label.id: self.name(label.name(self.language)) for label in self.analysis.taxonomy.pains}

    @cached_property
    def department_names(self) -> dict[str, str]:
        """Department id -> name."""
        return {
            label.id: self.name(label.name(self.language)) for label in self.analysis.taxonomy.departments
        }

    @cached_property
    def owners(self) -> dict[str, str]:
        """Touchpoint id -> department id."""
        return {point.id: point.department for point in self.analysis.taxonomy.touchpoints}

    @cached_property
    def unspecific(self) -> frozenset[str]:
        """Touchpoints that name nothing one could mend: their usual pain category is 'none'."""
        return frozenset(point.id for point in self.analysis.taxonomy.touchpoints if point.pain == "none")

    @cached_property
    def sentiment_names(self) -> dict[str, str]:
        """Sentiment id -> name."""
        return {side: self.messages(f"sentiment.{side}") for side in ("negative", "neutral", "positive")}

    @cached_property
    def themes(self) -> dict[str, dict[str, Any]]:
        """Theme id -> its row."""
        return {row["theme_id"]: row for row in records(self.analysis.themes)}

    @cached_property
    def kept_reviews(self) -> pd.DataFrame:
        """The reviews that were not set aside, as they are counted."""
        reviews = self.analysis.reviews
        return reviews[reviews["screen"] == "kept"]

    @cached_property
    def whole_journey(self) -> pd.DataFrame:
        """The rows of the journey that speak of all customers."""
        journey = self.analysis.journey
        return journey[journey["segment"] == ""]

    @cached_property
    def n_negative(self) -> int:
        """Negative mentions in all."""
        stages = self.whole_journey[self.whole_journey["level"] == "stage"]
        return int(stages["negative"].sum())

    @cached_property
    def shown(self) -> Shown:
        """The mentions that are shown word for word."""
        from insight.report.views.shown import choose_shown

        return choose_shown(self.analysis)

    @cached_property
    def quotable(self) -> dict[str, dict[str, Any]]:
        """Mention id -> its row with that of its review, for every mention that some table quotes."""
        return {row["mention_id"]: row for row in self.rows_of(self.shown.quoted)}

    def rows_of(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Rows of mentions that are shown, each with the row of its review under 'review'."""
        return [self._rows[int(number)] for number in numbers]

    @cached_property
    def _rows(self) -> dict[int, dict[str, Any]]:
        """Number -> row of every mention that is shown: each table is passed over once."""
        import numpy as np

        numbers = np.unique(np.concatenate([self.shown.quoted, self.shown.of_pains, self.shown.sample]))
        mentions, source = self.analysis.mentions, self.analysis.rows
        owners = mentions["review_id"].to_numpy()[np.searchsorted(mentions.index, numbers)]
        columns = [*_OF_REVIEWS, *self.analysis.journey["segment"].unique()]
        reviews = _by_number(source.reviews(np.unique(owners), columns))
        rows = _by_number(source.mentions(numbers, _OF_MENTIONS))
        return {
            number: {**rows[number], "review": reviews[owner]}
            for number, owner in zip(numbers.tolist(), owners.tolist(), strict=True)
        }

    def name(self, text: Any) -> str:
        """Return a name from the user's files as one short plain line."""
        return shorten(plain(str(text)[: 5 * _NAME]), _NAME)

    def theme_name(self, theme_id: str) -> str:
        """Name of a theme; empty for an unknown one."""
        theme = self.themes.get(theme_id)
        return self.name(theme["name"]) if theme else ""

    def theme_short(self, theme_id: str) -> str:
        """Name of a theme where its touchpoint stands beside it and need not be told in brackets."""
        theme = self.themes.get(theme_id)
        point = self.touchpoint_name(theme["touchpoint"]) if theme else ""
        return self.theme_name(theme_id).removesuffix(f" ({point})")

    def theme_key(self, theme_id: str) -> str:
        """Return the place of a theme among all, its name in links; empty for an unknown one."""
        return self._theme_keys.get(theme_id, "")

    @cached_property
    def _theme_keys(self) -> dict[str, str]:
        return {theme_id: str(place) for place, theme_id in enumerate(self.themes, start=1)}

    def touchpoint_name(self, id: str) -> str:
        """Name of a touchpoint; the id itself when the taxonomy lost it."""
        return self.touchpoint_names.get(id, self.name(id))

    def column_name(self, column: str) -> str:
        """Return a segment column as the dump calls it, or by its role."""
        known = f"column.{column}"
        if known in self.messages.catalogue:
            return self.messages(known)
        return self.name(column.removeprefix(SEGMENT_PREFIX))

    def mentions_count(self, n: int) -> str:
        """'12 mentions', in the language of the page."""
        return self.messages.count("mentions", int(n), self.formats.integer(n))

    def reviews_count(self, n: int) -> str:
        """'12 reviews', in the language of the page."""
        return self.messages.count("reviews", int(n), self.formats.integer(n))

    def quote(self, mention_id: str) -> Quote | None:
        """Return a mention that some table quotes; None for an unknown id."""
        row = self.quotable.get(mention_id)
        return None if row is None else self.quote_row(row)

    def quote_row(self, row: Mapping[str, Any]) -> Quote:
        """Return a mention within its review, masked, with what is known of it."""
        review = row["review"]
        text, start, end = review.get("text", row["text"]), int(row["start"]), int(row["end"])
        if text[start:end] != row["text"]:
            text, start, end = row["text"], 0, len(row["text"])
        cut = mask_around(text, start, end)
        return Quote(
            before=shorten(cut.before, _AROUND, at_start=True),
            text=shorten(cut.quote, _QUOTE),
            after=shorten(cut.after, _AROUND),
            about=self.about(review),
            side=row["sentiment"],
        )

    def about(self, review: Mapping[str, Any]) -> list[str]:
        """Date, stars, product and brand of a review, as far as it has them."""
        said = []
        if review.get("date") is not None and review["date"] == review["date"]:
            said.append(self.formats.day(review["date"]))
        if review.get("stars") is not None and review["stars"] == review["stars"]:
            places = 0 if float(review["stars"]).is_integer() else 1
            said.append(self.messages("quote.stars", stars=self.formats.decimal(review["stars"], places)))
        names = [self.name(review[key]) for key in ("product", "brand") if _is_text(review.get(key))]
        said += [shorten(name, 48) for name in names if name and not name.isdigit()]
        return said + [self.messages("quote.code", code=name) for name in names if name.isdigit()]

    def quotes(self, ids: Sequence[str], count: int) -> list[Quote]:
        """Return the first `count` quotes that exist."""
        found = (self.quote(key) for key in ids[:count])
        return [quote for quote in found if quote is not None]


def _by_number(pieces: Iterable[pd.DataFrame]) -> dict[int, dict[str, Any]]:
    numbered = (zip(piece.index.tolist(), records(piece), strict=True) for piece in pieces)
    return dict(chain.from_iterable(numbered))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries of Python's own values."""
    names = [str(name) for name in table.columns]
    columns = [_values(table.iloc[:, place]) for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series) -> list[Any]:
    # Texts that lie in Arrow are handed out one by one, slowly, unless all are asked for at once.
    return (column.to_numpy(dtype=object) if column.dtype == "str" else column).tolist()


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
