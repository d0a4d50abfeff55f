"""Between the row-wise part and the whole: from parts to tables for the stations, and to finished tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from insight.io.runs import to_frame
from insight.pipeline import Labelled

if TYPE_CHECKING:
    import pandas as pd

    from insight.io.parts import Parts
    from insight.io.runs import RunFolder

NOT_READ = ("clean",)
"""Long columns of reviews that most global stations do not ask for."""

COPY_MARKS = ("screen", "copy_of", "copy_kind")
"""Columns of reviews that depend on the whole dump, where copies are looked for."""


def gather(parts: Parts, *, without: Collection[str] = NOT_READ) -> Labelled:
    """Read all reviews, without their longest columns, and the mentions of those that are kept."""
    columns = [name for name in parts.schema("reviews").names if name not in without]
    reviews = pa.concat_tables(parts.tables("reviews", columns))
    mentions = pa.concat_tables(_kept_mentions(parts))
    return Labelled(to_frame(reviews), to_frame(mentions))


def reopen(folder: RunFolder) -> Labelled:
    """Read what `gather` gave from the finished tables."""
    reviews, mentions = folder.read_arrow("reviews", without=NOT_READ), folder.read_arrow("mentions")
    mentions = mentions.filter(_speaks_of(mentions, _kept_ids(reviews)))
    return Labelled(to_frame(reviews), to_frame(mentions))


def finish_tables(folder: RunFolder, labelled: Labelled) -> None:
    """Write `reviews.parquet` and `mentions.parquet` from the parts and what was found about the whole.

    Parameters
    ----------
    folder : RunFolder
        The run.
    labelled : Labelled
        What `gather` gave, in the same order, with themes and, where copies were looked for, their marks.
    """
    parts = folder.parts
    schema = parts.schema("reviews")
    # Without a search for copies the parts hold all that is known of reviews.
    marks = list(COPY_MARKS) if "copy_of" in labelled.reviews else []
    for name in marks:
        if name not in schema.names:
            schema = schema.append(pa.field(name, pa.large_string()))
    reviews = _with_marks(parts, labelled.reviews[marks], schema) if marks else parts.tables("reviews")
    folder.write_stream("reviews", reviews, schema)
    themes = _with_themes(parts, labelled.mentions["theme_id"])
    folder.write_stream("mentions", themes, parts.schema("mentions"))


def _with_marks(parts: Parts, marks: pd.DataFrame, schema: pa.Schema) -> Iterator[pa.Table]:
    done = 0
    for reviews in parts.tables("reviews"):
        piece = marks.iloc[done : done + len(reviews)]
        done += len(reviews)
        columns = {name: reviews[name] for name in reviews.column_names}
        columns |= {name: pa.array(piece[name], type=pa.large_string()) for name in piece}
        yield pa.table(columns, schema=schema)


def _kept_mentions(parts: Parts) -> Iterator[pa.Table]:
    for mentions, kept in _marked_mentions(parts):
        yield mentions.filter(kept)


def _with_themes(parts: Parts, theme_id: pd.Series) -> Iterator[pa.Table]:
    column = pa.Table.from_pandas(theme_id.to_frame(), preserve_index=False).column(0)
    found = column.cast(pa.large_string()).combine_chunks()
    done = 0
    for mentions, kept in _marked_mentions(parts):
        count = pc.sum(kept).as_py() or 0
        none = pa.repeat(pa.scalar("", pa.large_string()), len(mentions))
        themes = pc.replace_with_mask(none, kept, found.slice(done, count))
        done += count
        place = mentions.schema.get_field_index("theme_id")
        field = mentions.schema.field(place)
        yield mentions.set_column(place, field, themes.cast(field.type))


def _marked_mentions(parts: Parts) -> Iterator[tuple[pa.Table, pa.Array]]:
    """Mentions of each part, and which of them stand in a review that is kept."""
    reviews = parts.tables("reviews", ["review_id", "screen"])
    for mentions, screened in zip(parts.tables("mentions"), reviews, strict=True):
        yield mentions, _speaks_of(mentions, _kept_ids(screened)).combine_chunks()


def _kept_ids(reviews: pa.Table) -> pa.Array:
    return reviews.filter(pc.equal(reviews["screen"], "kept"))["review_id"].combine_chunks()


def _speaks_of(mentions: pa.Table, ids: pa.Array) -> pa.ChunkedArray:
    return pc.is_in(mentions["review_id"], value_set=ids)
