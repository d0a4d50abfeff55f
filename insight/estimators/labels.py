"""The label tuples that a mention may carry, and the choice of the likeliest one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Labels(NamedTuple):
    """Where on the journey a mention stands and which area it is about."""

    touchpoint: str
    pain: str
    stage: str


def allowed_labels(
    seen: Iterable[Labels], min_share: float = 1 / 4000
) -> tuple[list[Labels], NDArray[np.float64]]:
    """Label tuples that occur in the training mentions often enough to be no slip.

    The codebook's defaults and exceptions are consistent tuples; the corpus shows each of them.

    Returns
    -------
    allowed : list of Labels
        The tuples, sorted.
    log_prior : ndarray of float64, shape (n_allowed,)
        Logarithm of each tuple's share among the tuples of its touchpoint.
    """
    counts = Counter(seen)
    floor = max(2, counts.total() * min_share)
    allowed = sorted(labels for labels, n in counts.items() if n >= floor)
    of_touchpoint: Counter[str] = Counter()
    for labels in allowed:
        of_touchpoint[labels.touchpoint] += counts[labels]
    share = [counts[labels] / of_touchpoint[labels.touchpoint] for labels in allowed]
    return allowed, np.log(np.array(share))


def decode(
    allowed: Sequence[Labels],
    log_prior: NDArray[np.float64],
    classes: Mapping[str, Sequence[str]],
    probabilities: Mapping[str, NDArray[np.float64]],
    weight: float = 0.5,
) -> NDArray[np.int64]:
    """Index into `allowed` of the likeliest tuple for each clause, shape (n_clauses,).

    A tuple's likelihood is that of its touchpoint, times its prior given the touchpoint and the
    probabilities of its pain category and stage, both to the power `weight`: the heads share their
    features, so their evidence is counted half.
    """
    logarithms = {head: np.log(np.maximum(p, 1e-9)) for head, p in probabilities.items()}
    column = {head: {c: i for i, c in enumerate(names)} for head, names in classes.items()}
    likelihood = np.stack(
        [
            logarithms["touchpoint"][:, column["touchpoint"][t]]
            + weight * logarithms["pain"][:, column["pain"][p]]
            + weight * logarithms["stage"][:, column["stage"][s]]
            for t, p, s in allowed
        ],
        axis=1,
    )
    return np.asarray((likelihood + weight * log_prior).argmax(axis=1))
