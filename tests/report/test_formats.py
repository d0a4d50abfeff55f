from datetime import date

import pandas as pd
import pytest

from insight.report.formats import Formats, plain, shorten, width, wrap

VI, EN = Formats("vi"), Formats("en")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1.234", "1,234"),
        (-1234567, "−1.234.567", "−1,234,567"),
        (float("nan"), "–", "–"),
        (None, "–", "–"),
    ],
)
def test_counts_are_separated_as_the_language_does(value, vi, en):
    assert (VI.integer(value), EN.integer(value)) == (vi, en)


@pytest.mark.parametrize(
    ("value", "places", "vi"),
    [(1234.56, 1, "1.234,6"), (-0.04, 1, "0,0"), (-2.25, 2, "−2,25"), (float("inf"), 1, "–")],
)
def test_decimals_have_a_comma_and_a_true_minus(value, places, vi):
    assert VI.decimal(value, places) == vi


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (0, "0 %", "0%"),
        (0.0004, "<0,1 %", "<0.1%"),
        (0.001, "0,1 %", "0.1%"),
        (0.034, "3,4 %", "3.4%"),
        (0.03, "3 %", "3%"),
        (0.5, "50 %", "50%"),
        (0.996, "99,6 %", "99.6%"),
        (0.9996, ">99,9 %", ">99.9%"),
        (1, "100 %", "100%"),
        (float("nan"), "–", "–"),
    ],
)
def test_percentages_never_round_to_nothing_or_to_everything(share, vi, en):
    assert (VI.percent(share).replace("\u00a0", " "), EN.percent(share)) == (vi, en)


@pytest.mark.parametrize(("net", "text"), [(0.451, "+45"), (-0.12, "−12"), (0.001, "0"), (float("nan"), "–")])
def test_net_sentiment_is_signed_points(net, text):
    assert VI.points(net) == text


def test_differences_carry_their_sign():
    assert [EN.signed(x) for x in (0.51, -0.51, 0.0, 0.01)] == ["+0.5", "−0.5", "0.0", "0.0"]


def test_intervals_are_written_in_words_and_left_out_when_an_end_is_missing():
    assert VI.points_range(-0.5, 0.25) == "−50 đến +25"
    assert EN.percent_range(0.1, 0.2) == "10% to 20%"
    assert EN.percent_range(0.1, float("nan")) == "–"


def test_days_and_periods_follow_the_language():
    day = pd.Timestamp("2025-03-09 21:00")
    assert (VI.day(day), EN.day(day)) == ("09/03/2025", "9 Mar 2025")
    assert (VI.period(day, "month"), EN.period(day, "month")) == ("03/2025", "Mar 2025")
    assert VI.period(date(2025, 3, 9), "week") == "09/03/2025"
    assert (VI.day(pd.NaT), VI.day(None), VI.day(float("nan"))) == ("–", "–", "–")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  giao   nhanh\n\tlắm ", "giao nhanh lắm"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde"),
        ("bell\x07\x00", "bell"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("", ""),
    ],
)
def test_text_loses_what_could_hide_in_it_or_turn_it(text, wanted):
    assert plain(text) == wanted


def test_text_is_cut_between_words_where_it_can_be():
    assert shorten("giao hàng chậm quá", 14) == "giao hàng chậm…"
    assert shorten("x" * 50, 10) == "x" * 10 + "…"
    assert shorten("giao hàng chậm quá", 10, at_start=True) == "…chậm quá"
    assert shorten("ngắn", 10) == "ngắn"


def test_names_are_wrapped_between_words():
    assert wrap("Nhân viên bán hàng & phục vụ", 12) == ["Nhân viên", "bán hàng &", "phục vụ"]
    assert wrap("", 12) == []


def test_widths_stay_inside_their_track():
    assert [width(x) for x in (-1, 0.3333, 2, float("nan"))] == ["0%", "33.33%", "100%", "0%"]
