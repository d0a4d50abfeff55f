"""Station: themes. Mentions of one touchpoint and side that say the same, and a name for each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple, cast

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from insight.estimators.accents import AccentRestorer
from insight.estimators.clause_themes import ClauseThemes, find_themes
from insight.estimators.said_forms import SaidForms
from insight.estimators.spelled_clauses import spell_clauses
from insight.estimators.terms import Named, name_themes
from insight.estimators.terms import Theme as NamingTheme
from insight.estimators.vectors import ClauseVectors
from insight.schema import THEMES
from insight.taxonomy import default_taxonomy
from insight.text.forms import clause_key, is_wordless

_FIT_CLAUSES = 12_000
"""Unique clauses that vectors are fitted on; more change the space little and cost time."""

_SPELLED_CLAUSES = 20_000
"""Clauses, the commonest first, that the spelling of syllables without diacritics is learnt from."""

_NAME_CLAUSES, _PART_CLAUSES = 150, 60
"""Clauses of a theme, or a part, that are cut into words to find its name: the most central and frequent."""

_LARGE, _LARGE_SHARE = 100, 0.02
"""Mentions, and share of all, from which a theme is shown with its parts."""

_OTHER, _WORDLESS = "ý kiến khác", "chỉ có biểu tượng hoặc liên kết"
_SIDES = {"negative": "chê", "neutral": "trung lập", "positive": "khen"}


_Part = tuple[str, int]
"""Name and mentions."""


class _Theme(NamedTuple):
    touchpoint: str
    side: str
    n: int
    clauses: list[str]
    """The most central and frequent ones, in order."""
    weights: NDArray[np.float64]
    center: NDArray[np.float32]
    first: str
    """Of all its clauses in order: settles draws between themes."""
    is_remainder: bool
    is_wordless: bool
    parts: list[_Theme]
    """Smaller themes that a large one falls into."""


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
        Seed of sampling and of the SVD.

    Returns
    -------
    mentions : DataFrame
        The same rows with `theme_id` filled.
    themes : DataFrame
        `schema.THEMES`, largest first; `quote_ids` are empty lists.
    """
    if mentions.empty:
        return mentions.assign(theme_id=pd.Series(dtype="str")), THEMES.empty()
    forms = SaidForms(pa.array(mentions["form"]))
    restorer = _learn_spelling(forms)
    vectors = ClauseVectors(random_state=seed).fit(_sample(forms, restorer, seed))
    groups: list[tuple[_Theme, NDArray[np.intp]]] = []
    large = max(_LARGE, _LARGE_SHARE * len(mentions))
    cells = mentions.groupby(["touchpoint", "sentiment"], observed=True).indices
    places = cast("dict[tuple[str, str], NDArray[np.intp]]", cells)
    for (touchpoint, side), rows in sorted(places.items()):
        own, form_of, counts = np.unique(forms.number[rows], return_inverse=True, return_counts=True)
        clauses, clause_of = spell_clauses(forms.texts(own), counts, restorer)
        weights = np.bincount(clause_of, weights=counts).astype(np.float64)
        where = find_themes(
            clauses, weights, vectors, min_size=min_size, max_themes=max_themes, large=large, seed=seed
        )
        label_of = where.labels[clause_of[form_of]]
        for label in np.unique(where.labels):
            inside = np.flatnonzero(where.labels == label)
            theme = _make_theme(touchpoint, side, clauses, weights, where, int(label), inside)
            groups.append((theme, rows[label_of == label]))
    found = [theme for theme, _ in groups]
    said = _name_all(found, vectors)
    names = _tell_apart(found, said[: len(found)])
    parts = _name_parts(found, names, said[len(found) :])
    table = _tabulate(found, names, parts, _theme_ids(found, said[: len(found)]))
    theme_of = np.full(len(mentions), "", dtype=object)
    for (_, rows), theme_id in zip(groups, table["theme_id"], strict=True):
        theme_of[rows] = theme_id
    themes = table.sort_values(["n", "theme_id"], ascending=[False, True], ignore_index=True)[THEMES.names]
    return mentions.assign(theme_id=pd.Series(theme_of, mentions.index, dtype="str")), themes


def _make_theme(
    touchpoint: str,
    side: str,
    clauses: list[str],
    weights: NDArray[np.float64],
    where: ClauseThemes,
    label: int,
    inside: NDArray[np.intp],
) -> _Theme:
    """The theme of the clauses `inside`, with its parts if it has any."""

    def make(rows: NDArray[np.intp], center: NDArray[np.float32], parts: list[_Theme], most: int) -> _Theme:
        merit = (where.cosines[rows] + 0.2) * np.log1p(weights[rows])
        central = rows[np.sort(np.argsort(-merit, kind="stable")[:most])]
        said = [clauses[row] for row in central]
        wordless = all(is_wordless(clauses[row]) for row in rows)
        n = int(weights[rows].sum())
        first = clauses[rows[0]]
        return _Theme(touchpoint, side, n, said, weights[central], center, first, label < 0, wordless, parts)

    split = [
        (inside[where.parts[inside] == part], center) for part, center in enumerate(where.part_centers[label])
    ]
    parts = [make(rows, center, [], _PART_CLAUSES) for rows, center in split if len(rows)]
    return make(inside, where.centers[label], parts if len(parts) > 1 else [], _NAME_CLAUSES)


def _learn_spelling(forms: SaidForms) -> AccentRestorer:
    """Spellings with diacritics, from the commonest forms."""
    common = np.sort(np.argsort(-forms.counts, kind="stable")[:_SPELLED_CLAUSES])
    return AccentRestorer().fit(forms.texts(common), forms.counts[common].tolist())


def _sample(forms: SaidForms, restorer: AccentRestorer, seed: int) -> list[str]:
    """Clauses to fit vectors on, different and in order."""
    numbers = np.arange(len(forms))
    if len(forms) > _FIT_CLAUSES:
        numbers = np.random.default_rng(seed).choice(len(forms), _FIT_CLAUSES, replace=False)
    return sorted(set(restorer.transform(forms.texts(numbers))))


def _name_all(themes: Sequence[_Theme], vectors: ClauseVectors) -> list[Named]:
    """Names and terms of all themes, then of their parts in turn, not yet unique."""
    from insight.text.form_words import cut_forms  # the tables of its words take time to load

    named = [(theme, f"{theme.touchpoint}|{theme.side}") for theme in themes]
    # A part is told apart from the other parts of its theme.
    named += [(part, str(i)) for i, theme in enumerate(themes) for part in theme.parts]
    words = iter(cut_forms([clause for theme, _ in named for clause in theme.clauses]))
    # A text pasted a hundred times is not what a hundred customers call the matter: hence the root.
    unnamed = [
        NamingTheme(
            [next(words) for _ in theme.clauses], np.sqrt(theme.weights), theme.center, theme.side, group
        )
        for theme, group in named
    ]
    return name_themes(unnamed, vectors.transform)


def _name_parts(themes: Sequence[_Theme], names: Sequence[Named], said: Iterable[Named]) -> list[list[_Part]]:
    """Name and size of the parts of each theme that have a name of their own, largest first."""
    found = []
    part_names = iter(said)
    for theme, whole in zip(themes, names, strict=True):
        sizes: dict[str, int] = {}
        for part in theme.parts:
            named = next(part_names)
            offers = [o[:1].upper() + o[1:] for o in (named.name, *named.terms) if o]
            name = next((o for o in offers if o not in {whole.name, *sizes}), "")
            if name:  # what has no other name than the whole is not shown as a part of it
                sizes[name] = part.n
        found.append(sorted(sizes.items(), key=lambda item: (-item[1], item[0])) if len(sizes) > 1 else [])
    return found


def _tell_apart(themes: Sequence[_Theme], said: Sequence[Named]) -> list[Named]:
    """Names unique over all themes: the larger theme keeps its name, the other gets more words."""
    names = list(said)
    places = {touchpoint.id: touchpoint.vi for touchpoint in default_taxonomy().touchpoints}
    order = sorted(
        range(len(themes)),
        key=lambda i: (-themes[i].n, themes[i].touchpoint, themes[i].side, themes[i].first),
    )
    taken: set[str] = set()
    for i in order:
        theme, (name, terms) = themes[i], names[i]
        place = places.get(theme.touchpoint, theme.touchpoint)
        if theme.is_remainder:
            name = _OTHER
        elif theme.is_wordless:
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


def _tabulate(
    themes: Sequence[_Theme], names: Sequence[Named], parts: Sequence[list[_Part]], ids: Sequence[str]
) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "theme_id": ids,
            "touchpoint": [theme.touchpoint for theme in themes],
            "side": [theme.side for theme in themes],
            "name": [named.name for named in names],
            "terms": [named.terms for named in names],
            "n": [theme.n for theme in themes],
            "is_remainder": [theme.is_remainder for theme in themes],
            "part_names": [[name for name, _ in found] for found in parts],
            "part_sizes": [[n for _, n in found] for found in parts],
            "quote_ids": [[] for _ in themes],
        }
    )
    table["share"] = table["n"] / table.groupby(["touchpoint", "side"])["n"].transform("sum")
    return table.astype(dict.fromkeys(["theme_id", "touchpoint", "side", "name"], "str"))


def _theme_ids(themes: Sequence[_Theme], said: Sequence[Named]) -> list[str]:
    """Make ids of touchpoint, side and what the theme is called after, the same in each run."""
    ids: dict[str, int] = {}
    for i in sorted(range(len(themes)), key=lambda i: (-themes[i].n, themes[i].first)):
        theme = themes[i]
        words = "" if theme.is_remainder else clause_key(said[i].name)
        content = "|".join((theme.touchpoint, theme.side, words))
        number = 1
        while (theme_id := blake2b(f"{content}|{number}".encode(), digest_size=6).hexdigest()) in ids:
            number += 1
        ids[theme_id] = i
    place = {i: theme_id for theme_id, i in ids.items()}
    return [place[i] for i in range(len(themes))]
