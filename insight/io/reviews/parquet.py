"""Parquet files, by row groups."""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

from insight.errors import InputError
from insight.io.reviews.rows import RawTable, Rows, cell_text, to_rows
from insight.io.reviews.sources import Source, seekable


def read_parquet(source: Source) -> RawTable:
    """Table of a Parquet file.

    Raises
    ------
    InputError
        When it cannot be read or has no row.
    """
    try:
        with source.open() as handle:
            n_rows = pq.ParquetFile(seekable(handle)).metadata.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"{source.name} cannot be read as Parquet: {error}. Write it again.") from error
    if not n_rows:
        raise InputError(
            f"{source.name} has a header and no row below it. Export it again, or give another file."
        )
    return RawTable(
        name=source.name,
        path=str(source.path),
        format="parquet",
        pieces=partial(_pieces, source),
        compression=source.compression,
        header_row=1,
    )


def _pieces(source: Source, size: int) -> Iterator[Rows]:
    done = 0
    with source.open() as handle:
        for batch in pq.ParquetFile(seekable(handle)).iter_batches(batch_size=size):
            columns = {
                name: _strings(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)
            }
            numbers = range(done + 1, done + batch.num_rows + 1)
            done += batch.num_rows
            yield to_rows(columns, numbers)


def _strings(column: pa.Array) -> list[str]:
    return [cell_text(value) for value in column.to_pylist()]
