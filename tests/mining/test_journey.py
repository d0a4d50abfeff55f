import numpy as np
import pytest

from insight.mining.journey import draw_journey, find_breaks, tabulate_pains
from insight.taxonomy import default_taxonomy
from tests.mining.tables import mentions_table

TAXONOMY = default_taxonomy()
ROWS = [
    *[(f"r{i}", "delivery", "negative") for i in range(8)],
    *[(f"r{i}", "delivery", "positive") for i in range(8, 10)],
    *[(f"r{i}", "product", "positive") for i in range(10)],
    ("r10", "staff", "negative"),
]


def row(journey, level, id):
    return journey[(journey["level"] == level) & (journey[level] == id)].iloc[0]


def test_net_sentiment_is_the_share_of_praise_less_that_of_complaint():
    journey = draw_journey(mentions_table(*ROWS), TAXONOMY, min_n=5)
    delivery = row(journey, "touchpoint", "delivery")
    assert (delivery["n"], delivery["positive"], delivery["negative"]) == (10, 2, 8)
    assert delivery["net"] == pytest.approx(-0.6)
    assert delivery["net_low"] < -0.6 < delivery["net_high"]
    assert row(journey, "stage", "purchase")["n"] == 11


def test_every_stage_has_a_row_and_a_silent_one_has_no_figure():
    journey = draw_journey(mentions_table(*ROWS), TAXONOMY, min_n=5)
    silent = row(journey, "stage", "pre_purchase")
    assert silent["n"] == 0
    assert np.isnan(silent["net"])


def test_the_weakest_touchpoint_has_enough_mentions():
    journey = draw_journey(mentions_table(*ROWS), TAXONOMY, min_n=5)
    assert journey.loc[journey["is_weakest"], "touchpoint"].tolist() == ["delivery"]


def test_the_weakest_touchpoint_names_something_that_can_be_mended():
    bitter = [(f"r{i}", touchpoint, "negative") for i in range(9) for touchpoint in ("overall", "loyalty")]
    journey = draw_journey(mentions_table(*ROWS, *bitter), TAXONOMY, min_n=5)
    assert journey.loc[journey["is_weakest"], "touchpoint"].tolist() == ["delivery"]
    alone = draw_journey(mentions_table(*bitter), TAXONOMY, min_n=5)
    assert not alone["is_weakest"].any()


def test_intervals_hold_the_mean_also_when_all_agree():
    journey = draw_journey(
        mentions_table(*[(f"r{i}", "store", "positive") for i in range(4)]), TAXONOMY, min_n=1
    )
    store = row(journey, "touchpoint", "store")
    assert store["net_low"] == pytest.approx(1 - 3 / 4)
    assert store["net_high"] == 1


def test_the_pain_matrix_has_every_stage_and_pain_and_adds_up():
    pains = tabulate_pains(mentions_table(*ROWS), TAXONOMY)
    assert len(pains) == 3 * 4
    assert pains["n"].sum() == len(ROWS)
    process = pains[(pains["stage"] == "purchase") & (pains["pain"] == "process")].iloc[0]
    assert process["negativity"] == pytest.approx(0.8)
    assert process["low"] < 0.8 < process["high"]


def test_breaking_points_count_reviews_whose_sentiment_drops():
    table = mentions_table(
        ("r0", "delivery", "positive"), ("r0", "product", "negative"),
        ("r1", "delivery", "positive"), ("r1", "product", "positive"),
        ("r2", "product", "negative"),
    )  # fmt: skip
    breaks = find_breaks(table, TAXONOMY)
    assert breaks[["from_stage", "to_stage", "n", "drops"]].to_numpy().tolist() == [
        ["purchase", "post_purchase", 2, 1]
    ]


def test_an_empty_table_gives_an_empty_journey():
    journey = draw_journey(mentions_table(), TAXONOMY, min_n=5)
    assert journey["n"].sum() == 0
    assert not journey["is_weakest"].any()
    assert find_breaks(mentions_table(), TAXONOMY).empty
