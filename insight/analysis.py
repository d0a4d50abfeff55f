"""The result of a run. It computes nothing: the report and the exports read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from insight.taxonomy import Taxonomy


@dataclass(frozen=True)
class Counted:
    """What is held of every row: what can be counted. Texts and ids stay where they are (`Rows`).

    The index of both tables is the number of the row among all that were written.

    Attributes
    ----------
    reviews : DataFrame
        All reviews: `screen`, `overall`, stars, date and what can cut the dump, texts as categories.
    mentions : DataFrame
        Mentions of the kept reviews: `review_id`, which is the number of the review, the labels and
        `theme_id` as categories, `p_sentiment`, `unsure`, and `letters`, the length of the clause.
    """

    reviews: pd.DataFrame
    mentions: pd.DataFrame


class Rows(Protocol):
    """Whole rows of the run's tables, looked up by their numbers (ascending) where something is shown."""

    def reviews(
        self, numbers: NDArray[np.integer], columns: Collection[str] | None = None
    ) -> Iterator[pd.DataFrame]:
        """Yield reviews in pieces, their numbers as index; of `columns` those that exist."""

    def mentions(
        self, numbers: NDArray[np.integer], columns: Collection[str] | None = None
    ) -> Iterator[pd.DataFrame]:
        """Yield mentions in pieces, their numbers as index; of `columns` those that exist."""

    def mention_numbers(self, ids: Collection[str]) -> NDArray[np.int64]:
        """Numbers of the mentions with these ids, in ascending order."""


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
    reviews, mentions : DataFrame
        What is counted of the run's tables (`Counted`).
    rows : Rows
        Where the rest of their rows is looked up.
    themes : DataFrame
        The themes of the run.
    journey, pains, breaks, drivers, trends, segments, actions : DataFrame
        Aggregates, one table for each part of the report.
    quality : Quality
        What to trust.
    """

    manifest: Mapping[str, Any]
    taxonomy: Taxonomy
    reviews: pd.DataFrame
    mentions: pd.DataFrame
    rows: Rows
    themes: pd.DataFrame
    journey: pd.DataFrame
    pains: pd.DataFrame
    breaks: pd.DataFrame
    drivers: pd.DataFrame
    trends: pd.DataFrame
    segments: pd.DataFrame
    actions: pd.DataFrame
    quality: Quality
