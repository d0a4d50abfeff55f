"""Pieces of a dump become batches of reviews."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from insight.io.reviews.dates import join_clock, parse_dates
from insight.io.reviews.ids import IdRegister, content_ids
from insight.io.reviews.layout import ColumnMapping, DumpLayout
from insight.io.reviews.rows import Reject, Rows, raw_json
from insight.io.reviews.stars import parse_nps, parse_stars
from insight.schema import REJECTS, REVIEWS, SEGMENT_PREFIX

_IDENTITY = ("text", "title", "stars", "date", "time", "product", "customer")
"""What two reviews must share to count as the same row."""


@dataclass(frozen=True)
class ReviewBatch:
    """Some rows of a dump.

    Attributes
    ----------
    reviews : DataFrame
        All columns of `REVIEWS`, empty ones with "" or NaN, and the dump's other columns under `segment.`.
    rejects : DataFrame
        The rows that cannot be used, in the form of `REJECTS`.
    layout : DumpLayout
        The table that the rows come from.
    problems : mapping of str to int
        What is wrong with rows that were kept: `bad_stars`, `bad_date`, `bad_nps` (value left out),
        `repeated_id` (number added), `replaced_characters`, `stray_quotes`, `nul_bytes` (mended).
    """

    reviews: pd.DataFrame
    rejects: pd.DataFrame
    layout: DumpLayout
    problems: Mapping[str, int] = field(default_factory=dict)

    @property
    def n_rows(self) -> int:
        """Rows read from the dump: reviews and rejects."""
        return len(self.reviews) + len(self.rejects)


def make_batch(
    rows: Rows, layout: DumpLayout, *, source_file: str, now: datetime, ids: IdRegister
) -> ReviewBatch:
    """Batch of the rows: text, stars and dates parsed, ids given, rows without text set aside."""
    problems = Counter(rows.problems)
    table, text = rows.table, _text(rows.table, layout)
    is_empty = text.str.strip(" \t\r\n\u00a0\u200b\ufeff") == ""
    rejects = [*rows.rejects, *_without_text(table[is_empty])]
    table, text = table[~is_empty], text[~is_empty]
    reviews = pd.DataFrame({"source_row": table.index, "text": text.to_numpy()}, index=table.index)
    reviews["source_file"] = pd.Series(source_file, table.index, dtype="str")
    for name, (parsed, bad) in _parsed(table, layout, now).items():
        reviews[name] = parsed
        problems.update({"bad_stars" if name.startswith("stars") else f"bad_{name}": bad})
    for role in ("product", "brand", "channel", "customer"):
        reviews[role] = _column(table, layout.column(role)).str.strip()
    reviews["review_id"], repeated = ids.distinct(_ids(table, layout))
    if layout.column("review_id"):  # rows of equal content are no problem of the dump's ids
        problems["repeated_id"] += repeated
    segments = {
        f"{SEGMENT_PREFIX}{c.header}": table[c.header]
        for c in layout.mapping
        if not c.role and c.header in table
    }
    late = {f"{SEGMENT_PREFIX}{h}": table[h] for h in table if h not in {c.header for c in layout.mapping}}
    reviews = pd.concat(
        [reviews[REVIEWS.names], pd.DataFrame(segments | late, index=table.index)], axis="columns"
    )
    return ReviewBatch(
        reviews.reset_index(drop=True), _reject_table(rejects, source_file), layout, dict(+problems)
    )


def _column(table: pd.DataFrame, column: ColumnMapping | None) -> pd.Series:
    """Column as strings; empty where the dump, or this piece of it, has none."""
    if column is None or column.header not in table:
        return pd.Series("", table.index, dtype="str")
    return table[column.header]


def _text(table: pd.DataFrame, layout: DumpLayout) -> pd.Series:
    body = _column(table, layout.column("text"))
    if layout.column("title") is None:
        return body
    title = _column(table, layout.column("title"))
    has_both = (title.str.strip() != "") & (body.str.strip() != "") & (title != body)
    return (title + "\n" + body).where(has_both, body.where(body.str.strip() != "", title))


def _without_text(table: pd.DataFrame) -> list[Reject]:
    return [
        Reject(int(str(number)), "no_text", raw_json(row))
        for number, row in zip(table.index, table.to_dict("records"), strict=True)
    ]


def _parsed(table: pd.DataFrame, layout: DumpLayout, now: datetime) -> dict[str, tuple[pd.Series, int]]:
    nothing = pd.Series(np.nan, table.index, dtype="float64")
    parsed: dict[str, tuple[pd.Series, int]] = {}
    for role in ("stars", "stars_delivery", "stars_product", "stars_seller"):
        column = layout.column(role)
        scale = int(column.form.removeprefix("1-")) if column else 5
        parsed[role] = parse_stars(_column(table, column), scale=scale) if column else (nothing, 0)
    nps = layout.column("nps")
    parsed["nps"] = parse_nps(_column(table, nps)) if nps else (nothing, 0)
    date, time = layout.column("date"), layout.column("time")
    days = _column(table, date)
    if time:
        days = join_clock(days, _column(table, time))
    parsed["date"] = parse_dates(days, day_first=date is None or date.form == "day first", now=now)
    return parsed


def _ids(table: pd.DataFrame, layout: DumpLayout) -> pd.Series:
    ids = _column(table, layout.column("review_id")).str.strip()
    without = table[ids == ""]
    if len(without):
        # Raw values, not parsed ones: "2 tuần trước" is another day in every run.
        ids[without.index] = content_ids([_column(without, layout.column(role)) for role in _IDENTITY])
    return ids


def _reject_table(rejects: Sequence[Reject], source_file: str) -> pd.DataFrame:
    if not rejects:
        return REJECTS.empty()
    ordered = sorted(rejects)
    return pd.DataFrame(
        {
            "source_file": pd.Series([source_file] * len(ordered), dtype="str"),
            "source_row": pd.Series([reject.row for reject in ordered], dtype="int64"),
            "reason": pd.Series([reject.reason for reject in ordered], dtype="str"),
            "raw": pd.Series([reject.raw for reject in ordered], dtype="str"),
        }
    )
