"""Between the row-wise part and the whole: what the stations read of the parts, and the finished tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from insight.io.runs import to_frame
from insight.pipeline import THEMED

if TYPE_CHECKING:
    import pandas as pd

    from insight.io.parts import Parts
    from insight.io.runs import RunFolder

COPY_MARKS = ("screen", "copy_of", "copy_kind")
"""Columns of reviews that depend on the whole dump, where copies are looked for."""

_COMPARED = ("review_id", "date", "clean", "screen")
"""Columns of reviews that copies are found by."""


def gather_reviews(parts: Parts) -> pd.DataFrame:
    """Read of all reviews what copies are found by."""
    return to_frame(pa.concat_tables(parts.tables("reviews", _COMPARED)))


def gather_mentions(parts: Parts, marks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Read of the mentions of kept reviews what themes are found by.

    Parameters
    ----------
    parts : Parts
        All parts of the run.
    marks : DataFrame, optional
        `COPY_MARKS` of all reviews, where copies were looked for.
    """
    kept = (mentions.filter(is_kept) for mentions, is_kept in _marked_mentions(parts, marks, THEMED))
    return to_frame(pa.concat_tables(map(_narrow, kept)).unify_dictionaries())


def _narrow(mentions: pa.Table) -> pa.Table:
    """What themes are found by; the few touchpoints and sentiments by number."""
    columns = {name: mentions[name] for name in THEMED if name in mentions.schema.names}
    coded = {name: columns[name].dictionary_encode() for name in ("touchpoint", "sentiment")}
    return pa.table(columns | coded)


def finish_tables(folder: RunFolder, theme_id: pd.Series, marks: pd.DataFrame | None = None) -> None:
    """Write `reviews.parquet` and `mentions.parquet` from the parts and what was found about the whole.

    Parameters
    ----------
    folder : RunFolder
        The run.
    theme_id : Series
        Theme of each mention that `gather_mentions` gave, in the same order.
    marks : DataFrame, optional
        `COPY_MARKS` of all reviews, where copies were looked for.
    """
    parts = folder.parts
    schema = parts.schema("reviews")
    reviews = parts.tables("reviews")
    if marks is not None:
        added = [name for name in COPY_MARKS if name not in schema.names]
        schema = pa.schema([*schema, *(pa.field(name, pa.large_string()) for name in added)])
        reviews = _with_marks(parts, marks, schema)
    folder.write_stream("reviews", reviews, schema)
    folder.write_stream("mentions", _with_themes(parts, theme_id, marks), parts.schema("mentions"))


def _with_marks(parts: Parts, marks: pd.DataFrame, schema: pa.Schema) -> Iterator[pa.Table]:
    done = 0
    for reviews in parts.tables("reviews"):
        piece = marks.iloc[done : done + len(reviews)]
        done += len(reviews)
        columns = {name: reviews[name] for name in reviews.column_names}
        columns |= {name: pa.array(piece[name], type=pa.large_string()) for name in piece}
        yield pa.table(columns, schema=schema)


def _with_themes(parts: Parts, theme_id: pd.Series, marks: pd.DataFrame | None) -> Iterator[pa.Table]:
    column = pa.Table.from_pandas(theme_id.to_frame(), preserve_index=False).column(0)
    found = column.cast(pa.large_string()).combine_chunks()
    done = 0
    for mentions, kept in _marked_mentions(parts, marks):
        count = pc.sum(kept).as_py() or 0
        none = pa.repeat(pa.scalar("", pa.large_string()), len(mentions))
        themes = pc.replace_with_mask(none, kept, found.slice(done, count))
        done += count
        place = mentions.schema.get_field_index("theme_id")
        field = mentions.schema.field(place)
        yield mentions.set_column(place, field, themes.cast(field.type))


def _marked_mentions(
    parts: Parts, marks: pd.DataFrame | None, columns: tuple[str, ...] | None = None
) -> Iterator[tuple[pa.Table, pa.Array]]:
    """Mentions of each part, and which of them stand in a review that is kept."""
    done = 0
    read = None if columns is None else ("review_id", *columns)
    reviews = parts.tables("reviews", ["review_id", "screen"])
    for mentions, screened in zip(parts.tables("mentions", read), reviews, strict=True):
        screen = screened["screen"]
        if marks is not None:
            screen = pa.array(marks["screen"].iloc[done : done + len(screened)])
            done += len(screened)
        ids = screened["review_id"].filter(pc.equal(screen, "kept")).combine_chunks()
        yield mentions, pc.is_in(mentions["review_id"], value_set=ids).combine_chunks()
