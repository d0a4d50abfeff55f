"""Station: how far the dump and the labels can be trusted."""

import numpy as np
import pandas as pd

from insight.analysis import Quality
from insight.taxonomy import Taxonomy

_HIGH_STARS, _LOW_STARS = 4, 2
_SHOWN = 200


def audit_quality(reviews: pd.DataFrame, mentions: pd.DataFrame, taxonomy: Taxonomy) -> Quality:
    """Figures about a run's tables.

    Parameters
    ----------
    reviews : DataFrame
        All reviews read, with `screen` (`schema.SCREENED`).
    mentions : DataFrame
        Mentions of the kept reviews; ids of reviews may be numbers.
    taxonomy : Taxonomy
        The stages whose coverage is counted.
    """
    is_kept = reviews["screen"] == "kept"
    n_kept = int(is_kept.sum())
    n = max(n_kept, 1)
    mismatched = find_mismatches(reviews, is_kept)
    spoken = mentions.groupby("stage", observed=True)["review_id"].nunique()
    return Quality(
        screened={str(k): int(v) for k, v in reviews["screen"].value_counts().sort_index().items()},
        mentions_per_review=len(mentions) / n,
        without_mention=n_kept - mentions["review_id"].nunique(),
        unsure=int(mentions["unsure"].sum()),
        mean_confidence=float(mentions["p_sentiment"].mean()) if len(mentions) else float("nan"),
        with_stars=int(reviews["stars"][is_kept].notna().sum()) if "stars" in reviews else 0,
        mismatched=mismatched.head(_SHOWN),
        n_mismatched=len(mismatched),
        coverage={s.id: float(spoken.get(s.id, 0)) / n for s in taxonomy.stages},
    )


def find_mismatches(reviews: pd.DataFrame, among: pd.Series | None = None) -> pd.DataFrame:
    """Reviews whose stars contradict their text, clearest first; `among` marks those that count."""
    columns = ["review_id", "stars", "overall", "p_overall", "text"]
    if "stars" not in reviews:
        return reviews.reindex(columns=columns).iloc[:0]
    stars, verdict = reviews["stars"], reviews["overall"]
    contradicts = ((stars >= _HIGH_STARS) & (verdict == "negative")) | (
        (stars <= _LOW_STARS) & (verdict == "positive")
    )
    if among is not None:
        contradicts &= among
    found = reviews.loc[np.asarray(contradicts, dtype=bool), columns]
    return found.sort_values(["p_overall", "review_id"], ascending=[False, True], ignore_index=True)
