"""Tables in memory as the report sees those of a finished run."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from insight.analysis import Analysis
from insight.io.parts import encode_table
from insight.io.rows import StoredRows


def stored_rows(reviews: pd.DataFrame, mentions: pd.DataFrame) -> StoredRows:
    """Reviews and mentions as Parquet that lies in memory."""
    return StoredRows(*(pq.ParquetFile(pa.BufferReader(encode_table(t))) for t in (reviews, mentions)))


def whole_tables(analysis: Analysis) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All reviews, and the mentions of those that are kept, with every column."""
    pieces = (
        analysis.rows.reviews(analysis.reviews.index.to_numpy()),
        analysis.rows.mentions(analysis.mentions.index.to_numpy()),
    )
    return tuple(pd.concat(some) for some in pieces)
