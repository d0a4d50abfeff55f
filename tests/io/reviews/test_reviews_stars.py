import math

import pandas as pd
import pytest

from insight.io.reviews.stars import parse_nps, parse_stars, rating_scale


def series(*values):
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("value", "stars"),
    [
        ("5", 5), ("4.0", 4), ("4,5", 4.5), (" 3 ", 3), ("5 sao", 5), ("1 Sao", 1), ("5/5", 5), ("8/10", 4),
        ("4 trên 5", 4),
        ("4.0 out of 5 stars", 4), ("Rated 4 out of 5", 4), ("★★★★☆", 4), ("⭐⭐⭐", 3), ("***", 3),
        ("FIVE", 5),
        ("năm sao", 5), ("3★", 3),
    ],
)  # fmt: skip
def test_every_spelling_of_a_rating_is_read(value, stars):
    parsed, bad = parse_stars(series(value))
    assert (parsed[0], bad) == (stars, 0)


@pytest.mark.parametrize("value", ["7", "-1", "tốt", "5 ngày", "6/5", "12/03/2024"])
def test_what_is_no_rating_is_missing_and_counted(value):
    parsed, bad = parse_stars(series(value))
    assert math.isnan(parsed[0])
    assert bad == 1


@pytest.mark.parametrize("value", ["0", "0.0", "", "  ", "☆☆☆☆☆"])
def test_a_rating_that_was_not_given_is_missing_and_no_problem(value):
    parsed, bad = parse_stars(series(value, "5"))
    assert parsed.isna().tolist() == [True, False]
    assert bad == 0


def test_ratings_on_ten_are_halved():
    values = series("10", "7", "9/10", "1")
    assert rating_scale(values) == 10
    assert parse_stars(values, scale=10)[0].tolist() == [5, 3.5, 4.5, 1]


@pytest.mark.parametrize("values", [("5", "4"), ("8/10", "9/10"), ("50", "70"), ("tốt",), ()])
def test_other_columns_are_not_on_ten(values):
    assert rating_scale(series(*values)) == 5


def test_nps_has_a_zero():
    parsed, bad = parse_nps(series("0", "10", "11", ""))
    assert parsed.tolist()[:2] == [0, 10]
    assert parsed.isna().tolist() == [False, False, True, True]
    assert bad == 1
