import pytest

from insight.errors import UsageError
from insight.mining.compare import compare_segments, find_segments, segment_columns
from tests.mining.tables import mentions_table, reviews_table

BRANDS = ["A"] * 40 + ["B"] * 40
ROWS = [(f"r{i}", "delivery", "negative" if i < 30 else "positive") for i in range(80)]


def test_a_pain_that_one_brand_has_more_of_is_significant():
    table = compare_segments(reviews_table(80, brand=BRANDS), mentions_table(*ROWS), ["brand"], min_n=10)
    process = table[table["pain"] == "process"].set_index("value")
    assert process.loc["A", "is_significant"]
    assert process.loc["A", "share"] == 0.75
    assert process.loc["A", "base_share"] == 0


def test_chance_is_not_called_a_difference():
    rows = [(f"r{i}", "delivery", "negative" if i % 2 else "positive") for i in range(80)]
    table = compare_segments(reviews_table(80, brand=BRANDS), mentions_table(*rows), ["brand"], min_n=10)
    assert not table["is_significant"].any()


def test_columns_with_a_readable_number_of_groups_are_chosen():
    reviews = reviews_table(80, brand=BRANDS, product=[f"p{i}" for i in range(80)])
    reviews["segment.region"] = ["HN", "HCM"] * 40
    reviews["segment.only"] = "x"
    assert segment_columns(reviews, min_n=10) == ["brand", "segment.region"]


def test_no_segment_gives_an_empty_table_with_its_columns():
    table = compare_segments(reviews_table(3), mentions_table(*ROWS[:3]), [], min_n=10)
    assert table.empty
    assert "q_value" in table


def test_segments_are_found_by_their_header_and_a_slip_is_answered_with_the_nearest():
    reviews = reviews_table(2, brand=["A", "B"])
    reviews["segment.Khu vực"] = ["HN", "HCM"]
    assert find_segments(reviews, ["Khu vực", "brand"]) == ["segment.Khu vực", "brand"]
    with pytest.raises(UsageError, match='Did you mean "brand"'):
        find_segments(reviews, ["brnd"])
