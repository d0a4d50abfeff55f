"""Station: quotes. What a customer wrote that says a theme best, and others that say it differently."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp
from numpy.typing import NDArray

from insight.estimators.said_forms import SaidForms
from insight.estimators.similarity import choose_diverse, word_vectors
from insight.estimators.threads import one_thread
from insight.text.forms import clause_key

_QUOTES = 5
_CANDIDATES = 120
_READ = 500
"""Forms of a theme whose texts are read at all."""
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
    forms = SaidForms(pa.array(mentions["form"]))
    texts = _spoken_by(mentions, place, forms, _shortlist(mentions, place, forms, terms))
    X = word_vectors(texts["form"].tolist())
    chosen: list[list[str]] = [[] for _ in terms]
    for theme, rows in _rows_of_themes(texts):
        chosen[theme] = _choose(texts.iloc[rows], X[rows], terms[theme])
    return themes.assign(quote_ids=pd.Series(chosen, index=themes.index, dtype="object"))


def _shortlist(
    mentions: pd.DataFrame, place: NDArray[np.intp], forms: SaidForms, terms: Sequence[list[str]]
) -> pd.DataFrame:
    """Forms of each theme worth a closer look.

    Columns `theme`, `number`, `form`, `copies`, `words`, and the best `unsure` and `p_touchpoint` of its
    mentions. `place` is the theme of each mention, -1 for none.
    """
    spoken = mentions[["unsure", "p_touchpoint"]].assign(theme=place, number=forms.number)[place >= 0]
    said = spoken.groupby(["theme", "number"], as_index=False).agg(
        copies=("unsure", "size"), unsure=("unsure", "min"), p_touchpoint=("p_touchpoint", "max")
    )
    said["words"] = forms.n_words()[said["number"]]
    # Texts are long and many: those of the forms that would hardly be chosen are not looked at.
    said["merit"] = _readability(said)
    said = said.sort_values(["theme", "merit", "number"], ascending=[True, False, True])
    said = said.groupby("theme").head(_READ).reset_index(drop=True)
    said["form"] = forms.texts(said["number"].to_numpy())
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


def _spoken_by(
    mentions: pd.DataFrame, place: NDArray[np.intp], forms: SaidForms, shortlist: pd.DataFrame
) -> pd.DataFrame:
    """The shortlist with the `mention_id` of the surest mention of each form, the surest first, and `key`."""
    listed = pd.Index(shortlist["theme"].to_numpy() * len(forms) + shortlist["number"].to_numpy())
    found_at = listed.get_indexer(place * len(forms) + forms.number)
    found_at[place < 0] = -1
    near = found_at >= 0
    rows = mentions.loc[near, ["mention_id", "unsure", "p_touchpoint"]].assign(listed=found_at[near])
    order = ["unsure", "p_touchpoint", "mention_id"]
    rows = rows.sort_values(order, ascending=[True, False, True])
    first = rows.drop_duplicates("listed")
    found: pd.DataFrame = shortlist.loc[first["listed"]].assign(mention_id=first["mention_id"].to_numpy())
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
