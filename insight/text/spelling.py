"""What the spelling of a text tells, worked out once for all rules of screening."""

from collections.abc import Sequence
from typing import NamedTuple

from insight.text.diacritics import has_diacritics
from insight.text.mash import is_mash
from insight.text.syllables import is_stripped_syllable, is_syllable

OTHER, ACCENTED, PLAIN, LOAN, MASH, SCRIPT = ".apwms"
"""Kinds of normal form, one letter each: no word; a legal syllable with Vietnamese marks; one without, or
that lost its marks; another word in Latin letters; keyboard mash; a word in another script."""

LAST_LATIN = "\u1eff"
_MOST_FORMS = 200_000


class Spelling(NamedTuple):
    """A text, its normal forms and their kinds."""

    raw: str
    clean: str
    forms: Sequence[str]
    distinct: frozenset[str]
    kinds: str
    """One letter for each form."""
    n_words: int

    def of_kind(self, *kinds: str) -> list[str]:
        """List the forms of these kinds, in order."""
        return [form for form, kind in zip(self.forms, self.kinds, strict=True) if kind in kinds]


def spell(raw: str, clean: str, pieces: Sequence[str] = ()) -> Spelling:
    """Read the spelling of a text.

    Parameters
    ----------
    raw : str
        The text as written.
    clean : str
        Its normal forms, joined by spaces.
    pieces : sequence of str, optional
        The forms of its pieces, where they are at hand.

    Examples
    --------
    >>> spell("Hàng OK, đẹp", "hàng ok , đẹp").kinds
    'aw.a'
    """
    # Pieces of one syllable are the forms themselves: that spares making and hashing them anew.
    forms = pieces if pieces and clean.count(" ") == len(pieces) - 1 else clean.split()
    if len(_kinds) > _MOST_FORMS:
        _kinds.clear()
    kinds = "".join(map(_kinds.__getitem__, forms))
    return Spelling(raw, clean, forms, frozenset(forms), kinds, len(kinds) - kinds.count(OTHER))


def kind_of(form: str) -> str:
    """Tell the kind of one normal form.

    Examples
    --------
    >>> [kind_of(form) for form in "hàng ok shop dep 0k jdkskxnsb".split()]
    ['a', 'w', 'w', 'p', '.', 'm']
    """
    if not form[:1].isalpha():
        return OTHER
    if any(letter > LAST_LATIN for letter in form):
        return SCRIPT
    if is_syllable(form):
        return ACCENTED if has_diacritics(form) else PLAIN
    if is_stripped_syllable(form):
        return PLAIN
    return MASH if is_mash(form) else LOAN


class _Kinds(dict[str, str]):
    """Kinds of the forms met so far: a look-up costs a third of `lru_cache`."""

    def __missing__(self, form: str) -> str:
        kind = self[form] = kind_of(form)
        return kind


_kinds = _Kinds()
