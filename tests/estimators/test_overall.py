import numpy as np

from insight.estimators.mentions import MentionLabels
from insight.estimators.overall import OverallSentiment, summarise

BAD, GOOD, FAINT = [0.9, 0.05, 0.05], [0.05, 0.05, 0.9], [0.05, 0.9, 0.05]


def said(*sentiment, p_mention=None, n_reviews=1):
    n = len(sentiment)
    return MentionLabels(
        classes={},
        codes={},
        probability={},
        sentiment=np.array(sentiment),
        p_mention=np.ones(n) if p_mention is None else np.array(p_mention),
        review=np.zeros((n_reviews, 3)),
    )


def test_a_review_without_a_clause_is_all_zero():
    summary = summarise(said(BAD), np.array([0]), n_reviews=2)
    assert summary.shape == (2, 7)
    assert not summary[1].any()


def test_clauses_that_are_hardly_mentions_hardly_count():
    balance = summarise(said(BAD, GOOD, p_mention=[1.0, 0.01]), np.array([0, 0]), 1)[0, 0]
    assert balance < -0.8


def test_faint_clauses_weaken_the_balance_but_not_that_of_the_judging_ones():
    summary = summarise(said(GOOD, FAINT), np.array([0, 0]), 1)[0]
    assert summary[0] < 0.6
    assert summary[2] > 0.8


def test_the_side_that_dominates_is_the_verdict():
    groups = np.arange(60)
    y = np.array(["negative", "positive", "neutral"] * 20)
    model = OverallSentiment(C=10).fit(said(*([BAD, GOOD, FAINT] * 20), n_reviews=60), groups, y)
    proba = model.predict_proba(said(BAD, GOOD, n_reviews=2), np.array([0, 1]), 2)
    assert proba.argmax(axis=1).tolist() == [0, 2]
