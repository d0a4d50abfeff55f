"""Group vectors of clauses: small groups first, then merged, then as many as the measure of fit asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.cluster import KMeans

from insight.estimators.threads import one_thread
from insight.estimators.vectors import Vectors, unit

Labels = NDArray[np.int64]

_MOST_SEEDS = 96
_FIT_ROWS = 3_000
_ROUNDS = 12
_SEED_ROUNDS = 10
_DAMPING = 0.75
_LEAST_SHARE = 0.01
"""A theme of less than a hundredth of its touchpoint and side dissolves into its neighbours."""


class ThemeClusters:
    """K-means whose centres come from Ward's tree over many small clusters.

    A first k-means makes up to 96 small clusters, Ward's method (Ward 1963) joins them, and every cut of
    the tree offers centres for some number of themes. Centres are then refined by k-means on the unit
    sphere. The number of themes is the smallest whose simplified silhouette (Hruschka et al. 2004: distance
    to the nearest other centre against distance to the own one) comes within `tolerance` of the best.

    Parameters
    ----------
    min_weight : float
        Least total weight of a theme; smaller ones dissolve into their neighbours.
    max_themes : int
        Most themes.
    tolerance : float
        Share of the best silhouette that a smaller number of themes may give up.
    n_init : int
        Starts of the first k-means; the best over all is kept.
    random_state : int
        Seed of the first k-means and of the sample it is fitted on.

    Attributes
    ----------
    centers_ : ndarray of float32, shape (n_themes, n_features)
        Centres of length one, in no particular order.
    """

    def __init__(
        self,
        *,
        min_weight: float = 5,
        max_themes: int = 12,
        tolerance: float = 0.0,
        n_init: int = 8,
        random_state: int = 0,
    ) -> None:
        self.min_weight = min_weight
        self.max_themes = max_themes
        self.tolerance = tolerance
        self.n_init = n_init
        self.random_state = random_state

    @one_thread
    def fit(self, X: Vectors, weights: NDArray[np.float64]) -> Self:
        """Find the centres.

        Parameters
        ----------
        X : ndarray of float32, shape (n_clauses, n_features)
            Unique clauses, rows of length one, in an order that does not depend on the dump's.
        weights : ndarray of float64, shape (n_clauses,)
            Mentions of each clause.
        """
        total = float(weights.sum())
        self._floor = max(self.min_weight, _LEAST_SHARE * total)
        sample, damped = self._sample(X, weights)
        most = int(min(self.max_themes, total // max(self.min_weight, 1), _count_distinct(sample)))
        least = min(most, max(2, math.ceil(math.log2(max(total / max(self.min_weight, 1), 2)))))
        whole = unit((weights.astype(np.float32) @ X)[None, :])
        if most < 2:
            self.centers_ = whole
            return self
        best: dict[int, tuple[float, Vectors]] = {}
        for start in range(self.n_init):
            for centers in self._cuts(sample, damped, least, most, self.random_state + start):
                offer = (float(np.average((sample @ centers.T).max(axis=1), weights=damped)), centers)
                best[len(centers)] = max(best.get(len(centers), offer), offer, key=lambda found: found[0])
        fits = {k: _simplified_silhouette(sample, damped, centers) for k, (_, centers) in best.items()}
        floor = max(fits.values(), default=0.0) * (1 - self.tolerance)
        chosen = min((k for k, fit in fits.items() if fit >= floor), default=0)
        self.centers_ = self._drop_small(X, weights, best[chosen][1] if chosen else whole)
        return self

    def _cuts(
        self, X: Vectors, weights: NDArray[np.float64], least: int, most: int, seed: int
    ) -> Iterator[Vectors]:
        """Centres for each number of themes from `least` to `most`, from one start."""
        seeds, seed_weights = self._seeds(X, weights, most, seed)
        if len(seeds) < 2:
            return
        tree = linkage(seeds * np.sqrt(seed_weights / seed_weights.max())[:, None], method="ward")
        sizes = range(min(least, len(seeds)), min(most, len(seeds)) + 1)
        for k, joined in zip(sizes, cut_tree(tree, n_clusters=list(sizes)).T, strict=True):
            yield self._refine(X, weights, _means(seeds, joined, seed_weights, k))

    @one_thread
    def predict(self, X: Vectors) -> tuple[Labels, NDArray[np.float32]]:
        """Nearest theme and the cosine to its centre, both of shape (n_clauses,)."""
        cosines = X @ self.centers_.T
        labels: Labels = cosines.argmax(axis=1).astype(np.int64)
        return labels, cosines[np.arange(len(X)), labels]

    def _sample(self, X: Vectors, weights: NDArray[np.float64]) -> tuple[Vectors, NDArray[np.float64]]:
        # A clause written a thousand times must not own a centre by its copies alone.
        damped = weights**_DAMPING
        if len(X) <= _FIT_ROWS:
            return X, damped
        random = np.random.default_rng(self.random_state)
        rows = np.sort(random.choice(len(X), _FIT_ROWS, replace=False))
        return X[rows], damped[rows]

    def _seeds(
        self, X: Vectors, weights: NDArray[np.float64], most: int, seed: int
    ) -> tuple[Vectors, NDArray[np.float64]]:
        n = min(_MOST_SEEDS, max(most, len(X) // 4))
        n = min(n, _count_distinct(X))
        kmeans = KMeans(n, init="random", n_init=1, random_state=seed, max_iter=_SEED_ROUNDS)
        labels = kmeans.fit_predict(X, sample_weight=weights)
        total = np.bincount(labels, weights=weights, minlength=n)
        used = total > 0
        return unit(kmeans.cluster_centers_[used].astype(np.float32)), total[used].astype(np.float64)

    def _refine(self, X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> Vectors:
        labels = np.full(len(X), -1)
        for _ in range(_ROUNDS):
            found = (X @ centers.T).argmax(axis=1)
            if np.array_equal(found, labels):
                break
            labels = found
            centers = _means(X, labels, weights, len(centers))
        return centers

    def _drop_small(self, X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> Vectors:
        """Without the smallest theme, until all have the least weight."""
        while len(centers) > 1:
            sizes = np.bincount((X @ centers.T).argmax(axis=1), weights=weights, minlength=len(centers))
            smallest = int(sizes.argmin())
            if sizes[smallest] >= self._floor:
                break
            centers = np.delete(centers, smallest, axis=0)
        return centers


def _count_distinct(X: Vectors) -> int:
    direction = np.random.default_rng(0).normal(size=X.shape[1])
    return len(np.unique((X @ direction).round(5)))


def _means(X: Vectors, labels: NDArray[np.int_], weights: NDArray[np.float64], k: int) -> Vectors:
    """Weighted mean direction of each label, shape (k, n_features)."""
    ends = np.arange(len(X) + 1)
    member = sp.csc_matrix((weights.astype(np.float32), labels, ends), shape=(k, len(X)))
    return unit(member @ X)


def _simplified_silhouette(X: Vectors, weights: NDArray[np.float64], centers: Vectors) -> float:
    distances = np.sort(1 - X @ centers.T, axis=1)[:, :2]
    own, other = distances[:, 0], distances[:, 1]
    return float(np.average((other - own) / np.maximum(other, 1e-9), weights=weights))
