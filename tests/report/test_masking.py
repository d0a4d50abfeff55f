import time

import pytest

from insight.report.masking import MASK, mask, mask_around


@pytest.mark.parametrize(
    "private",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "+84 912 345 678",
        "(028) 3812 3456",
        "1234567890123456",
        "0123 4567 8901 2345",
        "ten.ho@mail.com",
        "ten_ho+1@cong-ty.com.vn",
        "https://trang.vn/duong?x=1",
        "www.trang.com",
        "zalo.me/0912345678",
        "shop-cua-toi.com.vn/khuyen-mai",
        "SPXVN012345678",
    ],
)
def test_what_identifies_a_person_is_covered(private):
    assert mask(f"nhờ shop xem {private} giúp") == f"nhờ shop xem {MASK} giúp"


@pytest.mark.parametrize(
    "text",
    [
        "giá 1.250.000 đồng",
        "mua ngày 12/03/2024, hỏng ngày 15/03/2024",
        "đợi 15 ngày, gọi 3 lần",
        "8tr mà thua máy 5tr",
        "iPhone14 dùng được 2 năm",
        "ok.hàng đẹp.giao nhanh",
        "chậm...quá",
        "",
    ],
)
def test_prices_dates_and_counts_stay(text):
    assert mask(text) == text


def test_a_quote_stands_between_what_is_before_and_behind_it():
    text = "Hàng đẹp, nhưng giao chậm. Gọi 0912345678 không được."
    start = text.index("giao chậm")
    cut = mask_around(text, start, start + len("giao chậm"))
    assert (cut.before, cut.quote, cut.after) == (
        "Hàng đẹp, nhưng ",
        "giao chậm",
        f". Gọi {MASK} không được.",
    )


def test_a_number_cut_in_two_by_a_quote_is_covered_in_both_parts():
    text = "gọi 0912345678 nhé"
    cut = mask_around(text, 8, len(text))
    assert "345678" not in cut.before + cut.quote
    assert (cut.before, cut.quote) == (f"gọi {MASK}", "nhé")


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (0, 0), (3, 99), (50, 60)])
def test_offsets_outside_the_text_do_no_harm(start, end):
    cut = mask_around("giao chậm", start, end)
    assert "".join((cut.before, cut.quote, cut.after)).replace(" ", "") == "giaochậm"


def test_very_long_words_are_masked_in_reasonable_time():
    started = time.perf_counter()
    for letter in ("x", "x.", "1", "a1", "@", "x@"):
        mask_around(letter * 10_000, 0, 10_000)
    assert time.perf_counter() - started < 3
