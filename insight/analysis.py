"""The result of a run. It computes nothing: the report and the exports read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from insight.taxonomy import Taxonomy


@dataclass(frozen=True)
class Quality:
    """How far the dump can be trusted: what was set aside, and what the model is unsure of.

    Attributes
    ----------
    screened : mapping of str to int
        Reason -> reviews, 'kept' included (see `schema.SCREEN_REASONS`).
    mentions_per_review : float
        Mean number of mentions of the kept reviews.
    without_mention : int
        Kept reviews without any mention.
    unsure : int
        Mentions below a confidence threshold.
    mean_confidence : float
        Mean probability of the sentiment given to a mention.
    with_stars : int
        Kept reviews with stars.
    mismatched : DataFrame
        Reviews whose stars contradict their text: review_id, stars, overall, p_overall, text; clearest first,
        at most 200.
    n_mismatched : int
        How many there are in all.
    coverage : mapping of str to float
        Stage -> share of the kept reviews that speak of it.
    """

    screened: Mapping[str, int]
    mentions_per_review: float
    without_mention: int
    unsure: int
    mean_confidence: float
    with_stars: int
    mismatched: pd.DataFrame
    n_mismatched: int
    coverage: Mapping[str, float]


@dataclass(frozen=True)
class Analysis:
    """Everything a report says, as tables (see `insight.schema`) and one mapping.

    Attributes
    ----------
    manifest : mapping
        The run's `run.json`: rows, columns, inputs, versions, model, settings, seed, timings.
    taxonomy : Taxonomy
        Names and owners of the labels.
    reviews, mentions, themes : DataFrame
        The tables of the run.
    journey, pains, breaks, drivers, trends, segments, actions : DataFrame
        Aggregates, one table for each part of the report.
    quality : Quality
        What to trust.
    """

    manifest: Mapping[str, Any]
    taxonomy: Taxonomy
    reviews: pd.DataFrame
    mentions: pd.DataFrame
    themes: pd.DataFrame
    journey: pd.DataFrame
    pains: pd.DataFrame
    breaks: pd.DataFrame
    drivers: pd.DataFrame
    trends: pd.DataFrame
    segments: pd.DataFrame
    actions: pd.DataFrame
    quality: Quality
