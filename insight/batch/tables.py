"""Between the row-wise part and the whole: from parts to tables for the stations, and to finished tables."""

from __future__ import annotations

from collections.abc import Iterator
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
"""Long columns of reviews that no global station asks for."""


def gather(parts: Parts) -> Labelled:
    """All reviews, without their longest columns, and the mentions of those that are kept."""
    columns = [name for name in parts.schema("reviews").names if name not in NOT_READ]
    reviews = pa.concat_tables(parts.tables("reviews", columns))
    mentions = pa.concat_tables(_kept_mentions(parts))
    return Labelled(to_frame(reviews), to_frame(mentions))


def reopen(folder: RunFolder) -> Labelled:
    """What `gather` gave, from the finished tables."""
    reviews = folder.read_table("reviews", without=NOT_READ)
    mentions = folder.read_table("mentions")
    kept = mentions["review_id"].isin(reviews.loc[reviews["screen"] == "kept", "review_id"])
    return Labelled(reviews, mentions if kept.all() else mentions[kept].reset_index(drop=True))


def finish_tables(folder: RunFolder, theme_id: pd.Series) -> None:
    """Write `reviews.parquet` and `mentions.parquet` from the parts.

    Parameters
    ----------
    folder : RunFolder
        The run.
    theme_id : Series of str
        Theme of each mention of a kept review, in the order of `gather`.
    """
    parts = folder.parts
    folder.write_stream("reviews", parts.tables("reviews"), parts.schema("reviews"))
    folder.write_stream("mentions", _with_themes(parts, theme_id), parts.schema("mentions"))


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
