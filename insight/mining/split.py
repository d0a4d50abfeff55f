"""Station: the clauses of each review."""

from collections.abc import Sequence

import numpy as np
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
    known = list(map(read_text, reviews["text"])) if readings is None else readings
    rows = [
        (group, *reading.raw_span(first, last), reading.form(first, last))
        for group, reading in enumerate(known)
        for first, last, _ in split_clauses(reading)
    ]
    groups, starts, ends, clauses = zip(*rows, strict=True) if rows else ((), (), (), ())
    texts = [known[group].raw[start:end] for group, start, end, _ in rows]
    places = np.array(groups, dtype="int64")
    return pd.DataFrame(
        {
            "group": places,
            "review_id": reviews["review_id"].array.take(places),
            "start": np.array(starts, dtype="int64"),
            "end": np.array(ends, dtype="int64"),
            "text": pd.array(texts, dtype="str"),
            "clause": pd.array(clauses, dtype="str"),
        }
    ).astype({"review_id": "str"})
