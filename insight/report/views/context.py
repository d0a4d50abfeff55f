"""What every part of the page needs: words, formats, names, and the customers' sentences behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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

_QUOTE, _AROUND, _NAME = 280, 130, 80
_DEFAULT_MIN_N = 10


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
        """Ids of the reviews that were not set aside, with their stars and dates where the dump has them."""
        reviews = self.analysis.reviews
        known = [name for name in ("review_id", "stars", "date") if name in reviews]
        return reviews[known][reviews["screen"] == "kept"]

    @cached_property
    def kept_mentions(self) -> pd.DataFrame:
        """Mentions of the kept reviews."""
        mentions = self.analysis.mentions
        reviews = self.analysis.reviews
        aside = reviews.loc[reviews["screen"] != "kept", "review_id"]
        is_aside = mentions["review_id"].isin(aside)
        return mentions[~is_aside] if is_aside.any() else mentions

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
    def quotable(self) -> dict[str, dict[str, Any]]:
        """Mention id -> its row with that of its review, for every mention that some table quotes."""
        wanted = {key for ids in self.analysis.themes["quote_ids"] for key in ids}
        wanted |= set(self.analysis.actions["quote_id"]) if len(self.analysis.actions) else set()
        return self.rows_of(self.analysis.mentions[self.analysis.mentions["mention_id"].isin(wanted)])

    def rows_of(self, mentions: pd.DataFrame) -> dict[str, dict[str, Any]]:
        """Mention id -> the mention's row, its review's row under 'review'."""
        reviews = self.analysis.reviews
        reviews = reviews[reviews["review_id"].isin(mentions["review_id"])]
        by_id = {row["review_id"]: row for row in records(reviews)}
        return {
            row["mention_id"]: {**row, "review": by_id.get(row["review_id"], {})} for row in records(mentions)
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

    def quote(self, mention_id: str, rows: Mapping[str, dict[str, Any]] | None = None) -> Quote | None:
        """Return a mention within its review, masked, with what is known of it; None for an unknown id."""
        row = (self.quotable if rows is None else rows).get(mention_id)
        if row is None:
            return None
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
