"""Station: themes. Mentions of one touchpoint and side that say the same, and a name for each group."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from insight.estimators.accents import AccentRestorer
from insight.estimators.terms import Named, Runs, name_themes
from insight.estimators.terms import Theme as NamingTheme
from insight.estimators.themes import ThemeClusters
from insight.estimators.vectors import ClauseVectors, Vectors
from insight.schema import THEMES
from insight.taxonomy import default_taxonomy
from insight.text.forms import clause_form, clause_key, clause_runs, is_wordless

_FIT_CLAUSES = 60_000
"""Unique clauses that vectors are fitted on; more change the space little and cost time."""

_BARE = 0.1
"""Weight of a spelling without diacritics against one with them."""

_NAME_CLAUSES = 250
"""Clauses of a theme that are cut into words to find its name: the most central and most frequent."""

_REMAINDER = 0.09
"""Largest share of a touchpoint and side that may be left to its remainder."""

_LOOSE = 0.42
"""Mean cosine to the centre below which a group of mentions has nothing in common."""

_FAR = 0.3
"""Cosine to the centre below which a mention does not belong to a theme."""


_OTHER, _WORDLESS = "ý kiến khác", "chỉ có biểu tượng hoặc liên kết"
_SIDES = {"negative": "chê", "neutral": "trung lập", "positive": "khen"}


class _Theme(NamedTuple):
    touchpoint: str
    side: str
    clauses: list[str]
    weights: NDArray[np.float64]
    center: NDArray[np.float32]
    is_remainder: bool


def cluster_mentions(
    mentions: pd.DataFrame, *, min_size: int, max_themes: int, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group the mentions of each touchpoint and side (sentiment) into named themes.

    Unique clauses are grouped, blind to case, spelling habits and missing diacritics, so that equal texts
    share a theme, and neither the order of rows nor the number of copies changes what is grouped. What is
    far from every centre, at most 9 % of a touchpoint and side, is its remainder.

    Parameters
    ----------
    mentions : DataFrame
        `schema.MENTIONS`.
    min_size : int
        Fewest mentions of a theme, unless its touchpoint and side has fewer in all.
    max_themes : int
        Most themes of a touchpoint and side, the remainder aside.
    seed : int
        Seed of sampling, SVD and k-means.

    Returns
    -------
    mentions : DataFrame
        The same rows with `theme_id` filled.
    themes : DataFrame
        `schema.THEMES`, largest first; `quote_ids` are empty lists.
    """
    if mentions.empty:
        return mentions.assign(theme_id=pd.Series(dtype="str")), THEMES.empty()
    forms = _spelled_forms(mentions["text"])
    vectors = ClauseVectors(random_state=seed).fit(_sample(sorted(set(forms)), seed))
    theme_of = pd.Series("", index=mentions.index, dtype="object")
    groups: list[tuple[_Theme, pd.Index]] = []
    for (touchpoint, side), group in mentions.groupby(["touchpoint", "sentiment"], observed=True):
        rows = group.index
        counts = forms.loc[rows].value_counts().sort_index()
        clauses, weights = counts.index.tolist(), counts.to_numpy().astype(np.float64)
        labels, centers = _label(
            clauses, weights, vectors, min_size=min_size, max_themes=max_themes, seed=seed
        )
        label_of = forms.loc[rows].map(dict(zip(clauses, labels.tolist(), strict=True)))
        for label in np.unique(labels):
            inside = labels == label
            part = [c for c, yes in zip(clauses, inside, strict=True) if yes]
            theme = _Theme(str(touchpoint), str(side), part, weights[inside], centers[label], label < 0)
            groups.append((theme, label_of.index[label_of == label]))
    found = [theme for theme, _ in groups]
    said = _name_all(found, vectors)
    table = _tabulate(found, _tell_apart(found, said), _theme_ids(found, said))
    for (_, rows), theme_id in zip(groups, table["theme_id"], strict=True):
        theme_of.loc[rows] = theme_id
    order = ["n", "theme_id"]
    themes = table.sort_values(order, ascending=[False, True], ignore_index=True)[THEMES.names]
    return mentions.assign(theme_id=theme_of.astype("str")), themes


def _spelled_forms(texts: pd.Series) -> pd.Series:
    """Form of each text with diacritics; texts that differ only in diacritics get the commonest form."""
    unique = texts.drop_duplicates()
    form_of = {text: clause_form(text) for text in unique}
    counts = texts.map(form_of).value_counts().sort_index()
    keys = pd.Series(counts.index.map(clause_key), index=counts.index)
    # An accented spelling leads, unless it is a slip among many that are bare by right, as "ok" is.
    bare = pd.Series(counts.index.map(str.isascii), index=counts.index)
    merit = counts.astype("float64").where(~bare, counts * _BARE)
    leading = pd.DataFrame({"key": keys, "merit": merit, "form": counts.index})
    leading = leading.sort_values(["key", "merit", "form"], ascending=[True, False, True]).drop_duplicates(
        "key"
    )
    commonest = dict(zip(leading["key"], leading["form"], strict=True))
    restorer = AccentRestorer().fit(counts.index.tolist(), counts.tolist())
    spelled = dict(zip(commonest, restorer.transform(commonest.values()), strict=True))
    return texts.map({text: spelled[clause_key(form)] for text, form in form_of.items()})


def _sample(clauses: list[str], seed: int) -> list[str]:
    if len(clauses) <= _FIT_CLAUSES:
        return clauses
    rows = np.random.default_rng(seed).choice(len(clauses), _FIT_CLAUSES, replace=False)
    return [clauses[row] for row in np.sort(rows)]


def _label(
    clauses: list[str],
    weights: NDArray[np.float64],
    vectors: ClauseVectors,
    *,
    min_size: int,
    max_themes: int,
    seed: int,
) -> tuple[NDArray[np.int64], Vectors]:
    """Theme number of each clause, -1 for the remainder, and the centres; the last one is the remainder's."""
    X = vectors.transform(clauses)
    clusters = ThemeClusters(min_weight=min_size, max_themes=max_themes, random_state=seed).fit(X, weights)
    labels, cosines = clusters.predict(X)
    if len(clusters.centers_) > 1:
        labels[_left_over(labels, cosines, weights)] = -1
    return labels, np.vstack([clusters.centers_, np.zeros((1, X.shape[1]), dtype=np.float32)])


def _left_over(
    labels: NDArray[np.int64], cosines: NDArray[np.float32], weights: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Clauses for the remainder: whole groups that say nothing in common, then the farthest clauses."""
    room = _REMAINDER * weights.sum()
    left = np.zeros(len(labels), dtype=bool)
    sizes = np.bincount(labels, weights=weights)
    cohesion = np.bincount(labels, weights=weights * cosines) / np.maximum(sizes, 1)
    for label in np.argsort(cohesion, kind="stable"):
        if cohesion[label] < _LOOSE and sizes[label] <= room:
            left |= labels == label
            room -= sizes[label]
    by_distance = np.argsort(np.where(left, np.inf, cosines), kind="stable")
    within = np.cumsum(weights[by_distance]) <= room
    left[by_distance[within & (cosines[by_distance] < _FAR)]] = True
    return np.flatnonzero(left).astype(np.int64)


def _name_all(themes: Sequence[_Theme], vectors: ClauseVectors) -> list[Named]:
    """Names and terms from the most central clauses of each theme, not yet unique."""
    chosen = [_central(theme, vectors) for theme in themes]
    clauses = [[theme.clauses[row] for row in rows] for theme, rows in zip(themes, chosen, strict=True)]
    words = _cut(clauses)
    parts = [
        NamingTheme(runs, theme.weights[rows], theme.center, theme.side, f"{theme.touchpoint}|{theme.side}")
        for theme, rows, runs in zip(themes, chosen, words, strict=True)
    ]
    return name_themes(parts, vectors.transform)


def _cut(clauses: list[list[str]]) -> list[list[Runs]]:
    """Words of the runs of each clause of each theme."""
    from insight.text.words import tokenize_many

    runs = [[clause_runs(clause) for clause in theme] for theme in clauses]
    words = iter(tokenize_many([run for theme in runs for clause in theme for run in clause]))
    return [[[_plain(next(words)) for _ in clause] for clause in theme] for theme in runs]


def _plain(words: list[str]) -> list[str]:
    plain = (" ".join(word.replace("_", " ").lower().split()) for word in words)
    return [word for word in plain if word]


def _central(theme: _Theme, vectors: ClauseVectors) -> NDArray[np.int64]:
    merit = (vectors.transform(theme.clauses) @ theme.center + 0.2) * np.log1p(theme.weights)
    rows: NDArray[np.int64] = np.sort(np.argsort(-merit, kind="stable")[:_NAME_CLAUSES]).astype(np.int64)
    return rows


def _tell_apart(themes: Sequence[_Theme], said: Sequence[Named]) -> list[Named]:
    """Names unique over all themes: the larger theme keeps its name, the other gets more words."""
    names = list(said)
    places = {touchpoint.id: touchpoint.vi for touchpoint in default_taxonomy().touchpoints}
    order = sorted(
        range(len(themes)),
        key=lambda i: (-themes[i].weights.sum(), themes[i].touchpoint, themes[i].side, themes[i].clauses),
    )
    taken: set[str] = set()
    for i in order:
        theme, (name, terms) = themes[i], names[i]
        place = places.get(theme.touchpoint, theme.touchpoint)
        if theme.is_remainder:
            name = _OTHER
        elif all(is_wordless(clause) for clause in theme.clauses):
            name, terms = _WORDLESS, []
        base = (name or _OTHER).strip()
        options = [base, f"{base}, {terms[1]}" if len(terms) > 1 else base, f"{base} ({place})"]
        options.append(f"{base} ({place}, {_SIDES[theme.side]})")
        if theme.is_remainder:
            options = options[3:]
        options += [f"{options[-1]} {number}" for number in range(2, len(themes) + 2)]
        name = next(option for option in options if option.casefold() not in taken)
        taken.add(name.casefold())
        names[i] = Named(name[:1].upper() + name[1:], terms)
    return names


def _tabulate(themes: Sequence[_Theme], names: Sequence[Named], ids: Sequence[str]) -> pd.DataFrame:
    n = np.array([theme.weights.sum() for theme in themes])
    table = pd.DataFrame(
        {
            "theme_id": ids,
            "touchpoint": [theme.touchpoint for theme in themes],
            "side": [theme.side for theme in themes],
            "name": [named.name for named in names],
            "terms": [named.terms for named in names],
            "n": n.astype("int64"),
            "is_remainder": [theme.is_remainder for theme in themes],
            "quote_ids": [[] for _ in themes],
        }
    )
    table["share"] = table["n"] / table.groupby(["touchpoint", "side"])["n"].transform("sum")
    text = ["theme_id", "touchpoint", "side", "name"]
    return table.astype(dict.fromkeys(text, "str"))


def _theme_ids(themes: Sequence[_Theme], said: Sequence[Named]) -> list[str]:
    """Make ids of touchpoint, side and what the theme is called after, the same in each run."""
    ids: dict[str, int] = {}
    for i in sorted(range(len(themes)), key=lambda i: (-themes[i].weights.sum(), themes[i].clauses)):
        theme = themes[i]
        words = "" if theme.is_remainder else clause_key(said[i].name)
        content = "|".join((theme.touchpoint, theme.side, words))
        number = 1
        while (theme_id := blake2b(f"{content}|{number}".encode(), digest_size=6).hexdigest()) in ids:
            number += 1
        ids[theme_id] = i
    place = {i: theme_id for theme_id, i in ids.items()}
    return [place[i] for i in range(len(themes))]
