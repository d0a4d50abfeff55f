"""The order of the stations, as a recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from insight.analysis import Analysis, Counted, Rows
from insight.mining.actions import assign_actions
from insight.mining.audit import audit_quality
from insight.mining.classify import classify_clauses
from insight.mining.cluster import cluster_mentions
from insight.mining.compare import compare_segments, find_segments, segment_columns, segment_values, spoken_in
from insight.mining.copies import find_copies
from insight.mining.drivers import rank_drivers
from insight.mining.journey import draw_journey, find_breaks, tabulate_pains
from insight.mining.match import keep_ids, match_themes
from insight.mining.normalize import normalize_reviews
from insight.mining.quote import choose_quotes
from insight.mining.score import score_mentions, score_reviews
from insight.mining.screen import screen_reviews
from insight.mining.trends import follow_trends
from insight.schema import SEGMENT_PREFIX
from insight.text.found_clauses import find_clauses
from insight.text.reading import read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from insight.estimators.model import ReviewModel
    from insight.settings import Settings
    from insight.taxonomy import Taxonomy


THEMED = ("mention_id", "form", "touchpoint", "sentiment", "unsure", "p_touchpoint")
"""Columns of mentions that themes are found by."""


@dataclass(frozen=True)
class Labelled:
    """One batch after the row-wise stations: `schema.SCREENED` and `schema.MENTIONS`."""

    reviews: pd.DataFrame
    mentions: pd.DataFrame


def label_batch(reviews: pd.DataFrame, model: ReviewModel, settings: Settings) -> Labelled:
    """The row-wise stations: normalize, screen, split, classify, score.

    Each review is read alone, so the result does not depend on how reviews are batched. A text that stands
    in several reviews is labelled once.
    """
    place, texts = pd.factorize(reviews["text"])
    once = pd.DataFrame({"text": texts}).astype({"text": "str"})
    return _give_back(reviews.reset_index(drop=True), place, _label_texts(once, model, settings))


def _label_texts(reviews: pd.DataFrame, model: ReviewModel, settings: Settings) -> Labelled:
    """The row-wise stations over texts; mentions have the row number of theirs as `group`, but no ids."""
    screen = settings.screen
    texts = reviews["text"].tolist()
    readings = list(map(read_text, texts))
    normalized = normalize_reviews(reviews, readings)
    screened = screen_reviews(
        normalized,
        readings,
        spam=screen.spam,
        filler=screen.filler,
        foreign=screen.foreign,
        padded=screen.padded,
    )
    clauses = find_clauses(readings)
    labels = model.predict(clauses.forms, clauses.groups, len(screened))
    mentions = classify_clauses(
        clauses,
        labels,
        texts,
        mention_threshold=model.mention_threshold,
        min_sentiment=settings.classify.min_sentiment,
        min_touchpoint=settings.classify.min_touchpoint,
    )
    return Labelled(score_reviews(screened, labels.overall), score_mentions(mentions))


def _give_back(reviews: pd.DataFrame, place: NDArray[np.intp], once: Labelled) -> Labelled:
    """Give each review what was found for its text; `place[i]` is the row of the text of review `i`."""
    found, mentions = once.reviews.drop(columns="text"), once.mentions.drop(columns="group")
    sizes = np.bincount(once.mentions["group"], minlength=len(found))
    copies = sizes[place]
    owner = np.repeat(np.arange(len(place)), copies)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(copies) - copies, copies)
    if len(found) < len(place):  # otherwise all texts differ, and each is in its place already
        first = np.cumsum(sizes) - sizes
        found = found.take(place).reset_index(drop=True)
        mentions = mentions.take(first[place][owner] + number).reset_index(drop=True)
    review_id = reviews["review_id"].take(owner).reset_index(drop=True)
    mentions.insert(0, "mention_id", review_id + ":" + pd.Series(number + 1).astype("str"))
    mentions.insert(1, "review_id", review_id)
    return Labelled(reviews.assign(**{name: found[name] for name in map(str, found)}), mentions)


def mark_copies(reviews: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The global station that finds copies; they are set aside only when the settings ask for it."""
    return find_copies(reviews, copies=settings.screen.copies, near_copies=settings.screen.near_copies)


def group_themes(mentions: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The global stations that find themes: cluster, quote.

    Parameters
    ----------
    mentions : DataFrame
        Of the mentions of kept reviews, the columns that these stations need (`THEMED`).
    settings : Settings
        How many themes, and how large.

    Returns
    -------
    mentions : DataFrame
        The same with `theme_id`.
    themes : DataFrame
        `schema.THEMES`.
    """
    options = settings.themes
    mentions, themes = cluster_mentions(
        mentions, min_size=options.min_size, max_themes=options.max_themes, seed=options.seed
    )
    return mentions, choose_quotes(mentions, themes)


def follow_themes(
    mentions: pd.DataFrame, themes: pd.DataFrame, earlier_mentions: pd.DataFrame, earlier_themes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Mentions and themes with the ids of an earlier run, and what became of its themes (`match_themes`)."""
    spoken = mentions[mentions["theme_id"] != ""]
    before = earlier_mentions[earlier_mentions["theme_id"] != ""]
    changes = match_themes(themes, spoken, earlier_themes, before)
    themes, mentions = keep_ids(themes, mentions, changes)
    return mentions, themes, changes


def analyse(
    counted: Counted,
    rows: Rows,
    themes: pd.DataFrame,
    *,
    taxonomy: Taxonomy,
    settings: Settings,
    manifest: Mapping[str, Any],
) -> Analysis:
    """The global stations that count: journey, drivers, trends, compare, actions, audit."""
    min_n = settings.report.min_n
    mentions = counted.mentions
    reviews = _kept_reviews(counted)
    asked = find_segments(reviews, settings.report.segments)
    columns = asked or segment_columns(reviews, min_n=min_n)
    journeys = [draw_journey(mentions, taxonomy, min_n=min_n)]
    for column in columns:
        value_of = spoken_in(reviews, mentions, column)
        for value in segment_values(reviews, column, min_n=min_n):
            part = mentions[value_of == value]
            journeys.append(draw_journey(part, taxonomy, min_n=min_n, segment=column, value=value))
    return Analysis(
        manifest=manifest,
        taxonomy=taxonomy,
        reviews=counted.reviews,
        mentions=mentions,
        rows=rows,
        themes=themes,
        journey=pd.concat(journeys, ignore_index=True),
        pains=tabulate_pains(mentions, taxonomy),
        breaks=find_breaks(mentions, taxonomy),
        drivers=rank_drivers(reviews, mentions, min_n=min_n),
        trends=follow_trends(reviews, mentions),
        segments=compare_segments(reviews, mentions, columns, min_n=min_n),
        actions=assign_actions(themes, int((mentions["sentiment"] == "negative").sum()), taxonomy),
        quality=audit_quality(counted.reviews, mentions, taxonomy, rows),
    )


def _kept_reviews(counted: Counted) -> pd.DataFrame:
    """Kept reviews as stations that only count need them; in place of its id a review has its number."""
    is_kept = counted.reviews["screen"] == "kept"
    reviews = counted.reviews.drop(columns=["screen", "overall"])
    kept = reviews if is_kept.all() else reviews[is_kept]
    return kept.assign(review_id=kept.index.to_numpy())


def to_labelled_rows(labelled: Labelled, *, probabilities: bool = False) -> list[dict[str, Any]]:
    """Reviews with their mentions, in the form of section 6 of the codebook.

    Parameters
    ----------
    labelled : Labelled
        Reviews and their mentions.
    probabilities : bool
        Add the probability of each label, the score and the offsets.
    """
    keys = ["text", "stage", "touchpoint", "pain", "sentiment"]
    if probabilities:
        keys += ["start", "end", "p_stage", "p_touchpoint", "p_pain", "p_sentiment", "score", "unsure"]
    mentions: dict[str, list[dict[str, Any]]] = {}
    for found in labelled.mentions[["review_id", *keys]].to_dict("records"):
        mention = {str(key): value for key, value in found.items()}
        mentions.setdefault(mention.pop("review_id"), []).append(mention)
    domain = f"{SEGMENT_PREFIX}domain"
    rows = []
    for review in labelled.reviews.to_dict("records"):
        row = {"id": review["review_id"], "text": review["text"], "overall": review["overall"]}
        if domain in review:
            row["domain"] = review[domain]
        if probabilities:
            row |= {"p_overall": review["p_overall"], "score": review["score"], "screen": review["screen"]}
        rows.append(row | {"mentions": mentions.get(review["review_id"], [])})
    return rows
