"""The mentions that a page shows word for word, chosen from what is counted and then read all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from insight.analysis import Analysis

    Numbers = NDArray[np.integer]

LETTERS = 220
"""Of a mention in the explorer, so many letters are shown."""

_MOST = 3000
_BYTES = 700_000
"""About how much of the page the sample may take; longer mentions make it smaller."""

_ROW_BYTES, _LETTER_BYTES = 110, 1.35
_LEAST_PER_GROUP = 4
_QUOTES_PER_CELL = 3
_COMPARED = ("mention_id", "stage", "pain", "text", "p_pain")


@dataclass(frozen=True)
class Shown:
    """Numbers of mentions.

    Attributes
    ----------
    quoted : array of int
        Those that themes and actions quote, ascending.
    of_pains : array of int
        Up to three of each stage and pain: those that are quoted elsewhere, then what the model is surest of.
    sample : array of int
        The sample of the explorer, ascending.
    """

    quoted: Numbers
    of_pains: Numbers
    sample: Numbers


def choose_shown(analysis: Analysis) -> Shown:
    """Choose what is shown of an analysis."""
    wanted = {key for ids in analysis.themes["quote_ids"] for key in ids}
    wanted |= set(analysis.actions["quote_id"]) if len(analysis.actions) else set()
    found = analysis.rows.mention_numbers(wanted)
    quoted = found[np.isin(found, analysis.mentions.index)]
    sample = choose_sample(analysis.mentions, quoted, _room(analysis.mentions))
    return Shown(quoted, _choose_of_pains(analysis, quoted), sample)


def choose_sample(mentions: pd.DataFrame, wanted: Numbers, most: int) -> Numbers:
    """Numbers of at most `most` mentions: those `wanted`, then evenly from each touchpoint and sentiment.

    Every touchpoint and sentiment keeps a few, so that a rare complaint can be found too.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as they are counted.
    wanted : array of int
        Numbers of mentions to take first, ascending.
    most : int
        Size of the sample.
    """
    if len(mentions) <= most:
        return mentions.index.to_numpy()
    groups = dict(mentions.groupby(["touchpoint", "sentiment"], sort=True, observed=True).indices)
    taken = set(mentions.index.get_indexer(pd.Index(wanted))[:most].tolist())
    room = max(0, most - len(taken) - _LEAST_PER_GROUP * len(groups))
    for places in groups.values():
        count = min(len(places), _LEAST_PER_GROUP + int(room * len(places) / len(mentions)))
        taken.update(int(places[i]) for i in np.linspace(0, len(places) - 1, count).round().astype(int))
    return mentions.index.to_numpy()[sorted(taken)[:most]]


def _room(mentions: pd.DataFrame) -> int:
    """How many mentions fit into the page, by the mean length of their texts."""
    if mentions.empty:
        return _MOST
    letters = float(mentions["letters"].clip(upper=LETTERS).mean())
    return min(_MOST, int(_BYTES / (_ROW_BYTES + _LETTER_BYTES * letters)))


def _choose_of_pains(analysis: Analysis, quoted: Numbers) -> Numbers:
    mentions = analysis.mentions
    asked = (mentions["sentiment"] == "negative") & (mentions["pain"] != "none")
    best = pd.DataFrame()
    # The best of the best so far and of the next piece are the best of both: texts need not be held.
    for piece in analysis.rows.mentions(mentions.index[asked].to_numpy(), _COMPARED):
        piece = piece.assign(quoted=piece.index.isin(quoted))
        best = _best(pd.concat([best, piece]) if len(best) else piece)
    return best.index.to_numpy(dtype=np.int64)


def _best(mentions: pd.DataFrame) -> pd.DataFrame:
    order = mentions.sort_values(
        ["quoted", "p_pain", "mention_id"], ascending=[False, False, True], kind="stable"
    )
    order = order.drop_duplicates(["stage", "pain", "text"])
    return order.groupby(["stage", "pain"], sort=False).head(_QUOTES_PER_CELL)
