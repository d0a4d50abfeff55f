"""TCVN3 (ABC), the fonts named .VnTime: one byte a letter, read here as Latin-1 characters.

Capitals with a tone have no code of their own (they were a second font, .VnTimeH), so such text comes out in
small letters.
"""

_TONED = {
    "a": "µ¸¶·¹",
    "ă": "»¾¼½Æ",
    "â": "ÇÊÈÉË",
    "e": "ÌÐÎÏÑ",
    "ê": "ÒÕÓÔÖ",
    "i": "×ÝØÜÞ",
    "o": "ßãáâä",
    "ô": "åèæçé",
    "ơ": "êíëìî",
    "u": "ïóñòô",
    "ư": "õøö÷ù",
    "y": "úýûüþ",
}
"""Each vowel with grave, acute, hook above, tilde and dot below."""

BARE = dict(zip("¨©ª«¬\u00ad®¡¢£¤¥¦§", "ăâêôơưđĂÂÊÔƠƯĐ", strict=True))
"""The letters without a tone."""

TONED = {code: (vowel, tone) for vowel, codes in _TONED.items() for tone, code in enumerate(codes)}
"""Code -> vowel and the number of its tone in the order above."""
