"""The form of a clause in which mentions are compared: words only, and a key blind to diacritics."""

from insight.text.diacritics import strip_diacritics
from insight.text.reading import read_text

LONGEST = 60
"""Words kept of a clause: what follows in a clause that was never cut adds noise, not meaning."""


def clause_form(raw: str) -> str:
    """Normal forms of the words of `raw`, without punctuation.

    A clause without any word keeps its emoji classes and marks, so that it still has a form.

    Examples
    --------
    >>> clause_form("Giao hàng NHANH quá!!! 😍")
    'giao hàng nhanh quá'
    >>> clause_form("sp ko tốt, giá 250k")
    'sản phẩm không tốt giá 0k'
    """
    forms = [form for form in read_text(raw).forms if form != "\n"]
    words = [form for form in forms if form[0].isalnum()]
    return " ".join((words or forms)[:LONGEST])


def clause_key(form: str) -> str:
    """What two spellings of one clause share: its form without diacritics."""
    return strip_diacritics(form)
