import pandas as pd
import pytest

from insight.mining.trends import follow_trends
from tests.mining.tables import mentions_table, reviews_table

DATES = pd.to_datetime(["2026-01-05", "2026-01-20", "2026-02-03", "2026-02-04"])
ROWS = [("r0", "delivery", "positive"), ("r1", "delivery", "negative"),
        ("r2", "delivery", "negative"), ("r3", "product", "negative")]  # fmt: skip


def test_months_carry_volume_net_and_pains():
    spread = [*DATES[:3], pd.Timestamp("2026-12-31")]
    trends = follow_trends(reviews_table(4, date=spread), mentions_table(*ROWS))
    assert set(trends["grain"]) == {"month"}
    volume = trends[trends["measure"] == "reviews"]
    assert volume["value"].tolist() == [2, 1, 1]
    net = trends[(trends["measure"] == "net") & (trends["period"] == "2026-01-01")].iloc[0]
    assert net["value"] == pytest.approx(0)
    pain = trends[(trends["measure"] == "pain:process") & (trends["period"] == "2026-01-01")].iloc[0]
    assert pain["value"] == pytest.approx(0.5)
    assert pain["low"] < 0.5 < pain["high"]


def test_a_period_with_mentions_but_none_of_a_pain_has_a_zero_with_its_interval():
    spread = [*DATES[:3], pd.Timestamp("2026-12-31")]
    trends = follow_trends(reviews_table(4, date=spread), mentions_table(*ROWS))
    counts = trends[trends["measure"].str.startswith("pain:")].groupby("measure").size()
    assert counts.to_dict() == {"pain:process": 3, "pain:productivity": 3}
    last = trends[(trends["measure"] == "pain:process") & (trends["period"] == "2026-12-01")].iloc[0]
    assert (last["value"], last["n"]) == (0, 1)
    assert last["low"] == 0 < last["high"] < 1


def test_a_short_dump_is_followed_by_week():
    trends = follow_trends(reviews_table(4, date=DATES), mentions_table(*ROWS))
    assert set(trends["grain"]) == {"week"}
    assert all(day.weekday() == 0 for day in trends["period"])


def test_reviews_without_a_date_are_left_out_and_a_dump_without_dates_has_no_trend():
    some = follow_trends(reviews_table(2, date=[DATES[0], pd.NaT]), mentions_table(*ROWS[:2]))
    assert some.loc[some["measure"] == "reviews", "value"].sum() == 1
    assert follow_trends(reviews_table(4), mentions_table(*ROWS)).empty
