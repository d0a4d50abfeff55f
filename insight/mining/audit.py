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
        Mentions of the kept reviews.
    taxonomy : Taxonomy
        The stages whose coverage is counted.
    """
    kept = reviews[reviews["screen"] == "kept"]
    n = max(len(kept), 1)
    mismatched = find_mismatches(kept)
    spoken = mentions.groupby("stage", observed=True)["review_id"].nunique()
    return Quality(
        screened={str(k): int(v) for k, v in reviews["screen"].value_counts().sort_index().items()},
        mentions_per_review=len(mentions) / n,
        without_mention=int((~kept["review_id"].isin(mentions["review_id"].unique())).sum()),
        unsure=int(mentions["unsure"].sum()),
        mean_confidence=float(mentions["p_sentiment"].mean()) if len(mentions) else float("nan"),
        with_stars=int(kept["stars"].notna().sum()) if "stars" in kept else 0,
        mismatched=mismatched.head(_SHOWN),
        n_mismatched=len(mismatched),
        coverage={s.id: float(spoken.get(s.id, 0)) / n for s in taxonomy.stages},
    )


def find_mismatches(reviews: pd.DataFrame) -> pd.DataFrame:
    """Reviews whose stars contradict their text, clearest first."""
    columns = ["review_id", "stars", "overall", "p_overall", "text"]
    if "stars" not in reviews:
        return reviews.reindex(columns=columns).iloc[:0]
    stars, verdict = reviews["stars"], reviews["overall"]
    contradicts = ((stars >= _HIGH_STARS) & (verdict == "negative")) | (
        (stars <= _LOW_STARS) & (verdict == "positive")
    )
    found = reviews.loc[np.asarray(contradicts, dtype=bool), columns]
    return found.sort_values(["p_overall", "review_id"], ascending=[False, True], ignore_index=True)
