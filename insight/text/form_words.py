"""Words of the forms of clauses, stretch by stretch."""

from collections.abc import Sequence

from insight.text.forms import clause_runs, is_wordless
from insight.text.words import tokenize_many


def cut_forms(forms: Sequence[str]) -> list[list[list[str]]]:
    """Words of each stretch between pauses of each form, in lower case, syllables parted by spaces.

    Examples
    --------
    >>> cut_forms(["giao hàng nhanh , đẹp", "_like_"])
    [[['giao', 'hàng', 'nhanh'], ['đẹp']], []]
    """
    runs = [[] if is_wordless(form) else clause_runs(form) for form in forms]
    words = iter(tokenize_many([run for form in runs for run in form]))
    return [[_plain(next(words)) for _ in form] for form in runs]


def _plain(words: list[str]) -> list[str]:
    plain = (" ".join(word.replace("_", " ").lower().split()) for word in words)
    return [word for word in plain if word]
