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


def allowed_labels(seen: Iterable[Labels], min_share: float = 1 / 8000) -> list[Labels]:
    """Label tuples that occur in the training mentions often enough to be no slip, sorted.

    The codebook's defaults and exceptions are consistent tuples; the corpus shows each of them.
    """
    counts = Counter(seen)
    floor = max(2, counts.total() * min_share)
    return sorted(labels for labels, n in counts.items() if n >= floor)


def decode(
    allowed: Sequence[Labels],
    classes: Mapping[str, Sequence[str]],
    probabilities: Mapping[str, NDArray[np.float64]],
    weight: float = 0.5,
) -> NDArray[np.int64]:
    """Index into `allowed` of the likeliest tuple for each clause, shape (n_clauses,).

    A tuple's likelihood is that of its touchpoint times those of its pain category and stage to the
    power `weight`: the heads share their features, so their evidence is counted half.
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
    return likelihood.argmax(axis=1)
