"""One pass over a raw text: its syllables, numbers, emoji and marks, with offsets and normal forms."""

import re
from typing import NamedTuple

from insight.text.diacritics import has_diacritics, strip_diacritics
from insight.text.informal import write_out
from insight.text.unicode import compose, to_raw

_PIECE = re.compile(
    r"https?://\S+|www\.\S+"
    r"|[:=;>][-'’]?[()\[\]dDpPxX3*<>|/]+(?!\w)|<3+|\^[._]?\^|[-tT][._][-tT](?!\w)"  # emoticons
    r"|\d+(?:[.,]\d+)*\w*"
    r"|[^\W\d_]+"
    r"|\n+"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+"
    r"|([^\w\s])\1*"
    r"|_+"
)
LINK = "_link_"
"""What stands for a link; it judges nothing."""
_KNOWING = frozenset(("không", "chẳng", "chả", "chưa", "ai", "mới", "đâu"))
"""Behind these `bt` means to know (biết), elsewhere ordinary (bình thường)."""
_STARS = frozenset("12345")
_STAR_WORDS = frozenset(("sao", "star", "stars", "*", "⭐", "✩", "★"))
_LONGEST = 40
"""A longer piece is keyboard mash or an encoded blob; its beginning stands for it."""


class Reading(NamedTuple):
    """A text as its pieces. All lists have one entry a piece.

    A text without any diacritics is `bare`: its forms have none either, chat spellings written out included.
    """

    raw: str
    composed: str
    offsets: list[int] | None
    starts: list[int]
    ends: list[int]
    forms: list[str]
    bare: bool

    def raw_span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the raw text of pieces `first` to `last`, both included."""
        return to_raw(self.starts[first], self.ends[last], self.offsets)

    def form(self, first: int, last: int) -> str:
        """Normal form of pieces `first` to `last`, joined by spaces."""
        return " ".join(self.forms[first : last + 1])


def read_text(raw: str) -> Reading:
    """Read `raw` into pieces.

    Letter case, repeated spaces, Unicode form and informal spelling do not change `forms`; a line break is
    a piece of its own. Links become "_link_".
    """
    composed, offsets = compose(raw)
    lower = composed.lower()
    if len(lower) != len(composed):  # a few letters (İ) change length; their case is left alone
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in composed)
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for match in _PIECE.finditer(lower):
        start, end = match.span()
        piece = match.group()
        starts.append(start)
        ends.append(end)
        if piece[0] == "\n":
            forms.append("\n")
        elif piece.startswith(("http", "www.")) and len(piece) > 6:
            forms.append(LINK)
        elif piece in _STAR_WORDS and forms and forms[-1] == "0" and lower[starts[-2]] in _STARS:
            forms[-1] = lower[starts[-2]]  # of all numbers these alone say what the customer thinks
            forms.append("sao")
        elif piece[0] in _STARS and piece[1:] in _STAR_WORDS:
            forms.append(f"{piece[0]} sao")
        elif piece == "bt" and forms and forms[-1] in _KNOWING:
            forms.append("biết")
        else:
            forms.append(write_out(piece[:_LONGEST]))
    bare = composed.isascii() or not has_diacritics(composed)
    if bare:
        forms = [strip_diacritics(form) for form in forms]
    return Reading(raw, composed, offsets, starts, ends, forms, bare)
