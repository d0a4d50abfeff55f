"""The errors a user may meet. Each message says what was found, what was wanted and how to mend it."""

from collections.abc import Iterable


class InsightError(Exception):
    """Base of every error that is told to the user as one message, without a traceback."""


class InputError(InsightError):
    """A file, a table or a run folder is not what it should be."""


class UsageError(InsightError):
    """An argument, a setting or a label does not exist or does not fit."""


class ModelError(InsightError):
    """A model cannot be found, read or trusted."""


def unknown(kind: str, found: str, known: Iterable[str]) -> str:
    """Message for a name that does not exist: the nearest known name first, then all of them.

    Examples
    --------
    >>> unknown("touchpoint", "delivry", ["delivery", "store"])
    'Unknown touchpoint "delivry". Did you mean "delivery"? Known: delivery, store.'
    """
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    return f'Unknown {kind} "{found}".{guess} Known: {", ".join(names)}.'
