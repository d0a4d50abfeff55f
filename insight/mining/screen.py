"""Station: which reviews are set aside, and why. Nothing is deleted."""

import pandas as pd

from insight.text.language import is_vietnamese
from insight.text.spam import is_filler, is_spam


def screen_reviews(
    reviews: pd.DataFrame, *, spam: bool = True, filler: bool = True, foreign: bool = True
) -> pd.DataFrame:
    """`reviews` with `screen`: 'kept', or the first reason that applies.

    Parameters
    ----------
    reviews : DataFrame
        With `text` and `clean` (from `normalize_reviews`).
    spam, filler, foreign : bool
        Which reasons are looked for.
    """
    reasons = []
    for raw, clean in zip(reviews["text"], reviews["clean"], strict=True):
        if not any(piece[0].isalnum() or piece[0] == "_" for piece in clean.split()):
            reasons.append("empty")
        elif foreign and not is_vietnamese(clean):
            reasons.append("foreign")
        elif spam and is_spam(raw, clean):
            reasons.append("spam")
        elif filler and is_filler(clean):
            reasons.append("filler")
        else:
            reasons.append("kept")
    return reviews.assign(screen=pd.array(reasons, dtype="str"))
