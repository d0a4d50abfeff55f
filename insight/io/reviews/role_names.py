"""Roles of columns by their names, from the table in `roles.toml`."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ROLES = (
    "text", "title", "stars", "date", "time", "product", "brand", "channel", "customer", "review_id", "nps",
    "stars_delivery", "stars_product", "stars_seller",
)  # fmt: skip
"""What a column can be. `time` is the hour of `date` in a column of its own, `title` stands before `text`."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[^a-z0-9]+")
_PHRASE, _WORD = 1_000, 2_000
"""Added to the rank of a name that the header only contains: a phrase of it, or a single word."""


@dataclass(frozen=True)
class Names:
    """The names of one role, best first; the words a header must not contain; the words that suffice."""

    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@cache
def role_names() -> dict[str, Names]:
    """Table of names, folded."""
    text = files("insight.io.reviews").joinpath("roles.toml").read_text(encoding="utf-8")
    return {
        role: Names(**{key: tuple(fold_name(name) for name in names) for key, names in row.items()})
        for role, row in tomllib.loads(text).items()
    }


@cache
def fold_name(header: str) -> str:
    """Header without case, accents, underscores and punctuation.

    Examples
    --------
    >>> fold_name("Nội_dung  đánh giá:"), fold_name("reviewText")
    ('noi dung danh gia', 'review text')
    """
    words = unicodedata.normalize("NFD", _CAMEL.sub(" ", header)).lower().replace("đ", "d")
    bare = "".join(letter for letter in words if not unicodedata.combining(letter))
    return _GAP.sub(" ", bare).strip()


def is_ruled_out(role: str, header: str) -> bool:
    """Whether the name says that the column is something else: "rating count" is no rating."""
    padded = f" {fold_name(header)} "
    return any(f" {word} " in padded for word in role_names()[role].never)


@cache
def roles_of(header: str) -> tuple[str, ...]:
    """Roles whose table holds exactly this header."""
    folded = fold_name(header)
    return tuple(role for role, row in role_names().items() if folded in row.names) if folded else ()


def name_rank(role: str, header: str) -> int | None:
    """How well `header` names `role`: 0 is the best name of the table; None when it does not.

    A header that is a known name ranks before one that contains a known phrase, and that before one that
    contains a telling word.
    """
    folded, row = fold_name(header), role_names()[role]
    if folded in row.names:
        return row.names.index(folded)
    if is_ruled_out(role, header):
        return None
    padded = f" {folded} "
    for offset, names in ((_PHRASE, [n if " " in n else "" for n in row.names]), (_WORD, list(row.words))):
        for rank, name in enumerate(names):
            if name and f" {name} " in padded:
                return offset + rank
    return None
