"""One pass over a raw text: its syllables, numbers, emoji and marks, with offsets and normal forms."""

import re
from collections.abc import Iterator
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
_DEPENDING = _STAR_WORDS | {"bt"}
"""Pieces whose form depends on what stands before."""
_LONGEST = 40
"""A longer piece is keyboard mash or an encoded blob; its beginning stands for it."""
_MOST_STRETCHES = 200_000
_Piece = tuple[int, int, str]
"""Start, end and normal form."""


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
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    at = 0
    stretches = raw.split(" ")  # no piece holds a space, and few stretches are new
    for stretch, pieces in zip(stretches, map(_stretches.__getitem__, stretches), strict=True):
        if isinstance(pieces, str):  # most are one piece
            starts.append(at)
            at += len(stretch)
            ends.append(at)
            forms.append(pieces)
            at += 1
            continue
        if pieces is None:
            return _read_composed(raw)
        for start, end, form in pieces:
            starts.append(at + start)
            ends.append(at + end)
            forms.append(form or _form_in_context(raw, starts, ends, forms))
        at += len(stretch) + 1
    return _reading(raw, raw, None, starts, ends, forms)


def _read_composed(raw: str) -> Reading:
    """Read a text whose characters are composed first."""
    composed, offsets = compose(raw)
    lower = composed.lower()
    if len(lower) != len(composed):  # a few letters (İ) change length; their case is left alone
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in composed)
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for start, end, form in _cut(lower):
        starts.append(start)
        ends.append(end)
        forms.append(form or _form_in_context(lower, starts, ends, forms))
    return _reading(raw, composed, offsets, starts, ends, forms)


def _reading(
    raw: str, composed: str, offsets: list[int] | None, starts: list[int], ends: list[int], forms: list[str]
) -> Reading:
    bare = composed.isascii() or not has_diacritics(composed)
    if bare:
        forms = [strip_diacritics(form) or form for form in forms]  # a mark by itself would be nothing
    return Reading(raw, composed, offsets, starts, ends, forms, bare)


def _cut(lower: str) -> Iterator[_Piece]:
    """Pieces of a text in lower case; the form is empty where it depends on what stands before."""
    for match in _PIECE.finditer(lower):
        piece = match.group()
        yield match.start(), match.end(), "" if piece in _DEPENDING else _form(piece)


def _form(piece: str) -> str:
    if piece[0] == "\n":
        return "\n"
    if piece.startswith(("http", "www.")) and len(piece) > 6:
        return LINK
    if piece[0] in _STARS and piece[1:] in _STAR_WORDS:
        return f"{piece[0]} sao"
    return write_out(piece[:_LONGEST])


def _form_in_context(text: str, starts: list[int], ends: list[int], forms: list[str]) -> str:
    """Form of the last piece, from those before it, whose forms are known."""
    piece = text[starts[-1] : ends[-1]].lower()
    if piece in _STAR_WORDS and forms and forms[-1] == "0" and text[starts[-2]] in _STARS:
        forms[-1] = text[starts[-2]]  # of all numbers these alone say what the customer thinks
        return "sao"
    if piece == "bt" and forms and forms[-1] in _KNOWING:
        return "biết"
    return write_out(piece)


class _Stretches(dict[str, str | tuple[_Piece, ...] | None]):
    """Pieces of the stretches between spaces that were met so far; None for one that must be composed.

    Of a stretch that is one piece, whatever stands before it, there is only the form.
    """

    def __missing__(self, stretch: str) -> str | tuple[_Piece, ...] | None:
        composed, offsets = compose(stretch)
        lower = composed.lower()
        pieces: str | tuple[_Piece, ...] | None = None
        if offsets is None and len(lower) == len(stretch):
            pieces = tuple(_cut(lower))
            if [piece[:2] for piece in pieces] == [(0, len(stretch))] and pieces[0][2]:
                pieces = pieces[0][2]
        if len(stretch) <= _LONGEST:  # a longer one hardly comes again
            if len(self) >= _MOST_STRETCHES:
                self.clear()
            self[stretch] = pieces
        return pieces


_stretches = _Stretches()
