"""Station: the same themes as before. What they were in an earlier run, and how they moved."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from insight.estimators.similarity import word_vectors
from insight.text.forms import clause_key

STATUSES = ("new", "grown", "shrunk", "same", "gone")
"""How a theme stands against the earlier run."""

_ALIKE = 0.3
"""Least similarity of two themes that are one."""

_SURE = 1.96
"""Standard errors by which a theme's share of all mentions must move to count as grown or shrunk."""

_CLAUSES = 500


def match_themes(
    themes: pd.DataFrame,
    mentions: pd.DataFrame,
    earlier_themes: pd.DataFrame,
    earlier_mentions: pd.DataFrame,
) -> pd.DataFrame:
    """Pair themes with those of an earlier run of the same touchpoint and side.

    The similarity of two themes is the mean of what their texts share (the overlap coefficient of their
    unique texts, blind to case and diacritics) and what their words share (the cosine of their TF-IDF). The
    pairing of highest total similarity is found by the Hungarian method (Kuhn 1955). Remainders pair with
    remainders.

    Parameters
    ----------
    themes, earlier_themes : DataFrame
        `schema.THEMES` of this run and of the earlier one.
    mentions, earlier_mentions : DataFrame
        `schema.MENTIONS` with `theme_id`.

    Returns
    -------
    DataFrame
        One row a theme of either run: `theme_id` (str, the earlier id where there is one), `run_id` (str, the
        id in this run; empty when gone), `name`, `touchpoint`, `side` (str), `status` (str, of `STATUSES`),
        `n`, `earlier_n` (int64), `similarity` (float64; NaN without partner).
    """
    similarity = _similarity(themes, mentions, earlier_themes, earlier_mentions)
    pairs = linear_sum_assignment(-similarity)
    partner = {int(i): int(j) for i, j in zip(*pairs, strict=True) if similarity[i, j] >= _ALIKE}
    total, earlier_total = len(mentions), len(earlier_mentions)
    earlier_n = [int(n) for n in earlier_themes["n"]]
    sizes = [int(n) for n in themes["n"]]
    rows: list[tuple[object, ...]] = []
    for i, theme in enumerate(themes.itertuples(index=False)):
        about = (theme.theme_id, theme.name, theme.touchpoint, theme.side)
        if i not in partner:
            rows.append((theme.theme_id, *about, "new", theme.n, 0, np.nan))
            continue
        before = earlier_themes.iloc[partner[i]]
        status = _status(sizes[i], total, earlier_n[partner[i]], earlier_total)
        rows.append(
            (before["theme_id"], *about, status, theme.n, earlier_n[partner[i]], similarity[i, partner[i]])
        )
    for j in sorted(set(range(len(earlier_themes))) - set(partner.values())):
        before = earlier_themes.iloc[j]
        about = ("", before["name"], before["touchpoint"], before["side"])
        rows.append((before["theme_id"], *about, "gone", 0, before["n"], np.nan))
    columns = ["theme_id", "run_id", "name", "touchpoint", "side", "status", "n", "earlier_n", "similarity"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(
        dict.fromkeys(columns[:6], "str") | {"n": "int64", "earlier_n": "int64", "similarity": "float64"}
    )


def keep_ids(
    themes: pd.DataFrame, mentions: pd.DataFrame, matched: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`themes` and `mentions` with the ids of the earlier run, where `match_themes` found a partner."""
    here = matched[matched["run_id"] != ""]
    id_of = dict(zip(here["run_id"], here["theme_id"], strict=True))
    return (
        themes.assign(theme_id=themes["theme_id"].map(id_of).astype("str")),
        mentions.assign(theme_id=mentions["theme_id"].map(lambda i: id_of.get(i, i)).astype("str")),
    )


def _similarity(
    themes: pd.DataFrame,
    mentions: pd.DataFrame,
    earlier_themes: pd.DataFrame,
    earlier_mentions: pd.DataFrame,
) -> NDArray[np.float64]:
    """Return similarities, 0 where two themes may not pair; shape (n_themes, n_earlier)."""
    now, before = _texts(themes, mentions), _texts(earlier_themes, earlier_mentions)
    result = np.zeros((len(now), len(before)))
    if not now or not before:
        return result
    vectors = word_vectors([" ".join(sorted(texts)[:_CLAUSES]) for texts in (*now, *before)])
    cosine = (vectors[: len(now)] @ vectors[len(now) :].T).toarray()
    kind = ["touchpoint", "side", "is_remainder"]
    kinds, earlier_kinds = (
        list(t[kind].itertuples(index=False, name=None)) for t in (themes, earlier_themes)
    )
    for i, texts in enumerate(now):
        for j, others in enumerate(before):
            if kinds[i] == earlier_kinds[j]:
                shared = len(texts & others) / max(min(len(texts), len(others)), 1)
                result[i, j] = (shared + float(cosine[i, j])) / 2
    return result


def _texts(themes: pd.DataFrame, mentions: pd.DataFrame) -> list[set[str]]:
    keys = mentions["form"].map({form: clause_key(form) for form in mentions["form"].unique()})
    by_theme = keys.groupby(mentions["theme_id"], observed=True).agg(set).to_dict()
    return [by_theme.get(theme_id, set()) for theme_id in themes["theme_id"]]


def _status(n: int, total: int, earlier_n: int, earlier_total: int) -> str:
    """Two-proportion z-test of the theme's share of all mentions."""
    share, before = n / max(total, 1), earlier_n / max(earlier_total, 1)
    pooled = (n + earlier_n) / max(total + earlier_total, 1)
    error = np.sqrt(pooled * (1 - pooled) * (1 / max(total, 1) + 1 / max(earlier_total, 1)))
    if error == 0 or abs(share - before) <= _SURE * error:
        return "same"
    return "grown" if share > before else "shrunk"
