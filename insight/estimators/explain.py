"""Which words decided a label: the share of each syllable in the decision value."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from insight.estimators.context import Groups
from insight.estimators.mentions import MentionClassifier


def deciding_words(
    model: MentionClassifier, clauses: Sequence[str], groups: Groups, clause: int, head: str, label: str
) -> list[tuple[str, float]]:
    """Syllables of a clause by how much they speak for `label`, strongest first.

    The weight of a syllable is the fall of the decision value when the syllable is left out, all else
    equal; so context, characters and lexicon take part.

    Parameters
    ----------
    model : MentionClassifier
        The fitted model.
    clauses, groups
        The review, as given to `MentionClassifier.predict`.
    clause : int
        Index of the clause.
    head, label : str
        The decision to explain.

    Returns
    -------
    list of (str, float)
        One entry for each syllable.
    """
    syllables = clauses[clause].split()
    without = [" ".join(syllables[:i] + syllables[i + 1 :]) for i in range(len(syllables))]
    column = model.classes(head).index(label)
    whole = _value(model, list(clauses), groups, clause, head, column)
    falls = [
        whole - _value(model, [*clauses[:clause], text, *clauses[clause + 1 :]], groups, clause, head, column)
        for text in without
    ]
    order = np.argsort(-np.array(falls), kind="stable")
    return [(syllables[i], float(falls[i])) for i in order]


def _value(
    model: MentionClassifier,
    clauses: list[str],
    groups: NDArray[np.int64],
    clause: int,
    head: str,
    column: int,
) -> float:
    return float(model.decision(clauses, groups)[head][clause, column])
