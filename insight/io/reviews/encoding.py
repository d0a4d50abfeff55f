"""Which encoding a file of text is in, how sure that is, and how to read it."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Literal

from charset_normalizer import from_bytes

from insight.io.reviews.legacy import RECODERS
from insight.io.reviews.syllables import marked_words, vietnamese_share

Certainty = Literal["certain", "likely", "guess"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 18
_ENOUGH_WORDS = 10
"""Fewer words with marks than this make a guess, whatever they score."""


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a dump become text.

    Attributes
    ----------
    name : str
        The name told to the user: "utf-8", "cp1258", "tcvn3", ...
    codec : str
        Python's codec that reads the bytes.
    certainty : {"certain", "likely", "guess"}
        How sure the name is.
    recode : str
        Key of `RECODERS` for what is then done to each cell, or "".
    """

    name: str
    codec: str
    certainty: Certainty
    recode: str = ""


def detect_encoding(handle: IO[bytes]) -> Encoding:
    """Detect the encoding of a text, judged by its first block that is more than ASCII.

    Byte order marks and valid UTF-8 are certain. Among the one-byte encodings, the one is taken whose
    words are built like Vietnamese syllables; when there is none, charset-normalizer guesses.
    """
    head = handle.read(_BLOCK)
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return Encoding(codec.removesuffix("-sig"), codec, "certain")
    if utf16 := _utf16_without_bom(head):
        return Encoding(utf16, utf16, "likely")
    while head.isascii():
        block = handle.read(_BLOCK)
        if not block:
            return Encoding("utf-8", "utf-8", "certain")
        head = block
    return _utf8(head) or _one_byte(head) or _guess(head)


def detect_recoding(texts: Sequence[str]) -> str:
    """Name of the old encoding that decoded text or cells still stand in, or "" for proper Unicode.

    Workbooks typed in .VnTime or VNI fonts hold such text. Only strong evidence counts: nearly no word
    is Vietnamese as it stands and nearly all are after recoding.
    """
    words = marked_words(texts)
    if len(words) < _ENOUGH_WORDS or vietnamese_share(words) > 0.3:
        return ""
    for name in ("tcvn3", "vni"):
        if vietnamese_share(marked_words(map(RECODERS[name], texts))) > 0.8:
            return name
    return ""


def recoding_note(name: str) -> str:
    """Say to the user that `detect_recoding` found something."""
    return f"The letters stand in the old font encoding {name} and are turned into Unicode."


def _utf16_without_bom(head: bytes) -> str:
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 8 and even * 8 < odd:
        return "utf-16-le"
    if even > len(sample) / 8 and odd * 8 < even:
        return "utf-16-be"
    return ""


def _utf8(head: bytes) -> Encoding | None:
    # The block may begin and end inside a character.
    inner = head.lstrip(bytes(range(0x80, 0xC0))) if not head[:4].isascii() else head
    try:
        codecs.getincrementaldecoder("utf-8")().decode(inner)
        return Encoding("utf-8", "utf-8", "certain")
    except UnicodeDecodeError:
        text = head.decode("utf-8", "replace")
    bad, good = text.count("\ufffd"), sum(len(word) for word in marked_words([text]))
    # A database that cuts texts at so many bytes leaves half a character here and there.
    return Encoding("utf-8", "utf-8", "likely") if bad * 20 < good else None


def _one_byte(head: bytes) -> Encoding | None:
    scores: list[tuple[float, int, str]] = []
    for name, recode in RECODERS.items():
        codec = "cp1258" if name == "cp1258" else "latin-1"
        words = marked_words([recode(head.decode(codec, "replace"))])
        scores.append((vietnamese_share(words), len(words), name))
    (share, words_read, best), (second, _, _) = sorted(scores, reverse=True)[:2]
    if share < 0.5:
        return None
    sure = share > 0.8 and share - second > 0.2 and words_read >= _ENOUGH_WORDS
    codec = "cp1258" if best == "cp1258" else "latin-1"
    return Encoding(best, codec, "likely" if sure else "guess", best)


def _guess(head: bytes) -> Encoding:
    best = from_bytes(head).best()
    name = best.encoding if best else "latin-1"
    return Encoding(name, name, "guess")
