import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.text.diacritics import has_diacritics, place_tone, strip_diacritics


def test_stripping_leaves_the_letters_that_customers_type_without_a_vietnamese_keyboard():
    assert strip_diacritics("Đóng gói cẩn thận, ưng ý") == "Dong goi can than, ung y"


def test_stripping_a_decomposed_text_gives_the_same():
    text = "Được của nó"
    assert strip_diacritics(unicodedata.normalize("NFD", text)) == strip_diacritics(text)


@pytest.mark.parametrize(
    ("written", "placed"),
    [("hòa", "hoà"), ("hoà", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("quý", "quý"), ("toàn", "toàn")],
)
def test_the_tone_of_open_rimes_has_one_place(written, placed):
    assert place_tone(written) == placed


def test_emoji_and_foreign_accents_are_told_from_plain_text():
    assert has_diacritics("rẻ")
    assert not has_diacritics("re 😀")


@given(st.text(max_size=50))
def test_stripping_twice_is_stripping_once(text):
    once = strip_diacritics(text)
    assert strip_diacritics(once) == once
