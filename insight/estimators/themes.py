"""Group vectors of clauses: centres start where clauses crowd; the measure of fit says how many to keep."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from insight.estimators.threads import one_thread
from insight.estimators.vectors import Vectors, unit

Labels = NDArray[np.int64]

_ROUNDS = 4
"""Few, so that centres stay near the dense places they started at; more made themes of the rest restless."""
_DAMPING = 0.75
_NEAR = 6
"""Power of the cosine that makes two clauses neighbours: at .8 a quarter of what the same words are."""
_APART = 4
"""Power of the distance to the centres found so far in the merit of the next one."""
_NOTHING = 1e-9
"""Merit, as a share of the density, of a clause that stands where a centre is already."""
_LEAST_SHARE = 0.01
"""A theme of less than a hundredth of its touchpoint and side dissolves into its neighbours."""


class ThemeClusters:
    """K-means on the unit sphere whose centres start at the densest places, without any draw of luck.

    A clause's density is the weight of the clauses near it. The first centre is the densest clause's
    neighbourhood; each further one is that with the most density far from the centres before it (density
    peaks, Rodriguez & Laio 2014). For each number of themes the first centres are refined by spherical
    k-means (Dhillon & Modha 2001), and the number is that with the best simplified silhouette (Hruschka
    et al. 2004: distance to the nearest other centre against distance to the own one). What many customers
    say stays dense when some of them are left out, so themes return in the next run.

    Parameters
    ----------
    min_weight : float
        Least total weight of a theme; smaller ones dissolve into their neighbours.
    max_themes : int
        Most themes.

    Attributes
    ----------
    centers_ : ndarray of float32, shape (n_themes, n_features)
        Centres of length one, in no particular order.
    """

    def __init__(self, *, min_weight: float = 5, max_themes: int = 12) -> None:
        self.min_weight = min_weight
        self.max_themes = max_themes

    @one_thread
    def fit(self, X: Vectors, weights: NDArray[np.float64]) -> Self:
        """Find the centres; time and memory grow with the square of the number of clauses.

        Parameters
        ----------
        X : ndarray of float32, shape (n_clauses, n_features)
            Unique clauses, rows of length one, in an order that does not depend on the dump's.
        weights : ndarray of float64, shape (n_clauses,)
            Mentions of each clause.
        """
        total = float(weights.sum())
        # A clause written a thousand times must not own a centre by its copies alone.
        damped = weights**_DAMPING
        room = total / max(self.min_weight, 1)
        most = int(min(self.max_themes, room))
        seeds = _find_peaks(X, damped, most) if most > 1 else X[:0]
        least = min(len(seeds), max(2, math.ceil(math.log2(max(room, 2)))))
        best, chosen = 0.0, unit((weights.astype(np.float32) @ X)[None, :])
        for k in range(max(least, 2), len(seeds) + 1):
            centers = _refine(X, damped, seeds[:k])
            fit = _simplified_silhouette(X, damped, centers)
            if fit > best:
                best, chosen = fit, centers
        self.centers_ = self._drop_small(X, weights, chosen)
        return self

    @one_thread
    def predict(self, X: Vectors) -> tuple[Labels, NDArray[np.float32]]:
        """Nearest theme and the cosine to its centre, both of shape (n_clauses,)."""
        cosines = X @ self.centers_.T
        labels: Labels = cosines.argmax(axis=1).astype(np.int64)
        return labels, cosines[np.arange(len(X)), labels]

    def _drop_small(self, X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> Vectors:
        """Without the smallest theme, until all have the least weight."""
        floor = max(self.min_weight, _LEAST_SHARE * float(weights.sum()))
        while len(centers) > 1:
            sizes = np.bincount((X @ centers.T).argmax(axis=1), weights=weights, minlength=len(centers))
            smallest = int(sizes.argmin())
            if sizes[smallest] >= floor:
                break
            centers = np.delete(centers, smallest, axis=0)
        return centers


def _find_peaks(X: Vectors, weights: NDArray[np.float64], most: int) -> Vectors:
    """At most `most` centres, shape (n_found, n_features): the densest place, then the densest far off."""
    near = np.maximum(X @ X.T, 0) ** _NEAR
    near *= weights.astype(np.float32)
    density = near.sum(axis=1)
    distance = np.ones(len(X), dtype=np.float32)
    centers: list[Vectors] = []
    while len(centers) < most:
        merit = density * distance**_APART
        peak = int(merit.argmax())
        if merit[peak] <= _NOTHING * density[peak]:
            break
        centers.append(unit((near[peak] @ X)[None, :]))
        distance = np.minimum(distance, np.clip(1 - X @ centers[-1][0], 0, 1))
    return np.vstack(centers) if centers else X[:0]


def _refine(X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> Vectors:
    labels = np.full(len(X), -1)
    for _ in range(_ROUNDS):
        found = (X @ centers.T).argmax(axis=1)
        if np.array_equal(found, labels):
            break
        labels = found
        centers = _means(X, labels, weights, len(centers))
    return centers


def _means(X: Vectors, labels: NDArray[np.int_], weights: NDArray[np.float64], k: int) -> Vectors:
    """Weighted mean direction of each label, shape (k, n_features)."""
    ends = np.arange(len(X) + 1)
    member = sp.csc_matrix((weights.astype(np.float32), labels, ends), shape=(k, len(X)))
    return unit(member @ X)


def _simplified_silhouette(X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> float:
    distances = np.partition(1 - X @ centers.T, 1, axis=1)[:, :2]
    own, other = distances.T
    return float(np.average((other - own) / np.maximum(other, 1e-9), weights=weights))
