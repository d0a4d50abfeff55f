"""Phone numbers, e-mails, links and long numbers are covered in every text that a report shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from insight.report.formats import plain

MASK = "•••"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"\b(?:https?|ftp)\s?:\s?//\S+|\bwww\.\S+|\b(?:zalo|facebook|fb|m|t|bit|s|shope)\.(?:me|com|vn|ly|ee|co)/\S+"
    r"|(?<![\w.@])(?:[a-z0-9][a-z0-9-]*\.)+(?:com|vn|net|org|info|top|xyz|shop|store|io|app|link|site|online)\b(?:/\S*)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d(?:[ .\-_/]{0,2}\d){7,}")
_CODE = re.compile(r"\b(?=\w*\d\w*\d\w*\d\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{9,}\b")
_DATE = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})$")
_MONEY = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_HAS_PHONE = re.compile(r"(?:\d\D{0,3}){8}")


_REACH = 1_000
"""Characters around the start of a quote that are looked at; more than a report ever shows."""


@dataclass(frozen=True)
class Cut:
    """A quote within its review: what stands before it, the quote, what stands behind it.

    Spaces at the edges of the quote are kept in its surroundings.
    """

    before: str
    quote: str
    after: str


def mask(text: str) -> str:
    """`text` with everything private covered.

    Examples
    --------
    >>> mask("gọi 0912 345 678 hoặc a.b@mail.vn, xem https://x.vn/1")
    'gọi ••• hoặc •••, xem •••'
    """
    spans = private_spans(text)
    return "".join(_covered(text, 0, len(text), spans)) if spans else text


def mask_around(text: str, start: int, end: int) -> Cut:
    """Return the parts of a review around a quote, each masked and made plain.

    Private spans are looked for in the whole text, so that one cut in two by the quote is covered too.

    Parameters
    ----------
    text : str
        The whole review.
    start, end : int
        Offsets of the quote.
    """
    first, last = max(0, start - _REACH), min(len(text), end + _REACH, start + 2 * _REACH)
    text, start, end = text[first:last], max(0, start - first), min(end, last) - first
    spans = private_spans(text)
    edges = ((0, start), (start, end), (end, len(text)))
    before, quote, after = (plain("".join(_covered(text, a, b, spans))) for a, b in edges)
    gap_before = " " if before and text[start - 1 : start + 1] != text[start - 1 : start + 1].strip() else ""
    gap_after = " " if after and text[end - 1 : end + 1] != text[end - 1 : end + 1].strip() else ""
    return Cut(before + gap_before, quote, gap_after + after)


def private_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of what is private in `text`, in order, without overlap."""
    if not ("." in text or "@" in text or any(map(str.isdigit, text))):
        return []
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_found(text)):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _found(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_EMAIL, _LINK):
        yield from (match.span() for match in pattern.finditer(text))
    for pattern in (_DIGITS, _CODE):
        for match in pattern.finditer(text):
            if not _DATE.match(match.group()) and not _MONEY.match(match.group()):
                yield match.span()
    if _HAS_PHONE.search(text):
        import phonenumbers

        for phone in phonenumbers.PhoneNumberMatcher(text, "VN"):
            yield phone.start, phone.end


def _covered(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Pieces of text[start:end]; a span is covered in the part where it begins, and dropped in the next."""
    at = start
    for first, last in spans:
        if last <= at or first >= end:
            continue
        if first >= at:
            yield text[at:first]
            yield MASK
        at = min(last, end)
    yield text[at:end]
