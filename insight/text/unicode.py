"""One spelling for each character, without losing where it stood in the raw text."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
"""Zero-width characters, direction marks and soft hyphens: they carry no meaning and split words."""

_RARE = re.compile(
    "[\u00ad\u061c\u180e\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\U0001d400-\U0001d7ff\uff01-\uff5e\U0001f130-\U0001f189]"
)
"""Invisible characters and styled letters: what composing alone does not settle."""


def compose(text: str) -> tuple[str, list[int] | None]:
    """Compose `text` (NFC), drop invisible characters, and write styled letters (𝐕𝐚𝐲, Ｈｏｔ) plainly.

    Parameters
    ----------
    text : str
        Raw text.

    Returns
    -------
    composed : str
        The composed text.
    offsets : list of int or None
        `offsets[i]` is the raw offset of composed character `i`, and the last entry the length of the
        raw text, so there are `len(composed) + 1` of them. None when the text did not change.
    """
    if text.isascii():
        return text, None
    if unicodedata.is_normalized("NFC", text) and not _needs_rewriting(text):
        return text, None
    composed: list[str] = []
    offsets: list[int] = []
    start = 0
    for start, stop in _character_runs(text):
        plain = _compose_run(text[start:stop])
        composed.append(plain)
        offsets.extend([start] * len(plain))
    offsets.append(len(text))
    return "".join(composed), offsets


def to_raw(start: int, end: int, offsets: list[int] | None) -> tuple[int, int]:
    """Raw span of the composed span `[start, end)`.

    A combining mark behind the last character belongs to it, so the raw end is where the next
    composed character begins.
    """
    if offsets is None:
        return start, end
    return offsets[start], offsets[end]


def _needs_rewriting(text: str) -> bool:
    return _RARE.search(text) is not None


def _is_styled(character: str) -> bool:
    code = ord(character)
    return 0x1D400 <= code <= 0x1D7FF or 0xFF01 <= code <= 0xFF5E or 0x1F130 <= code <= 0x1F189


def _character_runs(text: str) -> list[tuple[int, int]]:
    """Spans of one base character with the combining marks behind it."""
    starts = [i for i, character in enumerate(text) if i == 0 or not unicodedata.combining(character)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


@lru_cache(maxsize=65_536)
def _compose_run(run: str) -> str:
    visible = run.translate(_INVISIBLE)
    if any(_is_styled(character) for character in visible):
        visible = unicodedata.normalize("NFKC", visible)
    return unicodedata.normalize("NFC", visible)
