"""Station: the clauses of each review."""

from collections.abc import Sequence

import pandas as pd

from insight.text.clauses import split_clauses
from insight.text.reading import Reading, read_text


def split_reviews(reviews: pd.DataFrame, readings: Sequence[Reading] | None = None) -> pd.DataFrame:
    """One row a clause, in reading order.

    Parameters
    ----------
    reviews : DataFrame
        At least `review_id` and `text`.
    readings : sequence of Reading, optional
        What `read_text` makes of each text, where it is known already.

    Returns
    -------
    DataFrame
        `group` (int64, row number of the review), `review_id` (str), `start`, `end` (int64, offsets in
        the raw text), `text` (str, as written), `clause` (str, normal form).
    """
    rows: list[tuple[int, int, int, str, str]] = []
    known = map(read_text, reviews["text"]) if readings is None else readings
    for group, reading in enumerate(known):
        raw = reading.raw
        for clause in split_clauses(reading):
            start, end = reading.raw_span(clause.first, clause.last)
            rows.append((group, start, end, raw[start:end], reading.form(clause.first, clause.last)))
    table = pd.DataFrame(rows, columns=["group", "start", "end", "text", "clause"])
    table = table.astype({"group": "int64", "start": "int64", "end": "int64", "text": "str", "clause": "str"})
    table.insert(1, "review_id", reviews["review_id"].to_numpy()[table["group"]])
    return table.astype({"review_id": "str"})
