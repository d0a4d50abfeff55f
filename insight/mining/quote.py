"""Station: quotes. What a customer wrote that says a theme best, and others that say it differently."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from insight.estimators.similarity import choose_diverse, word_vectors
from insight.estimators.threads import one_thread
from insight.text.forms import clause_key

_QUOTES = 5
_CANDIDATES = 120
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
    place = pd.Index(themes["theme_id"]).get_indexer(mentions["theme_id"])
    terms = [[name, *more] for name, more in zip(themes["name"], themes["terms"], strict=True)]
    texts = _spoken_by(mentions, place, _shortlist(mentions, place, terms))
    X = word_vectors(texts["form"].tolist())
    chosen: list[list[str]] = [[] for _ in terms]
    for theme, rows in _rows_of_themes(texts):
        chosen[theme] = _choose(texts.iloc[rows], X[rows], terms[theme])
    return themes.assign(quote_ids=pd.Series(chosen, index=themes.index, dtype="object"))


def _shortlist(mentions: pd.DataFrame, place: NDArray[np.intp], terms: Sequence[list[str]]) -> pd.DataFrame:
    """Forms of each theme worth a closer look: `theme`, `form`, `copies`, `words`, `unsure`, `p_touchpoint`.

    `place` is the theme of each mention, -1 for none.
    """
    spoken = mentions[["form", "unsure", "p_touchpoint"]].assign(theme=place)[place >= 0]
    said = spoken.groupby(["theme", "form"], as_index=False, observed=True).agg(
        copies=("unsure", "size"), unsure=("unsure", "min"), p_touchpoint=("p_touchpoint", "max")
    )
    said["words"] = said["form"].str.count(" ") + 1
    kept = []
    for theme, rows in _rows_of_themes(said):
        if len(rows) > _CANDIDATES:
            part = said.iloc[rows]
            merit: NDArray[np.float64] = _readability(part) + _named(part["form"], terms[theme])
            kept.append(rows[np.sort(np.argsort(-merit, kind="stable")[:_CANDIDATES])])
        else:
            kept.append(rows)
    return said.iloc[np.concatenate(kept)].reset_index(drop=True) if kept else said


def _rows_of_themes(table: pd.DataFrame) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Number of each theme and its rows, in their order."""
    theme = table["theme"].to_numpy()
    order = np.argsort(theme, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(theme[order])) + 1):
        if len(rows):
            yield int(theme[rows[0]]), rows


def _spoken_by(mentions: pd.DataFrame, place: NDArray[np.intp], shortlist: pd.DataFrame) -> pd.DataFrame:
    """The shortlist with the `mention_id` of the surest mention of each form, the surest first, and `key`."""
    listed = pd.MultiIndex.from_frame(shortlist[["theme", "form"]])
    near = mentions["form"].isin(shortlist["form"]).to_numpy()
    rows = mentions.loc[near, ["mention_id", "form", "unsure", "p_touchpoint"]]
    rows["listed"] = listed.get_indexer(pd.MultiIndex.from_arrays([place[near], rows["form"]]))
    order = ["unsure", "p_touchpoint", "mention_id"]
    rows = rows[rows["listed"] >= 0].sort_values(order, ascending=[True, False, True])
    first = rows.drop_duplicates("listed")
    found = shortlist.loc[first["listed"]].assign(mention_id=first["mention_id"].to_numpy())
    varied = [len(set(form.split())) / max(len(form.split()), 1) for form in found["form"]]
    return found.assign(key=[clause_key(form) for form in found["form"]], varied=varied)


def _choose(texts: pd.DataFrame, X: sp.csr_matrix, terms: list[str]) -> list[str]:
    key, _ = pd.factorize(texts["key"])
    written = np.bincount(key, weights=texts["copies"])
    first = np.flatnonzero(~pd.Series(key).duplicated())  # in the order of keys
    unique, X = texts.iloc[first], X[first]
    merit = _readability(unique) * unique["varied"].to_numpy() + _named(unique["form"], terms)
    alike = (X @ X.T).toarray()
    center = alike @ np.sqrt(written)
    center /= max(math.sqrt(np.sqrt(written) @ center), 1e-9)
    order = choose_diverse(alike, merit + 1.0 * center, _QUOTES, ceiling=_COPY)
    return unique["mention_id"].iloc[order].tolist()


def _readability(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Up to 1 for a length that reads well and stands alone; less for what the model is unsure of."""
    words = rows["words"].to_numpy(dtype="float64")
    length = np.where(words < _SHORT, words / _SHORT, np.where(words > _LONG, _LONG / words, 1.0))
    unsure = rows["unsure"].to_numpy(dtype=bool)
    value: NDArray[np.float64] = (
        0.6 * length + 0.4 * rows["p_touchpoint"].to_numpy(dtype="float64") - 0.5 * unsure
    )
    return value


def _named(forms: pd.Series, terms: list[str]) -> NDArray[np.float64]:
    """1 for a mention that holds the theme's name, less for one that holds another of its terms."""
    said = np.zeros(len(forms))
    for rank, term in enumerate(terms[:4]):
        holds = (" " + forms + " ").str.contains(f" {term.lower()} ", regex=False).to_numpy()
        said = np.maximum(said, holds * (1.0 if rank < 2 else 0.5))
    return said
