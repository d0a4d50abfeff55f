"""Small labelled reviews of our own, and a model trained on them once a session."""

import pytest

from insight.labelled import LabelledReview, parse_labelled
from insight.taxonomy import default_taxonomy
from insight.training import train_model

_USUAL = {t.id: (t.stage, t.pain) for t in default_taxonomy().touchpoints}
_SIGN = {"+": "positive", "-": "negative", "0": "neutral"}


def labelled(number: int, domain: str, overall: str, *mentions: tuple[str, str]) -> LabelledReview:
    """A review made of mentions such as ("giao nhanh", "delivery+"), joined by commas."""
    rows = []
    for text, label in mentions:
        touchpoint, sentiment = label[:-1], _SIGN[label[-1]]
        stage, pain = _USUAL[touchpoint]
        rows.append(
            {"text": text, "stage": stage, "touchpoint": touchpoint, "pain": pain, "sentiment": sentiment}
        )
    row = {
        "id": f"r{number}",
        "domain": domain,
        "text": ", ".join(text for text, _ in mentions),
        "overall": _SIGN[overall],
        "mentions": rows,
    }
    return parse_labelled(row, f"review {number}", default_taxonomy())


_PATTERNS = [
    ("+", ("giao hàng nhanh", "delivery+"), ("máy chạy mượt", "product+")),
    ("-", ("giao hàng chậm", "delivery-"), ("máy lag quá", "product-")),
    ("+", ("nhân viên nhiệt tình", "staff+"), ("giá rẻ", "price_promotion+")),
    ("-", ("nhân viên thái độ", "staff-"), ("giá đắt quá", "price_promotion-")),
    ("0", ("máy dùng tạm ổn", "product0"), ("giá bình thường", "price_promotion0")),
    ("+", ("đóng gói cẩn thận", "packaging+"), ("shop trả lời nhanh", "customer_care+")),
    ("-", ("đóng gói sơ sài", "packaging-"), ("nhắn tin không trả lời", "customer_care-")),
    ("-", ("hàng không giống hình", "information-"), ("không cho đổi trả", "warranty_return-")),
    ("+", ("sẽ ủng hộ tiếp", "loyalty+"), ("rất hài lòng", "overall+")),
    ("-", ("không bao giờ mua lại", "loyalty-"), ("quá thất vọng", "overall-")),
]


@pytest.fixture(scope="session")
def small_corpus():
    """Sixty reviews over six domains."""
    reviews = []
    for domain in ("phone", "fashion", "hotel", "food", "bank", "books"):
        for overall, *mentions in _PATTERNS:
            reviews.append(labelled(len(reviews), domain, overall, *mentions))
    return reviews


@pytest.fixture(scope="session")
def small_model(small_corpus):
    """A model that has learnt the sixty reviews."""
    return train_model(small_corpus)
