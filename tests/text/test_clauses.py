import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.text.clauses import split_clauses
from insight.text.reading import read_text


def written_clauses(text):
    reading = read_text(text)
    return [text[slice(*reading.raw_span(c.first, c.last))] for c in split_clauses(reading)]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Giao nhanh, đóng gói sơ sài", ["Giao nhanh", "đóng gói sơ sài"]),
        ("vải đẹp nhưng hơi mỏng", ["vải đẹp", "nhưng hơi mỏng"]),
        ("máy ngon mỗi tội pin yếu", ["máy ngon", "mỗi tội pin yếu"]),
        ("pin, cam, màn đều ngon", ["pin, cam, màn đều ngon"]),
        ("Độ bền màu: tốt\nChất liệu: mỏng", ["Độ bền màu: tốt", "Chất liệu: mỏng"]),
        ("không chê vào đâu được", ["không chê vào đâu được"]),
        ("hàng vẫn còn nguyên seal", ["hàng vẫn còn nguyên seal"]),
        ("đẹp 😍 ship lâu 😡", ["đẹp 😍", "ship lâu 😡"]),
        ("vải mặc rất mát shop tư vấn nhiệt tình", ["vải mặc rất mát", "shop tư vấn nhiệt tình"]),
        ("Nước chấm ngon ...Xem thêm", ["Nước chấm ngon"]),
        ("vai dep nhung hoi mong", ["vai dep", "nhung hoi mong"]),
        ("hang con nguyen seal", ["hang con nguyen seal"]),
        ("bị lừa theo h.thức mới", ["bị lừa theo h.thức mới"]),
        ("son đẹp\nhttps://example.com/anh.jpg", ["son đẹp"]),
        ("https://example.com", []),
        ("", []),
        ("...!!!", []),
    ],
)
def test_reviews_are_split_where_what_is_judged_changes(text, clauses):
    assert written_clauses(text) == clauses


def test_a_contrast_is_marked():
    reading = read_text("đẹp, nhưng đắt. Ngoài ra giao chậm")
    assert [c.turns for c in split_clauses(reading)] == [False, True, False]


@given(st.text(alphabet="abcđẹ nhưng,.!?\n😍 còn pin", max_size=150))
def test_clauses_do_not_overlap_and_hold_every_word(text):
    reading = read_text(text)
    clauses = split_clauses(reading)
    held = [i for c in clauses for i in range(c.first, c.last + 1)]
    assert held == sorted(set(held))
    words = [i for i, form in enumerate(reading.forms) if form[0].isalnum() or form[0] == "_"]
    assert set(words) <= set(held)
