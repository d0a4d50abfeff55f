import pytest

from insight.text.language import is_vietnamese
from insight.text.reading import read_text


@pytest.mark.parametrize(
    "text",
    [
        "Hàng đẹp, giao nhanh", "hang dep giao nhanh lam nha shop", "ok", "good", "shop nt k trl, chán vl",
        "Máy chạy mượt, camera ok, wifi bắt mạnh",
    ],
)  # fmt: skip
def test_vietnamese_is_recognised_with_and_without_diacritics(text):
    assert is_vietnamese(" ".join(read_text(text).forms))


@pytest.mark.parametrize(
    "text",
    [
        "this product is really good and works fine for me", "très bon produit, livraison rapide merci",
        "这个产品很好用", "배송이 빨라요", "Sehr gutes Produkt, schnelle Lieferung", "สินค้าดีมาก",
    ],
)  # fmt: skip
def test_other_languages_are_not(text):
    assert not is_vietnamese(" ".join(read_text(text).forms))
