"""Text that is no review: advertisements, and filler written to earn marketplace coins."""

import re

_LINK = re.compile(r"https?://|www\.|\b\w+\.(?:com|vn|net|top|xyz)\b", re.IGNORECASE)
_OFFER = re.compile(
    r"vay (?:tiền|nhanh|tốt|vốn)|mã giới thiệu|nhập mã|kiếm tiền|cộng tác viên|tuyển ctv|liên hệ zalo|"
    r"inbox mình để|giải ngân|nợ xấu|lãi suất chỉ|hoa hồng|việc nhẹ lương cao|mã mời",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:nhận|kiếm|lấy|săn|để được|được) (?:xu|coin)|(?:hình ảnh|ảnh|video|hình) (?:chỉ )?(?:mang )?"
    r"(?:tính chất )?(?:minh hoạ|nhận xu|lấy xu|chỉ mang)|đánh giá (?:để|lấy|nhận) xu|cho đủ (?:chữ|ký tự|kí tự)",
    re.IGNORECASE,
)
_MASH_LENGTH = 14


def is_spam(raw: str, clean: str) -> bool:
    """Whether the text advertises something else: an offer, or a link with little beside it."""
    if _OFFER.search(clean) and len(_OFFER.findall(clean)) >= 2:
        return True
    return bool(_LINK.search(raw)) and bool(_OFFER.search(clean))


def is_filler(clean: str) -> bool:
    """Whether the text says nothing of its own: coin-farming phrases or keyboard mash alone."""
    words = [word for word in clean.split() if word[0].isalpha()]
    if not words:
        return False
    mash = sum(_is_mash(word) for word in words)
    return mash > len(words) / 2


def _is_mash(word: str) -> bool:
    return len(word) >= _MASH_LENGTH and not word.isascii() or len(word) >= _MASH_LENGTH
