import pandas as pd
import pytest

from insight.errors import InputError, UsageError
from insight.io.themes import EXAMPLE, ThemeWishes, read_theme_wishes
from insight.mining.rename import rename_themes
from insight.schema import THEMES


def make_themes() -> pd.DataFrame:
    rows = [
        ("a1", "delivery", "negative", "Giao hàng chậm", 30, 0.6, ["1:1", "2:1"]),
        ("b2", "delivery", "negative", "Đợi lâu", 20, 0.4, ["3:1"]),
        ("c3", "product", "negative", "Không lên nguồn", 10, 1.0, ["4:1"]),
    ]
    columns = ["theme_id", "touchpoint", "side", "name", "n", "share", "quote_ids"]
    table = pd.DataFrame(rows, columns=columns).assign(is_remainder=False)
    table["terms"] = [[name.lower()] for name in table["name"]]
    for column in ("part_names", "part_sizes"):
        table[column] = [[] for _ in rows]
    return table[THEMES.names]


MENTIONS = pd.DataFrame({"mention_id": ["1:1", "3:1", "4:1", "9:1"], "theme_id": ["a1", "b2", "c3", ""]})


def rename(names=None, merges=None, pins=()):
    return rename_themes(MENTIONS, make_themes(), names=names or {}, merges=merges or {}, pins=pins)


@pytest.mark.parametrize("key", ["a1", "A1", "Giao hàng chậm", "giao hàng CHẬM"])
def test_a_theme_is_renamed_by_id_or_by_name_in_any_case(key):
    _, themes = rename(names={key: "Giao trễ hẹn"})
    assert themes.set_index("theme_id")["name"]["a1"] == "Giao trễ hẹn"


def test_a_wish_for_a_theme_of_another_run_is_passed_over():
    _, themes = rename(names={"pin chai": "Pin"}, merges={"Pin": ["pin chai", "sạc lâu"]}, pins=["pin chai"])
    pd.testing.assert_frame_equal(themes, make_themes())


def test_merged_themes_add_up_and_their_mentions_follow():
    mentions, themes = rename(merges={"Giao trễ": ["giao hàng chậm", "đợi lâu"]})
    whole = themes.set_index("theme_id").loc["a1"]
    assert (whole["name"], whole["n"], whole["share"]) == ("Giao trễ", 50, 1.0)
    assert whole["quote_ids"] == ["1:1", "3:1", "2:1"]
    assert (whole["part_names"], whole["part_sizes"]) == (["Giao hàng chậm", "Đợi lâu"], [30, 20])
    assert mentions["theme_id"].tolist() == ["a1", "a1", "c3", ""]
    assert len(themes) == 2


def test_a_merge_holds_for_the_next_run_where_the_whole_already_has_its_name():
    mentions, themes = rename(merges={"Giao hàng chậm": ["đợi lâu"]})
    assert themes.set_index("theme_id")["n"].to_dict() == {"a1": 50, "c3": 10}
    assert mentions["theme_id"].tolist() == ["a1", "a1", "c3", ""]


def test_a_merged_theme_can_be_renamed_and_pinned():
    _, themes = rename(
        names={"Giao trễ": "Trễ hẹn"}, merges={"Giao trễ": ["a1", "b2"]}, pins=["c3", "trễ hẹn"]
    )
    assert themes["name"].tolist() == ["Không lên nguồn", "Trễ hẹn"]


def test_pinned_themes_come_first_in_the_order_asked():
    _, themes = rename(pins=["không lên nguồn", "b2"])
    assert themes["theme_id"].tolist() == ["c3", "b2", "a1"]


def test_themes_of_two_touchpoints_do_not_merge():
    with pytest.raises(UsageError, match="different touchpoints"):
        rename(merges={"Tất cả": ["a1", "c3"]})


def test_two_themes_cannot_share_a_name():
    with pytest.raises(UsageError, match='Two themes are called "Đợi lâu"'):
        rename(names={"a1": "Đợi lâu"})


def test_the_arguments_are_left_as_they_were():
    rename(merges={"Giao trễ": ["a1", "b2"]})
    assert MENTIONS["theme_id"].tolist() == ["a1", "b2", "c3", ""]


def test_a_file_is_read_into_plain_wishes(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_text('pin = ["c3"]\n[rename]\n"a1" = "Trễ"\n[merge]\n"Lỗi" = ["x", "y"]\n', encoding="utf-8")
    assert read_theme_wishes(path) == ThemeWishes({"a1": "Trễ"}, {"Lỗi": ["x", "y"]}, ["c3"])


def test_the_example_is_a_file_without_wishes(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert read_theme_wishes(path) == ThemeWishes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[renames]\n"a" = "b"', 'Did you mean "rename"'),
        ('[rename]\n"a" = 3', r"\[rename\] wants"),
        ('[rename]\n"a" = " "', r"\[rename\] wants"),
        ('[merge]\n"a" = "b"', r"\[merge\] wants"),
        ("pin = 3", "pin wants a list"),
    ],
)
def test_a_wrong_file_is_answered_with_what_is_wanted(tmp_path, text, said):
    path = tmp_path / "themes.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_theme_wishes(path)


def test_a_file_that_is_not_toml_or_not_there_is_said_to_be_so(tmp_path):
    path = tmp_path / "themes.toml"
    with pytest.raises(InputError, match="cannot be read"):
        read_theme_wishes(path)
    path.write_text("= = =", encoding="utf-8")
    with pytest.raises(InputError, match="not TOML"):
        read_theme_wishes(path)
