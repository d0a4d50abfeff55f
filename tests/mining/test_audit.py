import pytest

from insight.mining.audit import audit_quality, find_mismatches
from insight.taxonomy import default_taxonomy
from tests.mining.tables import mentions_table, reviews_table


def test_stars_against_the_text_are_listed_clearest_first():
    reviews = reviews_table(
        4,
        stars=[5.0, 1.0, 5.0, 3.0],
        overall=["negative", "positive", "positive", "negative"],
        p_overall=[0.7, 0.9, 0.9, 0.9],
    )
    assert find_mismatches(reviews)["review_id"].tolist() == ["r1", "r0"]


def test_a_dump_without_stars_has_no_mismatch():
    assert find_mismatches(reviews_table(2)).empty


def test_what_was_set_aside_and_what_is_silent_is_counted():
    reviews = reviews_table(4, screen=["kept", "kept", "spam", "kept"])
    quality = audit_quality(reviews, mentions_table(("r0", "delivery", "positive")), default_taxonomy())
    assert quality.screened == {"kept": 3, "spam": 1}
    assert quality.without_mention == 2
    assert quality.coverage["purchase"] == pytest.approx(1 / 3)
    assert quality.coverage["pre_purchase"] == 0
