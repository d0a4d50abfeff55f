import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.text.filler import is_filler, is_padded
from insight.text.mash import is_mash
from insight.text.reading import read_text
from insight.text.review_words import is_off_topic
from insight.text.spelling import spell


def read(raw):
    return spell(raw, " ".join(read_text(raw).forms))


@pytest.mark.parametrize("word", ["jdkskxnsb", "asdfghjk", "qwertyu", "bhjdbsnxm", "xkcjvbsd", "sjdhfjsd"])
def test_strings_that_no_language_writes_are_mash(word):
    assert is_mash(word)


@pytest.mark.parametrize(
    "word",
    ["nghiêng", "shipper", "strength", "hahaha", "kkkkk", "sanphamdep", "giaohangnhanh", "xịnxò", "tphcm",
     "facebook", "bluetooth", "transcript", "download", "samsung", "vietcombank", "authentic"],
)  # fmt: skip
def test_words_joined_words_laughter_and_abbreviations_are_no_mash(word):
    assert not is_mash(word)


@pytest.mark.parametrize(
    "text",
    [
        "hsjdkfnb sjdnfkjx djskxnv",
        "hhhhhhhhhhhhhhhhhhhhhhhhhhh",
        "ok ok ok ok ok ok ok ok ok ok",
        "Hình ảnh chỉ mang tính chất nhận xu",
        "viết cho đủ 50 ký tự để lấy xu",
        "🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷🌷",
    ],
)
def test_text_that_judges_nothing_is_filler(text):
    assert is_filler(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "ok", "tốt",
        "Áo đẹp hsjdkfnbsjdnfkjxdjskxnv", "Hàng xấu, hình mang tính chất nhận xu", "đẹppppppppppppppppp",
        "đánh giá rồi mà không nhận được xu", "❤️❤️❤️", "Máy rất kém Máy rất kém Máy rất kém Máy rất kém",
        "đăng ký không được", "liên kết ngân hàng không được",
    ],
)  # fmt: skip
def test_text_that_judges_something_however_briefly_is_no_filler(text):
    assert not is_filler(read(text))


def test_a_judgement_stretched_by_mash_or_repetition_is_padded():
    assert is_padded(read("Áo đẹp hsjdkfnbsjdnfkjxdjskxnv"))
    assert is_padded(read("Áo đẹp ok ok ok ok ok ok ok ok ok"))
    assert not is_padded(read("Áo đẹp lắm shop ơiii, sẽ ủng hộ tiếp"))


@pytest.mark.parametrize(
    "text",
    [
        "Gió thổi qua rừng chiều, mây trôi về phía núi, lòng ai còn nhớ những mùa xuân xưa giữa đời",
        "Theo luật mới, người dân ở các xã và phường phải khai trước ngày ba mươi tháng sáu cho tỉnh",
    ],
)
def test_poems_and_news_are_off_topic(text):
    assert is_off_topic(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "áo đẹp",
        "Phòng nhỏ nhưng lễ tân dễ thương, bữa sáng nhiều món, gần biển nên đi dạo buổi chiều rất thích",
        "Hom qua minh vao thi bi thoat ra lien tuc, tai lai cung khong duoc, mong ad sua som voi nha",
        "Thầy giảng dễ hiểu, cho nhiều ví dụ thực tế, nhưng bài tập nhiều, làm bài ngắn quá ạ",
    ],
)
def test_reviews_of_any_trade_stay_on_topic(text):
    assert not is_off_topic(read(text))


@given(st.text(max_size=80))
def test_any_text_can_be_read_by_every_rule(raw):
    text = read(raw)
    for rule in (is_filler, is_padded, is_off_topic):
        assert rule(text) in (True, False)


@given(
    st.sampled_from(["áo đẹp", "giao hàng chậm", "pin yếu", "shop nhiệt tình"]),
    st.sampled_from(["sjdhfkjsx", "hhhhhhhhhhhhhhh"]),
)
def test_padding_never_turns_a_judgement_into_filler(judgement, padding):
    assert not is_filler(read(f"{judgement} {padding} {padding}"))
