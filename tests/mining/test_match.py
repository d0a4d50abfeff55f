import pandas as pd
import pytest

from insight.mining.cluster import cluster_mentions
from insight.mining.match import keep_ids, match_themes
from tests.mining.test_cluster import DEAD, RUDE, SLOW, make_mentions


def run(*groups, max_themes=4):
    return cluster_mentions(make_mentions(*groups), min_size=5, max_themes=max_themes, seed=0)


@pytest.fixture(scope="module")
def earlier():
    return run((SLOW * 4, "delivery", "negative"), (DEAD * 4, "product", "negative"))


def match(now, earlier) -> pd.DataFrame:
    return match_themes(now[1], now[0], earlier[1], earlier[0])


def test_a_run_against_itself_is_the_same_throughout(earlier):
    found = match(earlier, earlier)
    assert found["status"].eq("same").all()
    assert (found["theme_id"] == found["run_id"]).all()


def test_a_theme_keeps_its_earlier_id_when_other_words_joined_it(earlier):
    more = [*SLOW, "giao hàng chậm kinh khủng", "giao hàng chậm chưa từng thấy"]
    now = run((more * 4, "delivery", "negative"), (DEAD * 4, "product", "negative"))
    found = match(now, earlier)
    delivery = found[(found["touchpoint"] == "delivery") & (found["run_id"] != "")]
    assert set(delivery["theme_id"]) & set(earlier[1]["theme_id"])


def test_what_was_not_there_is_new_and_what_is_not_there_is_gone(earlier):
    now = run((SLOW * 4, "delivery", "negative"), (RUDE * 4, "staff", "negative"))
    found = match(now, earlier)
    assert set(found.loc[found["touchpoint"] == "staff", "status"]) == {"new"}
    gone = found[found["status"] == "gone"]
    assert set(gone["touchpoint"]) == {"product"}
    assert gone["run_id"].eq("").all()
    assert gone["n"].eq(0).all()


def test_a_theme_with_a_larger_share_of_mentions_has_grown_and_the_other_shrunk():
    now, before = (
        run((SLOW * slow, "delivery", "negative"), (DEAD * dead, "product", "negative"), max_themes=1)
        for slow, dead in ((40, 2), (4, 4))
    )
    found = match(now, before)
    assert dict(zip(found["touchpoint"], found["status"], strict=True)) == {
        "delivery": "grown",
        "product": "shrunk",
    }


def test_complaint_and_praise_in_the_same_words_do_not_pair():
    bad, good = run((SLOW, "delivery", "negative")), run((SLOW, "delivery", "positive"))
    assert set(match(good, bad)["status"]) == {"new", "gone"}


def test_each_earlier_id_is_given_once(earlier):
    now = run((SLOW * 2 + RUDE * 4, "delivery", "negative"), (DEAD * 4, "product", "negative"))
    found = match(now, earlier)
    assert found["theme_id"].is_unique


def test_kept_ids_reach_themes_and_mentions(earlier):
    now = run((SLOW * 4, "delivery", "negative"), (DEAD * 4, "product", "negative"))
    mentions, themes = now
    renamed = themes.assign(theme_id="x" + themes["theme_id"])
    moved = mentions.assign(theme_id="x" + mentions["theme_id"])
    found = match_themes(renamed, moved, earlier[1], earlier[0])
    kept_themes, kept_mentions = keep_ids(renamed, moved, found)
    assert set(kept_themes["theme_id"]) == set(earlier[1]["theme_id"])
    assert set(kept_mentions["theme_id"]) == set(kept_themes["theme_id"])


def test_a_first_run_has_only_new_themes(earlier):
    found = match_themes(earlier[1], earlier[0], earlier[1].iloc[:0], earlier[0].iloc[:0])
    assert found["status"].eq("new").all()
