"""Between the row-wise part and the whole: from parts to tables for the stations, and to finished tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np
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
    reviews = folder.read_table("reviews", without=NOT_READ)
    mentions = folder.read_table("mentions")
    kept = mentions["review_id"].isin(reviews.loc[reviews["screen"] == "kept", "review_id"])
    return Labelled(reviews, mentions if kept.all() else mentions[kept].reset_index(drop=True))


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
    marks = [name for name in COPY_MARKS if name in labelled.reviews]
    for name in marks:
        if name not in schema.names:
            schema = schema.append(pa.field(name, pa.large_string()))
    folder.write_stream("reviews", _with_marks(parts, labelled.reviews[marks], schema), schema)
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
    for mentions, kept in zip(parts.tables("mentions"), _is_kept(parts), strict=True):
        yield mentions.filter(pa.array(kept))


def _with_themes(parts: Parts, theme_id: pd.Series) -> Iterator[pa.Table]:
    done = 0
    for mentions, kept in zip(parts.tables("mentions"), _is_kept(parts), strict=True):
        themes = np.full(len(mentions), "", dtype=object)
        count = int(kept.sum())
        themes[kept] = theme_id.iloc[done : done + count].to_numpy(dtype=object)
        done += count
        place = mentions.schema.get_field_index("theme_id")
        field = mentions.schema.field(place)
        yield mentions.set_column(place, field, pa.array(themes, type=field.type))


def _is_kept(parts: Parts) -> Iterator[np.ndarray]:
    """Whether the review of each mention of a part is kept."""
    reviews = parts.tables("reviews", ["review_id", "screen"])
    mentions = parts.tables("mentions", ["review_id"])
    for screened, said in zip(reviews, mentions, strict=True):
        kept = screened.filter(pc.equal(screened["screen"], "kept"))["review_id"]
        yield pc.is_in(said["review_id"], value_set=kept.combine_chunks()).to_numpy(zero_copy_only=False)
