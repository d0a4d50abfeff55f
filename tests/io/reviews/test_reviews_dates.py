from datetime import datetime

import pandas as pd
import pytest

from insight.io.reviews.dates import is_day_first, join_clock, parse_dates

NOW = datetime(2024, 3, 15, 12, 0)


def parse(*values, day_first=True):
    dates, bad = parse_dates(pd.Series(values, dtype="str"), day_first=day_first, now=NOW)
    return [
        None if pd.isna(date) else date.isoformat(sep=" ").removesuffix(" 00:00:00") for date in dates
    ], bad


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2021-12-19 03:45:24", "2021-12-19 03:45:24"),
        ("2021-12-19T03:45:24Z", "2021-12-19 10:45:24"),
        ("2021-12-19T03:45:24.123+07:00", "2021-12-19 03:45:24"),
        ("2021-12-19T03:45:24-0130", "2021-12-19 12:15:24"),
        ("2024/1/5", "2024-01-05"),
        ("29/04/2023", "2023-04-29"),
        ("3/1/2020 9:05", "2020-01-03 09:05:00"),
        ("03.01.20", "2020-01-03"),
        ("29-04-2023 5:06:07 PM", "2023-04-29 17:06:07"),
        ("29/04/2023 12:06 SA", "2023-04-29 00:06:00"),
        ("29/04/2023 lúc 17h06", "2023-04-29 17:06:00"),
        ("17:06 29/04/2023", "2023-04-29 17:06:00"),
        ("20230429", "2023-04-29"),
        ("1700000000", "2023-11-15 05:13:20"),
        ("1700000000000", "2023-11-15 05:13:20"),
        ("45000", "2023-03-15"),
        ("45000.5", "2023-03-15 12:00:00"),
        ("2 tuần trước", "2024-03-01 12:00:00"),
        ("một tháng trước", "2024-02-15 12:00:00"),
        ("3 tháng trước", "2023-12-15 12:00:00"),
        ("Đã đánh giá 2 năm trước", "2022-03-15 12:00:00"),
        ("hôm qua", "2024-03-14 12:00:00"),
        ("Hôm nay", "2024-03-15 12:00:00"),
        ("a month ago", "2024-02-15 12:00:00"),
        ("2 days ago", "2024-03-13 12:00:00"),
        ("5 thg 3, 2023", "2023-03-05"),
        ("ngày 5 tháng 3 năm 2023", "2023-03-05"),
        ("Mar 5, 2023", "2023-03-05"),
        ("5 March 2023", "2023-03-05"),
    ],
)
def test_every_form_of_date_is_read(value, wanted):
    assert parse(value) == ([wanted], 0)


@pytest.mark.parametrize(
    "value", ["31/02/2024", "không rõ", "2024-13-01", "abc 12", "17:06", "99/99/9999", "7"]
)
def test_what_is_no_date_is_missing_and_counted(value):
    assert parse(value, "", "2024-01-01") == ([None, None, "2024-01-01"], 1)


def test_the_order_of_day_and_month_is_that_of_the_column():
    american = pd.Series(["03/04/2024", "04/23/2024", "05/01/2024"], dtype="str")
    assert not is_day_first(american)
    assert parse(*american, day_first=False)[0] == ["2024-03-04", "2024-04-23", "2024-05-01"]
    assert is_day_first(pd.Series(["03/04/2024", "23/04/2024"], dtype="str"))
    assert is_day_first(pd.Series(["03/04/2024"], dtype="str"))


def test_a_clock_of_its_own_is_joined_to_days_without_one():
    days = pd.Series(
        ["29/04/2023", "2023-04-29 00:00:00", "2023-04-29 08:00:00", "", "29/04/2023"], dtype="str"
    )
    clocks = pd.Series(["17:06", "17:06:30", "17:06", "17:06", "tối"], dtype="str")
    joined = join_clock(days, clocks)
    assert parse(*joined)[0] == [
        "2023-04-29 17:06:00",
        "2023-04-29 17:06:30",
        "2023-04-29 08:00:00",
        None,
        "2023-04-29",
    ]


def test_a_column_without_a_row_gives_no_date():
    assert parse() == ([], 0)
