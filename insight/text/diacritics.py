"""Vietnamese diacritics: strip them, notice their absence, and place the tone mark uniformly."""

import re
import unicodedata

_PLAIN = str.maketrans("đĐ", "dD")
_MARKED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0-\u01b0\u0300-\u036f\u1ea0-\u1ef9]")
_OLD_TONE_PLACES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
"""The three open rimes that are written both ways (hòa, hoà); the tone goes on the main vowel."""


def strip_diacritics(text: str) -> str:
    """`text` without tone and vowel marks, đ as d: what many customers type.

    Examples
    --------
    >>> strip_diacritics("Đóng gói cẩn thận")
    'Dong goi can than'
    """
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def has_diacritics(text: str) -> bool:
    """Whether any letter of `text` carries a Vietnamese mark."""
    return not text.isascii() and _MARKED.search(text) is not None


def place_tone(syllable: str) -> str:
    """A lower-case syllable with the tone mark of oa, oe and uy on the main vowel.

    Only open syllables are written both ways; `quý` has its u in the onset and stays.

    Examples
    --------
    >>> place_tone("hòa"), place_tone("quý"), place_tone("thủy")
    ('hoà', 'quý', 'thuỷ')
    """
    rime = _OLD_TONE_PLACES.get(syllable[-2:])
    if rime is None or syllable[:-2].endswith("q"):
        return syllable
    return syllable[:-2] + rime
