"""The mention explorer: a sample of mentions as compact JSON, for search and filters in the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from insight.report.formats import plain, shorten
from insight.report.masking import mask
from insight.report.views.context import Context, records
from insight.report.views.shown import LETTERS
from insight.taxonomy import SENTIMENTS

_SEGMENT_COLUMNS = 3
_STATIC = 40


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Select:
    """One filter; `place` is the position of its value in a row of the data."""

    field: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Line:
    """A mention shown without JavaScript."""

    text: str
    labels: str
    side: str
    about: str


@dataclass(frozen=True)
class ExplorerView:
    """What the part shows."""

    selects: list[Select]
    data: Markup
    note: str
    lines: list[Line]


def view_explorer(context: Context) -> ExplorerView:
    """Return a sample of the mentions, with the choices of every filter."""
    mentions, sample = context.analysis.mentions, context.shown.sample
    rows = context.rows_of(sample)
    columns = _segment_columns(context)
    selects = _selects(context, rows, columns)
    encoded = _encode(context, rows, selects, columns)
    key = "explorer.sample" if len(sample) < len(mentions) else "explorer.all"
    integer = context.formats.integer
    return ExplorerView(
        selects=[select for select in selects if len(select.options) > 1],
        data=embed_json({"fields": [select.field for select in selects], "rows": encoded}),
        note=context.messages(key, n=integer(len(sample)), total=integer(len(mentions))),
        lines=[_line(context, row) for row in rows[:_STATIC]],
    )


def embed_json(value: Any) -> Markup:
    """JSON that can stand in a script element: no text in it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 # every character that means something to HTML is escaped


def _segment_columns(context: Context) -> list[str]:
    journey = context.analysis.journey
    columns = journey.loc[journey["segment"] != "", "segment"].drop_duplicates().tolist()
    return [str(column) for column in columns[:_SEGMENT_COLUMNS]]


def _selects(context: Context, rows: list[dict[str, Any]], columns: Sequence[str]) -> list[Select]:
    m = context.messages
    names: dict[str, dict[str, str]] = {
        "stage": context.stage_names,
        "touchpoint": {
            key: n for key, n in context.touchpoint_names.items() if any(r["touchpoint"] == key for r in rows)
        },
        "pain": context.pain_names,
        "sentiment": {side: context.sentiment_names[side] for side in SENTIMENTS},
        "theme": {context.theme_key(theme): context.theme_name(theme) for theme in context.themes},
        "period": _periods(context),
    }
    selects = [
        Select(field, m(f"explorer.{field}"), [Option(key, name) for key, name in labels.items()])
        for field, labels in names.items()
    ]
    journey = context.analysis.journey
    for number, column in enumerate(columns):
        values = journey.loc[journey["segment"] == column, "value"].drop_duplicates().tolist()
        options = [Option(str(place), context.name(value)) for place, value in enumerate(values)]
        selects.append(Select(f"segment{number}", context.column_name(column), options))
    return selects


def _periods(context: Context) -> dict[str, str]:
    trends = context.analysis.trends
    reviews = trends[trends["measure"] == "reviews"].sort_values("period")
    return {
        f"{row['period']:%Y-%m-%d}": context.formats.period(row["period"], row["grain"])
        for row in records(reviews)
    }


def _encode(
    context: Context, rows: list[dict[str, Any]], selects: list[Select], columns: Sequence[str]
) -> list[list[Any]]:
    """Each mention as [text, about, place of its value in each filter]; -1 for none."""
    from bisect import bisect_right

    places = {
        select.field: {option.value: i for i, option in enumerate(select.options)} for select in selects
    }
    starts = list(places["period"])
    journey = context.analysis.journey
    values = {c: journey.loc[journey["segment"] == c, "value"].drop_duplicates().tolist() for c in columns}
    encoded = []
    for row in rows:
        review = row["review"]
        labels = ("stage", "touchpoint", "pain", "sentiment")
        at = [places[label].get(row[label], -1) for label in labels]
        at.append(places["theme"].get(context.theme_key(row["theme_id"]), -1))
        date = review.get("date")
        at.append(bisect_right(starts, f"{date:%Y-%m-%d}") - 1 if date is not None and date == date else -1)
        for column in columns:
            value = review.get(column)
            at.append(values[column].index(value) if value in values[column] else -1)
        encoded.append([_text(row), " · ".join(context.about(review)), *at])
    return encoded


def _text(row: dict[str, Any]) -> str:
    return shorten(plain(mask(row["text"][: 2 * LETTERS])), LETTERS)


def _line(context: Context, row: dict[str, Any]) -> Line:
    names = (context.stage_names.get(row["stage"], ""), context.touchpoint_name(row["touchpoint"]))
    labels = " · ".join((*names, context.pain_names.get(row["pain"], "")))
    return Line(_text(row), labels, row["sentiment"], " · ".join(context.about(row["review"])))
