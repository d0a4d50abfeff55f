"""Vietnamese text from before Unicode, as characters: `HÇu hÕt` is `Hầu hết` in TCVN3.

The functions take Latin-1 characters, so they mend a file of such bytes and equally a workbook whose cells
were typed in an old font.
"""

import re
import unicodedata
from collections.abc import Callable

from insight.io.reviews import tcvn3, viscii, vni

_TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Grave, acute, hook above, tilde, dot below: the order of the tables."""


def _compose(letter: str, *marks: str) -> str:
    return unicodedata.normalize("NFC", letter + "".join(marks))


_TCVN3 = str.maketrans(
    tcvn3.BARE | {code: _compose(vowel, _TONES[tone]) for code, (vowel, tone) in tcvn3.TONED.items()}
)
_VISCII = str.maketrans(viscii.LETTERS)


def _vni_table() -> dict[str, str]:
    """All VNI letters of one or two characters, small and capital."""
    table = dict(vni.WHOLE)
    for base, hats in {"a": "\u0306\u0302", "e": "\u0302", "o": "\u0302", "u": "", "y": ""}.items():
        table |= {base + code: _compose(base, hat) for code, hat in vni.HATS.items() if hat in hats}
        table |= {
            base + code: _compose(base, hat, _TONES[tone])
            for code, (hat, tone) in vni.MARKS.items()
            if not hat or hat in hats
        }
    for code in "ôö":
        plain = [(mark, tone) for mark, (hat, tone) in vni.MARKS.items() if not hat]
        table |= {code + mark: _compose(vni.WHOLE[code], _TONES[tone]) for mark, tone in plain}
    return table | {code.upper(): letter.upper() for code, letter in table.items()}


_VNI = _vni_table()
# A letter of a mixed-case word ("Aø" beside "AØ") is left to its first character.
_VNI |= {code[0].upper() + code[1]: letter.upper() for code, letter in _VNI.items() if len(code) == 2}
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Unicode of a text in TCVN3.

    Examples
    --------
    >>> from_tcvn3("hµng ®Ñp")
    'hàng đẹp'
    """
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Unicode of a text in VNI-Windows.

    Examples
    --------
    >>> from_vni("haøng ñeïp")
    'hàng đẹp'
    """
    return _VNI_LETTER.sub(lambda letter: _VNI[letter.group()], text)


def from_viscii(text: str) -> str:
    """Unicode of a text in VISCII."""
    return text.translate(_VISCII)


def from_decomposed(text: str) -> str:
    """Text with its tone marks, which cp1258 keeps apart, put onto their letters."""
    return unicodedata.normalize("NFC", text)


RECODERS: dict[str, Callable[[str], str]] = {
    "cp1258": from_decomposed,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "viscii": from_viscii,
}
"""What has to be done to the decoded characters of each encoding."""
