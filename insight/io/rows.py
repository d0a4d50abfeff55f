"""The finished tables of a run: few columns of all rows for counting, whole rows where a text is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from insight.analysis import Counted
from insight.io.runs import RunFolder, to_frame
from insight.schema import SEGMENT_PREFIX

if TYPE_CHECKING:
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

_COUNTED = ("screen", "overall", "stars", "date", "product", "brand", "channel")
"""Columns of reviews that stations which only count ask for, beside the dump's own."""

_LABELS = ("stage", "touchpoint", "pain", "sentiment", "theme_id")
_SHORT = 32
"""Reviews that are looked through for the owner of one mention, at least."""


class StoredRows:
    """Reviews and mentions in Parquet, read a row group at a time.

    A row is named by its number in its table, from 0.

    Parameters
    ----------
    reviews, mentions : ParquetFile
        `schema.SCREENED` and `schema.MENTIONS`.
    """

    def __init__(self, reviews: pq.ParquetFile, mentions: pq.ParquetFile) -> None:
        self._reviews, self._mentions = reviews, mentions

    @classmethod
    def of(cls, folder: RunFolder) -> StoredRows:
        """Open the tables of a finished run; `InputError` when there are none."""
        return cls(folder.table_file("reviews"), folder.table_file("mentions"))

    def counted(self) -> Counted:
        """Read what stations that only count ask for: no text, and no id."""
        names = self._reviews.schema_arrow.names
        used = [name for name in names if name in _COUNTED or name.startswith(SEGMENT_PREFIX)]
        reviews = pd.DataFrame({name: _column(self._reviews, name) for name in used})
        kept = (reviews["screen"] == "kept").to_numpy()
        owner = self._owners()
        known = (owner >= 0) & kept[owner]
        columns = {"review_id": owner, **{name: self._labels(name) for name in _LABELS}}
        columns |= {name: _column(self._mentions, name) for name in ("p_sentiment", "unsure")}
        ends, starts = (_column(self._mentions, name).to_numpy() for name in ("end", "start"))
        columns["letters"] = (ends - starts).astype(np.int32)
        mentions = pd.DataFrame(columns, copy=False)
        return Counted(reviews, mentions if known.all() else mentions[known])

    def reviews(
        self, numbers: NDArray[np.integer], columns: Collection[str] | None = None
    ) -> Iterator[pd.DataFrame]:
        """Yield the reviews of these numbers in pieces, in order of their numbers, which are the index.

        Parameters
        ----------
        numbers : array of int
            Numbers in ascending order.
        columns : collection of str, optional
            Columns to read, where they exist; all by default.
        """
        return _pieces(self._reviews, numbers, columns)

    def mentions(
        self, numbers: NDArray[np.integer], columns: Collection[str] | None = None
    ) -> Iterator[pd.DataFrame]:
        """Yield the mentions of these numbers; see `reviews`."""
        return _pieces(self._mentions, numbers, columns)

    def mention_numbers(self, ids: Collection[str]) -> NDArray[np.int64]:
        """Numbers of the mentions with these ids, in ascending order."""
        wanted = pa.array(sorted(ids), pa.large_string())
        found, first = [np.empty(0, dtype=np.int64)], 0
        for piece in _groups(self._mentions, ["mention_id"]):
            here = pc.is_in(piece["mention_id"].cast(pa.large_string()), value_set=wanted)
            found.append(first + np.flatnonzero(here.to_numpy()))
            first += len(piece)
        return np.concatenate(found)

    def _labels(self, name: str) -> pd.Series:
        labels = _column(self._mentions, name)
        return labels.cat.reorder_categories(sorted(labels.cat.categories))

    def _owners(self) -> NDArray[np.int32]:
        """Number of the review of each mention, -1 where there is none."""
        ids = self._reviews.read(["review_id"], use_threads=False)["review_id"].combine_chunks()
        found, at = [np.empty(0, dtype=np.int32)], 0
        for piece in _groups(self._mentions, ["review_id"]):
            owner = _find(piece["review_id"].cast(ids.type), ids, at)
            found.append(owner)
            at = max(at, int(owner.max(initial=0)))
        return np.concatenate(found)


def _find(owners: pa.ChunkedArray, ids: pa.Array, at: int) -> NDArray[np.int32]:
    """Places of `owners` in `ids`, -1 for none.

    Mentions stand in the order of their reviews, so few ids behind place `at` hold them all; where they do
    not, all are looked through.
    """
    width = max(_SHORT, 2 * len(owners))
    place = pc.index_in(owners, value_set=ids.slice(at, width))
    first = at
    if place.null_count:
        place, first = pc.index_in(owners, value_set=ids), 0
    numbers: NDArray[np.int32] = place.fill_null(-1 - first).to_numpy().astype(np.int32) + np.int32(first)
    return numbers


def _column(file: pq.ParquetFile, name: str) -> pd.Series:
    """Read one column; texts become categories in the order in which they turn up."""
    kind = file.schema_arrow.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        numbers: pd.Series = file.read([name], use_threads=False)[name].to_pandas()
        return numbers
    # A group at a time: the whole column as texts takes many times what its categories take.
    codes = [chunk for piece in _groups(file, [name]) for chunk in piece[name].dictionary_encode().chunks]
    column = pa.chunked_array(codes, pa.dictionary(pa.int32(), kind)).unify_dictionaries()
    categories: pd.Series = column.to_pandas()
    return categories


def _groups(file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.Table]:
    for number in range(file.num_row_groups):
        yield file.read_row_group(number, columns, use_threads=False)


def _pieces(
    file: pq.ParquetFile, numbers: NDArray[np.integer], columns: Collection[str] | None
) -> Iterator[pd.DataFrame]:
    names = [name for name in file.schema_arrow.names if columns is None or name in columns]
    first = 0
    for group in range(file.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        here = numbers[np.searchsorted(numbers, first) : np.searchsorted(numbers, first + size)]
        if len(here):
            rows = file.read_row_group(group, names, use_threads=False).take(pa.array(here - first))
            yield to_frame(rows).set_axis(here, axis=0)
        first += size
