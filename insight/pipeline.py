"""The order of the stations, as a recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from insight.analysis import Analysis
from insight.mining.actions import assign_actions
from insight.mining.audit import audit_quality
from insight.mining.classify import classify_clauses
from insight.mining.cluster import cluster_mentions
from insight.mining.compare import compare_segments, find_segments, segment_columns, segment_values
from insight.mining.copies import find_copies
from insight.mining.drivers import rank_drivers
from insight.mining.journey import draw_journey, find_breaks, tabulate_pains
from insight.mining.match import keep_ids, match_themes
from insight.mining.normalize import normalize_reviews
from insight.mining.quote import choose_quotes
from insight.mining.score import score_mentions, score_reviews
from insight.mining.screen import screen_reviews
from insight.mining.split import split_reviews
from insight.mining.trends import follow_trends
from insight.schema import SEGMENT_PREFIX
from insight.text.reading import read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from insight.estimators.model import ReviewModel
    from insight.settings import Settings
    from insight.taxonomy import Taxonomy


_COUNTED = ("stars", "date", "product", "brand", "channel")
"""Columns of reviews that stations which only count ask for, beside the dump's own."""


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
    numbers = pd.RangeIndex(len(texts)).astype("str")
    once = pd.DataFrame({"review_id": numbers, "text": texts}).astype({"text": "str"})
    return _give_back(reviews.reset_index(drop=True), place, _label_texts(once, model, settings))


def _label_texts(reviews: pd.DataFrame, model: ReviewModel, settings: Settings) -> Labelled:
    """The row-wise stations over reviews of an id and a text."""
    screen = settings.screen
    readings = list(map(read_text, reviews["text"].tolist()))
    normalized = normalize_reviews(reviews, readings)
    screened = screen_reviews(
        normalized,
        readings,
        spam=screen.spam,
        filler=screen.filler,
        foreign=screen.foreign,
        padded=screen.padded,
    )
    clauses = split_reviews(screened, readings)
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


def _give_back(reviews: pd.DataFrame, place: NDArray[np.intp], once: Labelled) -> Labelled:
    """Give each review what was found for its text; `place[i]` is the row of the text of review `i`."""
    found = once.reviews.drop(columns=["review_id", "text"]).take(place).reset_index(drop=True)
    labelled = reviews.assign(**{name: found[name] for name in map(str, found)})
    sizes = np.bincount(once.mentions["review_id"].astype("int64"), minlength=len(once.reviews))
    first = np.cumsum(sizes) - sizes
    copies = sizes[place]
    owner = np.repeat(np.arange(len(place)), copies)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(copies) - copies, copies)
    mentions = once.mentions.take(first[place][owner] + number).reset_index(drop=True)
    review_id = reviews["review_id"].take(owner).reset_index(drop=True)
    mention_id = review_id + ":" + pd.Series(number + 1).astype("str")
    return Labelled(labelled, mentions.assign(mention_id=mention_id, review_id=review_id))


def mark_copies(labelled: Labelled, settings: Settings) -> Labelled:
    """The global station that finds copies; they are set aside only when the settings ask for it."""
    screen = settings.screen
    reviews = find_copies(labelled.reviews, copies=screen.copies, near_copies=screen.near_copies)
    return Labelled(reviews, labelled.mentions)


def group_themes(labelled: Labelled, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The global stations that find themes: cluster, quote.

    Returns
    -------
    mentions : DataFrame
        `schema.MENTIONS` of all reviews, with `theme_id` where the review is kept.
    themes : DataFrame
        `schema.THEMES`.
    """
    options = settings.themes
    kept = _kept_mentions(labelled)
    clustered, themes = cluster_mentions(
        kept, min_size=options.min_size, max_themes=options.max_themes, seed=options.seed
    )
    themes = choose_quotes(clustered, themes)
    mentions = labelled.mentions
    theme_id = clustered["theme_id"].reindex(mentions.index, fill_value="").astype("str")
    return mentions.assign(theme_id=theme_id), themes


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
    labelled: Labelled,
    themes: pd.DataFrame,
    *,
    taxonomy: Taxonomy,
    settings: Settings,
    manifest: Mapping[str, Any],
) -> Analysis:
    """The global stations that count: journey, drivers, trends, compare, actions, audit."""
    min_n = settings.report.min_n
    reviews, mentions = _counted(labelled)
    asked = find_segments(reviews, settings.report.segments)
    columns = asked or segment_columns(reviews, min_n=min_n)
    journeys = [draw_journey(mentions, taxonomy, min_n=min_n)]
    for column in columns:
        value_of = reviews[column].to_numpy()[mentions["review_id"].to_numpy()]
        for value in segment_values(reviews, column, min_n=min_n):
            part = mentions[value_of == value]
            journeys.append(draw_journey(part, taxonomy, min_n=min_n, segment=column, value=value))
    return Analysis(
        manifest=manifest,
        taxonomy=taxonomy,
        reviews=labelled.reviews,
        mentions=labelled.mentions,
        themes=themes,
        journey=pd.concat(journeys, ignore_index=True),
        pains=tabulate_pains(mentions, taxonomy),
        breaks=find_breaks(mentions, taxonomy),
        drivers=rank_drivers(reviews, mentions, min_n=min_n),
        trends=follow_trends(reviews, mentions),
        segments=compare_segments(reviews, mentions, columns, min_n=min_n),
        actions=assign_actions(themes, int((mentions["sentiment"] == "negative").sum()), taxonomy),
        quality=audit_quality(labelled.reviews, mentions, taxonomy),
    )


def _counted(labelled: Labelled) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Kept reviews and their mentions as stations that only count need them.

    They have neither text nor offsets, labels are categories, and in place of its id a review has its number:
    these stations look ids up again and again, and numbers are found many times faster than texts.
    """
    kept = labelled.reviews["screen"] == "kept"
    ids = labelled.reviews["review_id"][kept]
    used = [c for c in map(str, labelled.reviews) if c in _COUNTED or c.startswith(SEGMENT_PREFIX)]
    reviews = labelled.reviews[used][kept].assign(review_id=np.arange(len(ids)))
    mentions = labelled.mentions[["stage", "touchpoint", "pain", "sentiment", "theme_id"]].astype("category")
    mentions = mentions.join(labelled.mentions[["p_sentiment", "unsure"]])
    owner = pc.index_in(pa.array(labelled.mentions["review_id"]), value_set=pa.array(ids))
    mentions.insert(0, "review_id", owner.fill_null(-1).to_numpy())
    known = mentions["review_id"] >= 0
    return reviews.reset_index(drop=True), mentions if known.all() else mentions[known]


def _kept_mentions(labelled: Labelled) -> pd.DataFrame:
    # Reviews set aside are few, so it is they that are looked up.
    aside = labelled.reviews.loc[labelled.reviews["screen"] != "kept", "review_id"]
    is_aside = labelled.mentions["review_id"].isin(aside)
    return labelled.mentions[~is_aside] if is_aside.any() else labelled.mentions


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
