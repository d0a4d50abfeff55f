import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.errors import InputError
from insight.mining.copies import find_copies

LONG = (
    "mình mua cái quạt này được hai tháng rồi chạy rất êm gió mạnh mà không tốn điện mấy "
    "chỉ tiếc là dây hơi ngắn nên phải dùng thêm ổ nối"
)
OTHER = (
    "quán nằm trong hẻm nhỏ khó tìm nhưng đồ uống ngon nhân viên vui vẻ yên tĩnh hợp ngồi làm việc cả ngày"
)


def table(*texts, dates=None, screen="kept"):
    reviews = pd.DataFrame(
        {"review_id": [f"r{i}" for i in range(len(texts))], "clean": texts, "screen": screen}
    )
    return reviews if dates is None else reviews.assign(date=pd.to_datetime(list(dates)))


def test_a_copy_points_to_the_first_and_stays_kept_unless_asked():
    reviews = table(LONG, OTHER, LONG)
    found = find_copies(reviews)
    assert found["copy_of"].tolist() == ["", "", "r0"]
    assert found["copy_kind"].tolist() == ["", "", "copy"]
    assert found["screen"].tolist() == ["kept"] * 3
    assert find_copies(reviews, copies=True)["screen"].tolist() == ["kept", "kept", "copy"]


def test_marks_and_emoji_do_not_make_another_text():
    assert find_copies(table(LONG, LONG.replace(" mà", " , mà") + " ! _happy_"))["copy_kind"].tolist() == [
        "",
        "copy",
    ]


def test_a_long_text_with_few_changes_is_a_near_copy():
    changed = LONG.replace("hai tháng", "ba tháng")
    found = find_copies(table(LONG, changed, OTHER), near_copies=True)
    assert found["copy_kind"].tolist() == ["", "near_copy", ""]
    assert found["screen"].tolist() == ["kept", "near_copy", "kept"]


def test_each_kind_is_set_aside_on_its_own():
    reviews = table(LONG, LONG, LONG.replace("hai", "ba"))
    assert find_copies(reviews, copies=True)["screen"].tolist() == ["kept", "copy", "kept"]
    assert find_copies(reviews, near_copies=True)["screen"].tolist() == ["kept", "kept", "near_copy"]


def test_an_exact_copy_of_a_near_copy_belongs_to_the_same_original():
    changed = LONG.replace("hai", "ba")
    found = find_copies(table(LONG, changed, changed))
    assert found["copy_of"].tolist() == ["", "r0", "r0"]
    assert found["copy_kind"].tolist() == ["", "near_copy", "near_copy"]


def test_short_texts_are_never_copies():
    found = find_copies(table("ok", "ok", "hàng đẹp giao nhanh", "hàng đẹp giao nhanh"))
    assert found["copy_of"].tolist() == [""] * 4


def test_the_earliest_date_is_the_original_and_a_missing_date_comes_last():
    found = find_copies(table(LONG, LONG, LONG, dates=[None, "2024-05-02", "2024-05-01"]))
    assert found["copy_of"].tolist() == ["r2", "r2", ""]


def test_reviews_set_aside_before_are_neither_original_nor_copy():
    reviews = table(LONG, LONG, LONG).assign(screen=["spam", "kept", "kept"])
    found = find_copies(reviews, copies=True)
    assert found["copy_of"].tolist() == ["", "", "r1"]
    assert found["screen"].tolist() == ["spam", "kept", "copy"]


def test_similarity_is_not_handed_on_along_a_chain():
    words = LONG.split()
    versions = [" ".join(["khác"] * i + words[i:]) for i in range(0, len(words), 2)]
    found = find_copies(table(*versions))
    text_of = dict(zip(found["review_id"], found["clean"], strict=True))
    for copy, original in zip(found["clean"], found["copy_of"], strict=True):
        if original:
            left, right = (
                set(zip(t.split(), t.split()[1:], strict=False)) for t in (copy, text_of[original])
            )
            assert len(left & right) >= 0.75 * len(left | right)
    assert found["copy_of"].iloc[-1] == ""


def test_an_empty_table_has_the_columns_too():
    assert list(find_copies(table()).columns) == ["review_id", "clean", "screen", "copy_of", "copy_kind"]


def test_a_table_without_screen_is_refused():
    with pytest.raises(InputError, match="screen"):
        find_copies(table(LONG).drop(columns="screen"))


@given(
    st.lists(
        st.sampled_from([LONG, OTHER, LONG.replace("hai", "ba"), OTHER + " nha", "ok", "hàng đẹp"]),
        min_size=1,
        max_size=12,
    ).flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(range(len(texts)))))
)
def test_the_order_of_the_rows_changes_nothing(case):
    texts, order = case
    reviews = table(*texts)
    straight = find_copies(reviews)
    shuffled = find_copies(reviews.iloc[order]).sort_index()
    pd.testing.assert_frame_equal(straight, shuffled)
