"""The themes of the clauses of one touchpoint and side, their remainder, and the parts of large themes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from insight.estimators.themes import Labels, ThemeClusters
from insight.estimators.vectors import ClauseVectors, Vectors

_CENTRE_CLAUSES = 3_000
"""Unique clauses that centres are found on; in a large dump the others only join them."""

_BATCH = 20_000
"""Clauses whose vectors are held at once."""

_REMAINDER = 0.09
"""Largest share of the mentions that may be left to the remainder."""

_LOOSE = 0.42
"""Mean cosine to the centre below which a group of mentions has nothing in common."""

_FAR = 0.3
"""Cosine to the centre below which a mention does not belong to a theme."""

_MOST_PARTS = 5
_LEAST_PART = 0.1
"""Share of its theme that a part has at least."""


class ClauseThemes(NamedTuple):
    """Where each clause belongs.

    Attributes
    ----------
    labels : ndarray of int64, shape (n_clauses,)
        Theme of each clause, -1 for the remainder.
    cosines : ndarray of float32, shape (n_clauses,)
        To the theme's centre; 0 in the remainder.
    centers : ndarray of float32, shape (n_themes + 1, n_features)
        The last is the remainder's: nothing.
    parts : ndarray of int64, shape (n_clauses,)
        Part of its theme that a clause belongs to; 0 throughout where the theme is whole.
    part_centers : list of ndarray of float32, shape (n_parts, n_features)
        One entry a theme, the remainder's included.
    """

    labels: Labels
    cosines: NDArray[np.float32]
    centers: Vectors
    parts: Labels
    part_centers: list[Vectors]


def find_themes(
    clauses: list[str],
    weights: NDArray[np.float64],
    vectors: ClauseVectors,
    *,
    min_size: int,
    max_themes: int,
    large: float,
    seed: int,
) -> ClauseThemes:
    """Group clauses into themes, and themes of `large` weight or more into at most five parts.

    Parameters
    ----------
    clauses : list of str
        Unique clauses in a fixed order.
    weights : ndarray of float64, shape (n_clauses,)
        Mentions of each.
    vectors : ClauseVectors
        Fitted on the dump.
    min_size, max_themes : int
        Fewest mentions of a theme, and most themes.
    large : float
        Mentions from which a theme is parted, where its clauses fall apart.
    seed : int
        Seed of the sample that centres are found on.
    """
    rows, drawn = _draw(weights, seed)
    X = vectors.transform([clauses[row] for row in rows])
    clusters = ThemeClusters(min_weight=min_size, max_themes=max_themes).fit(X, drawn)
    parting = _part(X, drawn, clusters, large)
    found = []
    for start in range(0, len(clauses), _BATCH):
        batch = vectors.transform(clauses[start : start + _BATCH])
        labels, cosines = clusters.predict(batch)
        found.append((labels, cosines, _parts_of(batch, labels, parting)))
    labels, cosines, parts = (np.concatenate(column) for column in zip(*found, strict=True))
    if len(clusters.centers_) > 1:
        left = _left_over(labels, cosines, weights)
        labels[left], cosines[left], parts[left] = -1, 0, 0
    nothing = np.zeros((1, clusters.centers_.shape[1]), dtype=np.float32)
    part_centers = [part.centers_ for part in parting] + [nothing]
    return ClauseThemes(labels, cosines, np.vstack([clusters.centers_, nothing]), parts, part_centers)


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


def _part(
    X: Vectors, weights: NDArray[np.float64], clusters: ThemeClusters, large: float
) -> list[ThemeClusters]:
    """The parts of each theme, found on the clauses that its centre was found on."""
    labels, _ = clusters.predict(X)
    parting = []
    for label in range(len(clusters.centers_)):
        inside = labels == label
        total = float(weights[inside].sum())
        most = _MOST_PARTS if total >= large else 1
        part = ThemeClusters(min_weight=max(1.0, _LEAST_PART * total), max_themes=most)
        parting.append(part.fit(X[inside], weights[inside]))
    return parting


def _parts_of(X: Vectors, labels: Labels, parting: list[ThemeClusters]) -> Labels:
    parts = np.zeros(len(labels), dtype=np.int64)
    for label, part in enumerate(parting):
        if len(part.centers_) > 1:
            inside = labels == label
            parts[inside] = part.predict(X[inside])[0]
    return parts


def _left_over(
    labels: Labels, cosines: NDArray[np.float32], weights: NDArray[np.float64]
) -> NDArray[np.intp]:
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
    return np.flatnonzero(left)
