import numpy as np
import pytest

from insight.mining.drivers import rank_drivers
from tests.mining.tables import mentions_table, reviews_table

ROWS = [(f"r{i}", "delivery", "negative") for i in range(10)] + [
    (f"r{i}", "product", "positive") for i in range(20)
]
STARS = [1.0, 2.0] * 5 + [4.0, 5.0] * 5


def test_what_hurts_most_reviews_comes_first():
    drivers = rank_drivers(reviews_table(20, stars=STARS), mentions_table(*ROWS), min_n=5)
    assert drivers["id"].tolist() == ["delivery", "product"]
    delivery = drivers.iloc[0]
    assert delivery["volume"] == pytest.approx(0.5)
    assert delivery["priority"] == pytest.approx(0.5)


def test_the_gap_in_stars_compares_reviews_that_complain_with_the_others():
    delivery = rank_drivers(reviews_table(20, stars=STARS), mentions_table(*ROWS), min_n=5).iloc[0]
    assert delivery["stars_gap"] == pytest.approx(1.5 - 4.5)
    assert delivery["gap_low"] < -3 < delivery["gap_high"] < 0


def test_without_stars_there_is_no_gap():
    drivers = rank_drivers(reviews_table(20), mentions_table(*ROWS), min_n=5)
    assert drivers["stars_gap"].isna().all()


def test_few_mentions_are_no_ground_to_act_on():
    drivers = rank_drivers(reviews_table(20), mentions_table(*ROWS), min_n=11)
    assert dict(zip(drivers["id"], drivers["quadrant"], strict=True))["delivery"] == "too_few"


def test_themes_are_ranked_as_touchpoints_are():
    table = mentions_table(*ROWS)
    table["theme_id"] = np.where(table["touchpoint"] == "delivery", "late", "")
    drivers = rank_drivers(reviews_table(20), table, min_n=5)
    assert drivers.loc[drivers["kind"] == "theme", "id"].tolist() == ["late"]
