"""Which strings are legal Vietnamese syllables: an onset and a rime that the spelling allows."""

import re
from functools import lru_cache

from insight.text.diacritics import strip_diacritics

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt
uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
""".split()  # noqa: SIM905 # a list of 160 strings would be a page
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def _pattern(rimes: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{_ONSETS})?(?:{'|'.join(sorted(set(rimes), key=len, reverse=True))})")


_ACCENTED = _pattern(_RIMES)
_STRIPPED = _pattern([strip_diacritics(rime) for rime in _RIMES])


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether lower-case `word`, its tone aside, is spelled as a Vietnamese syllable.

    Examples
    --------
    >>> is_syllable("nghiêng"), is_syllable("quá"), is_syllable("shop")
    (True, True, False)
    """
    import unicodedata

    toneless = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))
    return _ACCENTED.fullmatch(toneless) is not None


@lru_cache(maxsize=65_536)
def is_stripped_syllable(word: str) -> bool:
    """Whether lower-case ASCII `word` could be a Vietnamese syllable that lost its diacritics."""
    return _STRIPPED.fullmatch(word) is not None
