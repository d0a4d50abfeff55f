"""Write out informal spellings: teencode, stretched letters, Telex slips, emoticons."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from insight.text.diacritics import place_tone
from insight.text.syllables import is_stripped_syllable, is_syllable

_STRETCHED = re.compile(r"(\w)\1{2,}")
_FINAL_PAIR = re.compile(r"(\w)\1$")
_DIGITS = re.compile(r"\d+")


def read_pairs(name: str) -> list[tuple[str, str]]:
    """Rows of a two-column lexicon in `insight/text/lexicons`; lines that start with # are comments."""
    lines = files("insight.text").joinpath("lexicons", name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(row[0], row[1]) for row in rows]


@cache
def informal_spellings() -> dict[str, str]:
    """Chat spelling -> written out."""
    return dict(read_pairs("informal.tsv"))


@cache
def emoji_classes() -> dict[str, str]:
    """Emoji or emoticon -> the class that stands for it among the syllables, such as `_happy_`."""
    return dict(read_pairs("emoji.tsv"))


@lru_cache(maxsize=200_000)
def write_out(piece: str) -> str:
    """The normal form of one lower-case, composed piece of text.

    Digits become one 0, so that prices and quantities share their form. A piece that stands in no
    list and is no Vietnamese syllable is tried again without its stretched or doubled last letter.

    Examples
    --------
    >>> write_out("ko"), write_out("đẹpppp"), write_out("250k"), write_out("hòa")
    ('không', 'đẹp', '0k', 'hoà')
    """
    known = informal_spellings().get(piece)
    if known is not None:
        return known
    if not piece[0].isalnum():
        return _emoji_form(piece)
    if any(character.isdigit() for character in piece):
        return _DIGITS.sub("0", piece)
    if is_syllable(piece):
        return place_tone(piece)
    return place_tone(_shorten(piece))


def _shorten(word: str) -> str:
    shortened = _STRETCHED.sub(r"\1", word)
    if shortened in informal_spellings():
        return informal_spellings()[shortened]
    if _reads_as_syllable(shortened):
        return shortened
    single = _FINAL_PAIR.sub(r"\1", shortened)
    if single in informal_spellings():
        return informal_spellings()[single]
    return single if _reads_as_syllable(single) else shortened


def _reads_as_syllable(word: str) -> bool:
    return is_stripped_syllable(word) if word.isascii() else is_syllable(word)


def _emoji_form(piece: str) -> str:
    classes = emoji_classes()
    if piece in classes:
        return classes[piece]
    for length in (3, 2, 1):  # runs such as ❤️❤️😍 and :)))) are judged by their beginning
        if piece[:length] in classes:
            return classes[piece[:length]]
    return piece[:1]
