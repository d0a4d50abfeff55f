import pytest

from insight.mining.audit import audit_quality
from insight.taxonomy import default_taxonomy
from tests.mining.tables import mentions_table, reviews_table
from tests.stored import stored_rows


def audited(reviews, *mentions):
    rows = stored_rows(reviews, mentions_table(*(mentions or [("r0", "delivery", "positive")])))
    counted = rows.counted()
    return audit_quality(counted.reviews, counted.mentions, default_taxonomy(), rows)


def test_stars_against_the_text_are_listed_clearest_first():
    reviews = reviews_table(
        4,
        stars=[5.0, 1.0, 5.0, 3.0],
        overall=["negative", "positive", "positive", "negative"],
        p_overall=[0.7, 0.9, 0.9, 0.9],
    )
    assert audited(reviews).mismatched["review_id"].tolist() == ["r1", "r0"]
    assert audited(reviews).n_mismatched == 2


def test_a_dump_without_stars_has_no_mismatch():
    assert audited(reviews_table(2)).mismatched.empty


def test_the_clearest_of_many_mismatches_are_shown_and_all_are_counted():
    sure = [0.5 + i / 1000 for i in range(300)]
    found = audited(reviews_table(300, stars=1.0, p_overall=sure))
    assert found.n_mismatched == 300
    assert found.mismatched["review_id"].tolist() == [f"r{i}" for i in range(299, 99, -1)]


def test_a_contradiction_in_what_was_set_aside_is_none():
    assert audited(reviews_table(2, stars=1.0, screen=["spam", "kept"])).n_mismatched == 1


def test_what_was_set_aside_and_what_is_silent_is_counted():
    reviews = reviews_table(4, screen=["kept", "kept", "spam", "kept"])
    quality = audited(reviews, ("r0", "delivery", "positive"))
    assert quality.screened == {"kept": 3, "spam": 1}
    assert quality.without_mention == 2
    assert quality.coverage["purchase"] == pytest.approx(1 / 3)
    assert quality.coverage["pre_purchase"] == 0
