"""Station: the clauses of each review."""

import pandas as pd

from insight.text.found_clauses import find_clauses
from insight.text.reading import read_text


def split_reviews(reviews: pd.DataFrame) -> pd.DataFrame:
    """One row a clause, in reading order.

    Parameters
    ----------
    reviews : DataFrame
        At least `review_id` and `text`.

    Returns
    -------
    DataFrame
        `group` (int64, row number of the review), `review_id` (str), `start`, `end` (int64, offsets in
        the raw text), `text` (str, as written), `clause` (str, normal form).
    """
    known = list(map(read_text, reviews["text"]))
    groups, starts, ends, forms = find_clauses(known)
    spans = zip(groups.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return pd.DataFrame(
        {
            "group": groups,
            "review_id": reviews["review_id"].array.take(groups),
            "start": starts,
            "end": ends,
            "text": pd.array([known[group].raw[start:end] for group, start, end in spans], dtype="str"),
            "clause": pd.array(forms, dtype="str"),
        }
    ).astype({"review_id": "str"})
