import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from insight.text.unicode import compose, to_raw


def test_composed_text_without_invisible_characters_comes_back_as_it_is():
    assert compose("Giao hàng nhanh 😍") == ("Giao hàng nhanh 😍", None)


def test_decomposed_text_is_composed_and_offsets_point_into_the_raw_text():
    raw = unicodedata.normalize("NFD", "hàng tệ")
    composed, offsets = compose(raw)
    assert composed == "hàng tệ"
    start, end = to_raw(5, 7, offsets)
    assert unicodedata.normalize("NFC", raw[start:end]) == "tệ"


def test_zero_width_and_direction_marks_vanish():
    assert compose("lừa\u200b đảo\u202e")[0] == "lừa đảo"


def test_styled_letters_are_written_plainly():
    assert compose("𝐕𝐚𝐲 Ｈｏｔ")[0] == "Vay Hot"


@given(st.text(max_size=80))
def test_every_composed_character_has_an_offset_and_offsets_never_go_back(text):
    composed, offsets = compose(text)
    if offsets is None:
        assert composed == text
    else:
        assert len(offsets) == len(composed) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)


@given(st.text(alphabet="aăâbcdđeêghioôơuưyàáảãạ ", max_size=60))
def test_composing_a_decomposed_text_gives_the_composed_text(text):
    composed = unicodedata.normalize("NFC", text)
    assert compose(unicodedata.normalize("NFD", composed))[0] == composed
