"""Station: quotes. What a customer wrote that says a theme best, and others that say it differently."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.estimators.similarity import choose_diverse, word_vectors
from insight.estimators.threads import one_thread
from insight.text.forms import clause_form, clause_key

_QUOTES = 5
_CANDIDATES = 200
_LONGEST = 600
"""Letters of a text that are looked at before it is chosen for a closer look."""
_SHORT, _LONG = 4, 30
_COPY = 0.85
"""Cosine above which two quotes say the same in the same words."""


@one_thread
def choose_quotes(mentions: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Fill `quote_ids`: one representative mention and up to four diverse others.

    The representative is the most central mention (the medoid, Kaufman & Rousseeuw 1987) among those that
    pass the quality filters of key point analysis (Bar-Haim et al. 2020): a whole clause of readable
    length, that the model is sure of and that names what the theme is called after. The others are taken by
    maximal marginal relevance (Carbonell & Goldstein 1998). Quotes are mentions as written, never edited.

    Parameters
    ----------
    mentions : DataFrame
        `schema.MENTIONS` with `theme_id`.
    themes : DataFrame
        `schema.THEMES`.

    Returns
    -------
    DataFrame
        `themes` with `quote_ids`.
    """
    if themes.empty or mentions.empty:
        return themes.assign(quote_ids=pd.Series([[] for _ in themes.index], themes.index, dtype="object"))
    terms = [[name, *more] for name, more in zip(themes["name"], themes["terms"], strict=True)]
    terms_of = dict(zip(themes["theme_id"], terms, strict=True))
    texts = _shortlist(mentions[mentions["theme_id"].isin(themes["theme_id"])], terms_of)
    groups = {str(theme_id): rows for theme_id, rows in texts.groupby("theme_id", observed=True)}
    chosen = [
        _choose(groups[theme_id], terms_of[theme_id]) if theme_id in groups else []
        for theme_id in themes["theme_id"]
    ]
    return themes.assign(quote_ids=pd.Series(chosen, index=themes.index, dtype="object"))


def _shortlist(mentions: pd.DataFrame, terms_of: Mapping[str, list[str]]) -> pd.DataFrame:
    """Texts of each theme worth reading closely, the surest first, with `copies`, `form` and `key`.

    Where a theme has many, they are judged by their texts as they stand.
    """
    columns = ["mention_id", "theme_id", "text", "unsure", "p_touchpoint"]
    order = ["unsure", "p_touchpoint", "mention_id"]
    rows = mentions[columns].sort_values(order, ascending=[True, False, True])
    same = ["theme_id", "text"]
    rows["copies"] = rows.groupby(same, observed=True)["text"].transform("size")
    rows = rows.drop_duplicates(same)
    many = rows["theme_id"].map(rows["theme_id"].value_counts()) > _CANDIDATES
    raw = rows[many].assign(form=rows.loc[many, "text"].str.slice(stop=_LONGEST).str.lower())
    raw["merit"] = _readability(raw)
    for theme_id, part in raw.groupby("theme_id", observed=True):
        raw.loc[part.index, "merit"] += _named(part["form"], terms_of[str(theme_id)])
    best = raw.sort_values("merit", ascending=False, kind="stable").groupby("theme_id", observed=True)
    rows = rows[~many | rows.index.isin(best.head(_CANDIDATES).index)]
    forms = [clause_form(text) for text in rows["text"]]
    return rows.assign(form=forms, key=[clause_key(form) for form in forms])


def _choose(texts: pd.DataFrame, terms: list[str]) -> list[str]:
    unique = texts.drop_duplicates("key")
    merit = _readability(unique) + _named(unique["form"], terms)
    X = word_vectors(unique["form"].tolist())
    written = texts.groupby("key")["copies"].sum().reindex(unique["key"]).to_numpy(dtype="float64")
    center = np.sqrt(written) @ X
    center /= max(float(np.linalg.norm(center)), 1e-9)
    order = choose_diverse(X, merit + 1.0 * (X @ center), _QUOTES, ceiling=_COPY)
    return unique["mention_id"].iloc[order].tolist()


def _readability(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Up to 1 for a length that reads well and stands alone; less for what the model is unsure of."""
    words = rows["form"].str.count(" ").to_numpy() + 1
    length = np.where(words < _SHORT, words / _SHORT, np.where(words > _LONG, _LONG / words, 1.0))
    varied = rows["form"].map(lambda form: len(set(form.split())) / max(len(form.split()), 1)).to_numpy()
    unsure = rows["unsure"].to_numpy(dtype=bool)
    value: NDArray[np.float64] = (
        0.6 * length * varied + 0.4 * rows["p_touchpoint"].to_numpy(dtype="float64") - 0.5 * unsure
    )
    return value


def _named(forms: pd.Series, terms: list[str]) -> NDArray[np.float64]:
    """1 for a mention that holds the theme's name, less for one that holds another of its terms."""
    said = np.zeros(len(forms))
    for rank, term in enumerate(terms[:4]):
        holds = (" " + forms + " ").str.contains(f" {term.lower()} ", regex=False).to_numpy()
        said = np.maximum(said, holds * (1.0 if rank < 2 else 0.5))
    return said
