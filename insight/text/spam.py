"""Text that advertises: offers, sellers who speak of their own goods, referral codes, pasted chains.

No single word makes an advertisement. Each phrase of `lexicons/advertising.tsv` and each sign in the raw text
has a weight set by hand; phrases in which a buyer speaks count against it, and so do complaints. A text is
spam when the sum reaches `SPAM_SCORE`; an order by message ("soạn ... gửi 999") reaches it alone.
"""

import re
from functools import cache

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs
from insight.text.lexicon import find_verdicts
from insight.text.reading import read_text
from insight.text.review_words import function_words, review_words
from insight.text.spelling import Spelling

SPAM_SCORE = 3.0
_COMPLAINT = 1.5
_COUNTED_COMPLAINTS = 2
_COUNTED_TAGS = 4
_DOMAIN = re.compile(r"\.(?:com|vn|net|top|xyz|info|shop)\b", re.IGNORECASE)
_PHONE = re.compile(r"[08][\d .-]{7,13}\d(?!\d)")
_PHONE_DIGITS = re.compile(r"(?:84|0)[2-9]\d{7,9}")
_CODE = re.compile(r"(?i:mã|code)\b\W{0,3}(?:\w+\s){0,3}?(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,}\b")
_ORDER = re.compile(r"so[aạ]n\b.{1,20}\bg[ửu]i \d{3,}", re.IGNORECASE)
_RATE = re.compile(r"/(?:th[aá]ng|ng[aà]y)\b", re.IGNORECASE)
_PRICED = re.compile(r"\d\s?[đd]/(?:th[aá]ng|ng[aà]y)\b", re.IGNORECASE)
_HASHTAG = re.compile(r"#[^\W\d_]")
_BULLET = re.compile(
    r"\n\s*[•▪●►✓✔✅☑❌⛔☎➡⚡⭐☘❗‼\U0001f300-\U0001f3ff\U0001f446-\U0001f44a\U0001f48b-\U0001f4ff\U0001f525]"
)
_STYLED = re.compile(r"[\U0001d400-\U0001d7ff]{2}")
_STYLED_BYTES = b"\xf0\x9d"
"""Every styled letter begins so in UTF-8, where it is found many times faster; other characters do too."""
_COMMON = frozenset((
    "hàng", "nhanh", "0", "sản", "phẩm", "chất", "mình", "em", "giá", "nha", "nhé", "nhận", "cũng", "người",
    "đặt", "sử", "dụng", "hợp", "ảnh", "các", "chỉ", "tiền", "ơn", "cảm", "lòng", "có", "là", "shop", "đã",
    "giao", "tính", "thời", "gian", "bé", "này", "được", "cho", "với", "để", "thích", "mua", "bảo", "không",
))  # fmt: skip
"""Syllables of so many reviews that a phrase is not looked for by them."""
_Phrases = dict[str, list[tuple[str, float]]]


def is_spam(text: Spelling) -> bool:
    """Whether the text advertises or was pasted from an advertisement.

    Examples
    --------
    >>> from insight.text.spelling import spell
    >>> is_spam(spell("", "bên em chuyên sỉ lẻ váy đầm , liên hệ zalo 0"))
    True
    """
    signs = sign_score(text)
    if signs >= SPAM_SCORE:
        return True
    if _most_phrase_score(text) < SPAM_SCORE - signs:
        return False
    score = signs + phrase_score(text)
    if score < SPAM_SCORE:
        return False
    score -= buyer_score(text)
    if score < SPAM_SCORE:
        return False
    complaints = sum(polarity < 0 for _, _, polarity in find_verdicts(text.forms))
    return score - _COMPLAINT * min(_COUNTED_COMPLAINTS, complaints) >= SPAM_SCORE


def phrase_score(text: Spelling) -> float:
    """Sum of the weights of the advertising phrases in a text, each counted once."""
    return _weigh(text, buyer=False)


def buyer_score(text: Spelling) -> float:
    """Sum of the weights of the phrases in which a buyer speaks."""
    return _weigh(text, buyer=True)


def sign_score(text: Spelling) -> float:
    """Weight of what words do not tell: links, phone numbers, codes, hashtags, bullets, styled letters."""
    raw, distinct = text.raw, text.distinct
    score = 0.0
    if "_link_" in distinct or ("." in raw and _DOMAIN.search(raw)):
        score += 2.0
    if ("0" in raw or "8" in raw) and _has_phone(raw):
        score += 2.0
    if ("mã" in distinct or "code" in distinct) and _CODE.search(raw):
        score += 1.5
    if "#" in raw:
        score += 0.5 * min(_COUNTED_TAGS, len(_HASHTAG.findall(raw)))
    if "\n" in raw:
        score += 0.5 * max(0, min(_COUNTED_TAGS, len(_BULLET.findall(raw)) - 1))
    if ("soạn" in distinct or "soan" in distinct) and _ORDER.search(raw):
        score += SPAM_SCORE
    elif "/" in raw and _RATE.search(raw) and _PRICED.search(raw):
        score += 2.0
    if _STYLED_BYTES in raw.encode(errors="surrogatepass") and _STYLED.search(raw):
        score += 2.0
    return score


def _has_phone(raw: str) -> bool:
    for match in _PHONE.finditer(raw):
        digits = "".join(filter(str.isdigit, match.group()))
        before = raw[match.start() - 1 : match.start()]
        if not before.isdigit() and _PHONE_DIGITS.fullmatch(digits):
            return True
    return False


def _weigh(text: Spelling, *, buyer: bool) -> float:
    stripped = text.clean.isascii()
    phrases = _phrases(stripped=stripped, buyer=buyer)
    keys = text.distinct & _keys(stripped=stripped, buyer=buyer)
    clean = f" {text.clean} "
    return sum(weight for key in keys for phrase, weight in phrases[key] if phrase in clean)


def _most_phrase_score(text: Spelling) -> float:
    """Most that `phrase_score` can reach, without a look at the order of the words."""
    most = _most_by_key(stripped=text.clean.isascii())
    return sum(map(most.__getitem__, filter(most.__contains__, text.distinct)))


@cache
def _keys(*, stripped: bool, buyer: bool) -> frozenset[str]:
    return frozenset(_phrases(stripped=stripped, buyer=buyer))


@cache
def _most_by_key(*, stripped: bool) -> dict[str, float]:
    phrases = _phrases(stripped=stripped, buyer=False)
    return {key: sum(weight for _, weight in held) for key, held in phrases.items()}


@cache
def _phrases(*, stripped: bool, buyer: bool) -> _Phrases:
    """Rarest syllable -> phrases that hold it, between spaces, and their weights without sign."""
    phrases: _Phrases = {}
    seen = set()
    for written, weight in read_pairs("advertising.tsv"):
        if (float(weight) < 0) != buyer:
            continue
        form = " ".join(read_text(written).forms)
        if form in seen:
            continue
        seen.add(form)
        key = max(form.split(), key=_rarity)
        if stripped:
            if " " not in form:
                continue
            form, key = strip_diacritics(form), strip_diacritics(key)
        phrases.setdefault(key, []).append((f" {form} ", abs(float(weight))))
    return phrases


def _rarity(syllable: str) -> tuple[bool, bool, bool, int]:
    return (
        syllable not in _COMMON,
        syllable not in function_words(),
        syllable not in review_words(stripped=False),
        len(syllable),
    )
