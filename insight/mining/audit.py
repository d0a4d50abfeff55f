"""Station: how far the dump and the labels can be trusted."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.analysis import Quality, Rows
from insight.taxonomy import Taxonomy

_HIGH_STARS, _LOW_STARS = 4, 2
_SHOWN = 200
_MISMATCH = ["review_id", "stars", "overall", "p_overall", "text"]


def audit_quality(reviews: pd.DataFrame, mentions: pd.DataFrame, taxonomy: Taxonomy, rows: Rows) -> Quality:
    """Figures about a run's tables.

    Parameters
    ----------
    reviews, mentions : DataFrame
        See `Counted`.
    taxonomy : Taxonomy
        The stages whose coverage is counted.
    rows : Rows
        Where the texts of reviews are looked up.
    """
    is_kept = (reviews["screen"] == "kept").to_numpy()
    n_kept = int(is_kept.sum())
    n = max(n_kept, 1)
    mismatched = np.flatnonzero(is_kept & contradicts(reviews))
    spoken = mentions.groupby("stage", observed=True)["review_id"].nunique()
    return Quality(
        screened={str(k): int(v) for k, v in sorted(reviews["screen"].value_counts().items()) if v},
        mentions_per_review=len(mentions) / n,
        without_mention=n_kept - mentions["review_id"].nunique(),
        unsure=int(mentions["unsure"].sum()),
        mean_confidence=float(mentions["p_sentiment"].mean()) if len(mentions) else float("nan"),
        with_stars=int(reviews["stars"][is_kept].notna().sum()) if "stars" in reviews else 0,
        mismatched=_clearest(rows, mismatched),
        n_mismatched=len(mismatched),
        coverage={s.id: float(spoken.get(s.id, 0)) / n for s in taxonomy.stages},
    )


def contradicts(reviews: pd.DataFrame) -> NDArray[np.bool_]:
    """Which reviews have stars that contradict their text."""
    if "stars" not in reviews:
        return np.zeros(len(reviews), dtype=bool)
    stars, verdict = reviews["stars"], reviews["overall"]
    found = ((stars >= _HIGH_STARS) & (verdict == "negative")) | (
        (stars <= _LOW_STARS) & (verdict == "positive")
    )
    return np.asarray(found, dtype=bool)


def _clearest(rows: Rows, numbers: NDArray[np.intp]) -> pd.DataFrame:
    """The reviews of these numbers whose verdict is surest."""
    found = pd.DataFrame(columns=_MISMATCH)
    for piece in rows.reviews(numbers, _MISMATCH):
        found = pd.concat([found, piece[_MISMATCH]]) if len(found) else piece[_MISMATCH]
        found = found.sort_values(["p_overall", "review_id"], ascending=[False, True]).head(_SHOWN)
    return found.reset_index(drop=True)
