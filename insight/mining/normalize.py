"""Station: the clean text of each review, beside the raw one."""

import pandas as pd

from insight.text.reading import read_text


def normalize_reviews(reviews: pd.DataFrame) -> pd.DataFrame:
    """`reviews` with the column `clean`: normal forms of the raw text, joined by spaces.

    Parameters
    ----------
    reviews : DataFrame
        `schema.REVIEWS`.

    Returns
    -------
    DataFrame
        A new table with `clean` (str).
    """
    clean = [" ".join(read_text(text).forms).replace("\n", " ") for text in reviews["text"]]
    return reviews.assign(clean=pd.array(clean, dtype="str"))
