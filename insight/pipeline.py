"""The order of the stations, as a recipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from insight.mining.classify import classify_clauses
from insight.mining.normalize import normalize_reviews
from insight.mining.score import score_mentions, score_reviews
from insight.mining.screen import screen_reviews
from insight.mining.split import split_reviews

if TYPE_CHECKING:
    import pandas as pd

    from insight.estimators.model import ReviewModel
    from insight.settings import Settings


@dataclass(frozen=True)
class Labelled:
    """One batch after the row-wise stations: `schema.SCREENED` and `schema.MENTIONS`."""

    reviews: pd.DataFrame
    mentions: pd.DataFrame


def label_batch(reviews: pd.DataFrame, model: ReviewModel, settings: Settings) -> Labelled:
    """The row-wise stations: normalize, screen, split, classify, score.

    Each review is read alone, so the result does not depend on how reviews are batched.
    """
    reviews = reviews.reset_index(drop=True)
    screen = settings.screen
    normalized = normalize_reviews(reviews)
    screened = screen_reviews(normalized, spam=screen.spam, filler=screen.filler, foreign=screen.foreign)
    clauses = split_reviews(screened)
    labels = model.predict(clauses["clause"].tolist(), clauses["group"].to_numpy(), len(screened))
    mentions = classify_clauses(
        clauses,
        labels,
        screened["text"],
        mention_threshold=model.mention_threshold,
        min_sentiment=settings.classify.min_sentiment,
        min_touchpoint=settings.classify.min_touchpoint,
    )
    return Labelled(score_reviews(screened, labels.overall), score_mentions(mentions))
