"""Dumps of reviews, in whatever form a user exported them.

A dump goes through these files: `sources` finds it, `formats` chooses the reader (`delimited`, `spreadsheet`,
`json_rows`, `parquet`), which gives pieces of strings (`rows`); `mapping` decides what each column is, by its
name (`role_names`, `roles.toml`) or by what it holds (`role_contents`); `batches` parses the values (`stars`,
`dates`, `ids`); `reading` strings these together.
"""

from insight.io.reviews.batches import ReviewBatch
from insight.io.reviews.layout import ColumnMapping, DumpLayout
from insight.io.reviews.reading import inspect_dumps, read_reviews
from insight.io.reviews.role_names import ROLES

__all__ = ["ROLES", "ColumnMapping", "DumpLayout", "ReviewBatch", "inspect_dumps", "read_reviews"]
