"""The form of a clause in which mentions are compared: words and pauses, and a key blind to diacritics."""

from collections.abc import Iterable

from insight.text.diacritics import strip_diacritics
from insight.text.reading import read_text

PAUSE = ","
"""Stands for any punctuation or emoji between two words."""

_SHOWN = {"ap": "app"}
"""Normal forms that lost a doubled letter which readers expect."""

LONGEST = 60
"""Words kept of a clause: what follows in a clause that was never cut adds noise, not meaning."""


def clause_form(raw: str) -> str:
    """Join the normal forms of the words of `raw`, with a comma where something that is no word parts them.

    A clause without any word keeps its emoji classes and marks, so that it still has a form.

    Examples
    --------
    >>> clause_form("Giao hàng NHANH quá!!! Sẽ ủng hộ 😍")
    'giao hàng nhanh quá , sẽ ủng hộ'
    >>> clause_form("sp ko tốt, giá 250k")
    'sản phẩm không tốt , giá 0k'
    """
    return join_forms(read_text(raw).forms)


def join_forms(forms: Iterable[str]) -> str:
    """`clause_form` of a clause whose pieces have been read."""
    words: list[str] = []
    n_words = 0
    for form in forms:
        if form[0].isalnum():
            words.append(_SHOWN.get(form, form))
            n_words += 1
        elif words and words[-1] != PAUSE:
            words.append(PAUSE)
        if n_words == LONGEST:
            break
    if words and words[-1] == PAUSE:
        words.pop()
    return " ".join(words or [form for form in forms if form != "\n"])


def clause_key(form: str) -> str:
    """Return what two spellings of one clause share: its form without pauses and diacritics."""
    return strip_diacritics(" ".join(word for word in form.split() if word != PAUSE) or form)


def clause_runs(form: str) -> list[str]:
    """Split a form at its pauses.

    Examples
    --------
    >>> clause_runs("giao nhanh , gói kỹ")
    ['giao nhanh', 'gói kỹ']
    """
    return [run.strip() for run in form.split(f" {PAUSE} ") if run.strip()]


def is_wordless(form: str) -> bool:
    """Tell a form of nothing but emoji, marks and links.

    Examples
    --------
    >>> is_wordless(clause_form("👍👍")), is_wordless(clause_form("ok 👍"))
    (True, False)
    """
    return not any(word[0].isalnum() for word in form.split())
