"""Station: one signed number for each mention and each review."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.taxonomy import SENTIMENTS

_SIGN = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def score_mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    """`mentions` with `score`: the sign of the sentiment times its probability, in [-1, 1]."""
    sign = mentions["sentiment"].map(_SIGN).astype("float64")
    return mentions.assign(score=(sign * mentions["p_sentiment"]).round(4))


def score_reviews(reviews: pd.DataFrame, overall: NDArray[np.float64]) -> pd.DataFrame:
    """`reviews` with `overall`, `p_overall` and `score`.

    Parameters
    ----------
    reviews : DataFrame
        One row a review.
    overall : ndarray of float64, shape (n_reviews, 3)
        Probabilities of negative, neutral, positive.
    """
    best = overall.argmax(axis=1)
    return reviews.assign(
        overall=pd.array(np.array(SENTIMENTS)[best], dtype="str"),
        p_overall=overall[np.arange(len(best)), best].round(4),
        score=(overall[:, 2] - overall[:, 0]).round(4),
    )
