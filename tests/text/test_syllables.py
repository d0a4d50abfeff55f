import pytest

from insight.text.syllables import is_stripped_syllable, is_syllable


@pytest.mark.parametrize(
    "word", ["nghiêng", "quá", "gì", "gìn", "quyển", "khuya", "thuở", "giường", "yêu", "ý", "khoẻ", "xoong"]
)
def test_vietnamese_syllables_are_legal(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["shop", "ship", "đẹppp", "hjx", "zalo", "strong", ""])
def test_english_and_chat_words_are_not(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["nghieng", "dep", "khuya", "hang"])
def test_a_syllable_that_lost_its_marks_is_recognised(word):
    assert is_stripped_syllable(word)
