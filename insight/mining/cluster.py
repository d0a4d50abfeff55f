"""Station: themes. Mentions of one touchpoint and side that say the same, and a name for each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
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
from insight.text.diacritics import strip_diacritics
from insight.text.forms import PAUSE, clause_key, clause_runs, is_wordless

_FIT_CLAUSES = 20_000
"""Unique clauses that vectors are fitted on; more change the space little and cost time."""

_SPELLED_CLAUSES = 50_000
"""Clauses, the commonest first, that the spelling of syllables without diacritics is learnt from."""

_CENTRE_CLAUSES = 3_000
"""Unique clauses of a touchpoint and side that its centres are found on; the others only join them."""

_BATCH = 20_000
"""Clauses whose vectors are held at once."""

_BARE = 0.1
"""Weight of a spelling without diacritics against one with them."""

_NAME_CLAUSES = 150
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
    cosines: NDArray[np.float32]
    """Of each clause to the centre."""
    center: NDArray[np.float32]
    is_remainder: bool


def cluster_mentions(
    mentions: pd.DataFrame, *, min_size: int, max_themes: int, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group the mentions of each touchpoint and side (sentiment) into named themes.

    Unique clauses are grouped, blind to case, spelling habits and missing diacritics, so that equal texts
    share a theme, and neither the order of rows nor the number of copies changes what is grouped. In a large
    dump centres are found on a sample. What is far from all, at most 9 %, is the remainder.

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
    forms = _spelled_forms(mentions["form"])
    number, clauses = pd.factorize(forms, sort=True)
    vectors = ClauseVectors(random_state=seed).fit(_sample(clauses.tolist(), seed))
    groups: list[tuple[_Theme, NDArray[np.intp]]] = []
    places = mentions.groupby(mentions["touchpoint"] + "|" + mentions["sentiment"]).indices
    for name, rows in sorted(places.items()):
        touchpoint, side = str(name).rsplit("|", 1)
        own, counts = np.unique(number[rows], return_counts=True)
        said, weights = clauses[own].tolist(), counts.astype(np.float64)
        options = {"min_size": min_size, "max_themes": max_themes, "seed": seed}
        labels, cosines, centers = _label(said, weights, vectors, **options)
        label_of = labels[np.searchsorted(own, number[rows])]
        for label in np.unique(labels):
            inside = np.flatnonzero(labels == label)
            part = [said[i] for i in inside], weights[inside], cosines[inside]
            theme = _Theme(touchpoint, side, *part, centers[label], label < 0)
            groups.append((theme, rows[label_of == label]))
    found = [theme for theme, _ in groups]
    said = _name_all(found, vectors)
    table = _tabulate(found, _tell_apart(found, said), _theme_ids(found, said))
    theme_of = np.full(len(mentions), "", dtype=object)
    for (_, rows), theme_id in zip(groups, table["theme_id"], strict=True):
        theme_of[rows] = theme_id
    themes = table.sort_values(["n", "theme_id"], ascending=[False, True], ignore_index=True)[THEMES.names]
    return mentions.assign(theme_id=pd.Series(theme_of, mentions.index, dtype="str")), themes


def _spelled_forms(said: pd.Series) -> pd.Series:
    """Each form with diacritics; those that differ only in diacritics become the commonest of them."""
    place, forms = pd.factorize(said.astype("object"), sort=True)
    counts = np.bincount(place, minlength=len(forms))
    # An accented spelling leads, unless it is a slip among many that are bare by right, as "ok" is.
    merit = np.where([form.isascii() for form in forms], counts * _BARE, counts)
    key_place, _ = pd.factorize(pd.Series(_keys(forms), dtype="object"))
    # Forms are in order, and the sort keeps it among equals: the first spelling wins a draw.
    best = np.lexsort((-merit, key_place))
    first = np.concatenate([[True], key_place[best][1:] != key_place[best][:-1]])
    common = np.sort(np.argsort(-counts, kind="stable")[:_SPELLED_CLAUSES])
    restorer = AccentRestorer().fit([forms[i] for i in common], counts[common].tolist())
    spelled = np.array(restorer.transform(forms[i] for i in best[first]), dtype=object)
    return pd.Series(spelled[key_place[place]], said.index, dtype="object")


def _keys(forms: Iterable[str]) -> list[str]:
    """`clause_key` of each form; the few syllables of a dump are stripped only once."""
    bare = cache(strip_diacritics)
    split = ([bare(word) for word in form.split() if word != PAUSE] for form in forms)
    return [" ".join(words) or PAUSE for words in split]


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
) -> tuple[NDArray[np.int64], NDArray[np.float32], Vectors]:
    """Theme of each clause, -1 for the remainder, its cosine to the centre, and the centres.

    The last centre is the remainder's: nothing.
    """
    rows, drawn = _draw(weights, seed)
    X = vectors.transform([clauses[row] for row in rows])
    clusters = ThemeClusters(min_weight=min_size, max_themes=max_themes).fit(X, drawn)
    starts = range(0, len(clauses), _BATCH)
    parts = [clusters.predict(vectors.transform(clauses[i : i + _BATCH])) for i in starts]
    labels, cosines = (np.concatenate(part) for part in zip(*parts, strict=True))
    if len(clusters.centers_) > 1:
        left = _left_over(labels, cosines, weights)
        labels[left], cosines[left] = -1, 0
    nothing = np.zeros((1, clusters.centers_.shape[1]), dtype=np.float32)
    return labels, cosines, np.vstack([clusters.centers_, nothing])


def _draw(weights: NDArray[np.float64], seed: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Rows to find centres on, and weights: the commonest clauses, and others drawn for all the rest."""
    if len(weights) <= _CENTRE_CLAUSES:
        return np.arange(len(weights)), weights
    by_weight = np.argsort(-weights, kind="stable")
    common, rare = np.split(by_weight, [_CENTRE_CLAUSES // 3])
    drawn = np.random.default_rng(seed).choice(rare, _CENTRE_CLAUSES - len(common), replace=False)
    scaled = weights.copy()
    scaled[drawn] *= weights[rare].sum() / weights[drawn].sum()
    rows = np.sort(np.concatenate([common, drawn]))
    return rows, scaled[rows]


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
    chosen = [_central(theme) for theme in themes]
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

    runs = [[[] if is_wordless(clause) else clause_runs(clause) for clause in theme] for theme in clauses]
    words = iter(tokenize_many([run for theme in runs for clause in theme for run in clause]))
    return [[[_plain(next(words)) for _ in clause] for clause in theme] for theme in runs]


def _plain(words: list[str]) -> list[str]:
    plain = (" ".join(word.replace("_", " ").lower().split()) for word in words)
    return [word for word in plain if word]


def _central(theme: _Theme) -> NDArray[np.intp]:
    merit = (theme.cosines + 0.2) * np.log1p(theme.weights)
    return np.sort(np.argsort(-merit, kind="stable")[:_NAME_CLAUSES])


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
        elif all(map(is_wordless, theme.clauses)):
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
    table = pd.DataFrame(
        {
            "theme_id": ids,
            "touchpoint": [theme.touchpoint for theme in themes],
            "side": [theme.side for theme in themes],
            "name": [named.name for named in names],
            "terms": [named.terms for named in names],
            "n": [int(theme.weights.sum()) for theme in themes],
            "is_remainder": [theme.is_remainder for theme in themes],
            "quote_ids": [[] for _ in themes],
        }
    )
    table["share"] = table["n"] / table.groupby(["touchpoint", "side"])["n"].transform("sum")
    return table.astype(dict.fromkeys(["theme_id", "touchpoint", "side", "name"], "str"))


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
