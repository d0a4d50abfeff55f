import numpy as np

from insight.mining.score import score_mentions, score_reviews
from tests.mining.tables import mentions_table, reviews_table


def test_the_score_is_the_sign_times_the_probability():
    table = mentions_table(
        ("r0", "delivery", "negative"), ("r0", "product", "neutral"), ("r0", "staff", "positive")
    )
    assert score_mentions(table)["score"].tolist() == [-0.9, 0.0, 0.9]


def test_a_review_gets_its_likeliest_verdict():
    scored = score_reviews(reviews_table(2), np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]]))
    assert scored["overall"].tolist() == ["negative", "positive"]
    assert scored["p_overall"].tolist() == [0.7, 0.6]
    assert scored["score"].tolist() == [-0.6, 0.5]
