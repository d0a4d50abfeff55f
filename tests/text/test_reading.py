import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from insight.text.reading import _read_composed, read_text

REVIEW = "Shop giao NHANH lắmmm :)) nhưng đóng gói ẩu 😡 mua 250k"


def test_a_review_is_read_into_normal_forms():
    assert read_text(REVIEW).forms == [
        "shop", "giao", "nhanh", "lắm", "_laugh_", "nhưng", "đóng", "gói", "ẩu", "_angry_", "mua", "0k",
    ]  # fmt: skip


def test_case_spaces_and_unicode_form_do_not_change_the_forms():
    forms = read_text(REVIEW).forms
    assert read_text(REVIEW.upper()).forms == forms
    assert read_text(REVIEW.replace(" ", "   ")).forms == forms
    assert read_text(unicodedata.normalize("NFD", REVIEW)).forms == forms


def test_a_text_without_diacritics_is_read_without_any():
    reading = read_text("sp dep, ko loi")
    assert reading.bare
    assert reading.forms == ["san pham", "dep", ",", "khong", "loi"]
    assert not read_text("sản phẩm dep").bare


def test_raw_spans_quote_what_was_written():
    raw = unicodedata.normalize("NFD", "Hoà mua máy lạnh")
    reading = read_text(raw)
    start, end = reading.raw_span(2, 3)
    assert unicodedata.normalize("NFC", raw[start:end]) == "máy lạnh"


def test_bt_means_to_know_behind_a_negator_and_ordinary_elsewhere():
    assert read_text("k bt lý do").forms[1] == "biết"
    assert read_text("hàng bt").forms[1] == "bình thường"


def test_stars_given_in_words_keep_their_number():
    assert read_text("cho 5 sao").forms == ["cho", "5", "sao"]
    assert read_text("1sao").forms == ["1 sao"]
    assert read_text("mua 5 cái").forms == ["mua", "0", "cái"]


def test_links_become_one_piece():
    assert read_text("xem https://example.com/a?b=1 nha").forms == ["xem", "_link_", "nha"]


def test_ten_thousand_letters_without_a_space_are_read():
    assert len(read_text("x" * 10_000).forms) == 1


@given(st.text(max_size=120))
def test_pieces_stand_in_order_inside_the_text_and_spaces_alone_are_left_out(text):
    reading = read_text(text)
    edges = [edge for span in zip(reading.starts, reading.ends, strict=True) for edge in span]
    assert edges == sorted(edges)
    covered = {i for s, e in zip(reading.starts, reading.ends, strict=True) for i in range(s, e)}
    assert all(c.isspace() for i, c in enumerate(reading.composed) if i not in covered and c.isalnum())


@given(st.text(max_size=120))
def test_every_raw_span_lies_in_the_raw_text(text):
    reading = read_text(text)
    for i in range(len(reading.forms)):
        start, end = reading.raw_span(i, i)
        assert 0 <= start < end <= len(text)


STRETCH = st.sampled_from(
    ["5", "sao", "5*", "*", "⭐", "4\nsao", "bt", "BT", "không", "k", "Lắmmm", ":))", "ΑΣ", "İ", "𝐕𝐚𝐲",
     "\u0301a", "đẹp,", "www.a.vn", "250k", "❤️", "e\u0301"]
)  # fmt: skip


@given(st.lists(STRETCH | st.text(max_size=8), max_size=10).map(" ".join))
def test_a_text_read_by_its_stretches_reads_as_when_it_is_read_whole(text):
    assert read_text(text) == _read_composed(text)
