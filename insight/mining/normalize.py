"""Station: the clean text of each review, beside the raw one."""

from collections.abc import Sequence

import pandas as pd

from insight.text.reading import Reading, read_text


def normalize_reviews(reviews: pd.DataFrame, readings: Sequence[Reading] | None = None) -> pd.DataFrame:
    """`reviews` with the column `clean`: normal forms of the raw text, joined by spaces.

    Parameters
    ----------
    reviews : DataFrame
        `schema.REVIEWS`.
    readings : sequence of Reading, optional
        What `read_text` makes of each text, where it is known already.

    Returns
    -------
    DataFrame
        A new table with `clean` (str).
    """
    known = map(read_text, reviews["text"]) if readings is None else readings
    clean = [" ".join(reading.forms).replace("\n", " ") for reading in known]
    return reviews.assign(clean=pd.array(clean, dtype="str"))
