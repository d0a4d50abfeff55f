import numpy as np

from insight.estimators.overall import OverallSentiment, summarise

BAD, GOOD = [0.9, 0.05, 0.05], [0.05, 0.05, 0.9]


def test_a_review_without_a_clause_is_all_zero():
    summary = summarise(np.array([BAD]), np.array([1.0]), np.array([0]), n_reviews=2)
    assert summary.shape == (2, 16)
    assert not summary[1].any()


def test_clauses_that_are_hardly_mentions_hardly_count():
    sentiment, groups = np.array([BAD, GOOD]), np.array([0, 0])
    negative_counts = summarise(sentiment, np.array([1.0, 0.01]), groups, 1)[0, 0]
    assert negative_counts > 0.85


def test_the_side_that_dominates_is_the_verdict():
    sentiment = np.array([BAD, GOOD] * 20)
    groups = np.arange(40)
    y = np.array(["negative", "positive"] * 19 + ["neutral", "positive"])
    model = OverallSentiment().fit(sentiment, np.ones(40), groups, y)
    proba = model.predict_proba(np.array([BAD, GOOD]), np.ones(2), np.array([0, 1]), 2)
    assert proba.argmax(axis=1).tolist() == [0, 2]
