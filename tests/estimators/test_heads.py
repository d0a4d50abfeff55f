import numpy as np
import pytest
from sklearn.preprocessing import normalize

from insight.estimators.context import mean_by_group
from insight.estimators.heads import NO_MENTION, OVERALL, LinearHeads
from insight.estimators.split_texts import split_texts

CLAUSES = ["máy tốt", "máy lag", "giao nhanh", "giao chậm"] * 3
GROUPS = np.arange(12)
SIGNS = np.array(["positive", "negative"] * 6)
PLACES = np.array(["product", "product", "delivery", "delivery"] * 3)


def fitted(sentiment, overall):
    y = {"touchpoint": PLACES, "pain": PLACES, "stage": PLACES, "sentiment": sentiment}
    assert NO_MENTION not in PLACES
    return LinearHeads(C=1.0).fit(CLAUSES, GROUPS, y, overall)


def test_two_labels_have_a_decision_value_each_and_they_oppose():
    values = fitted(SIGNS, SIGNS).decision(CLAUSES, GROUPS)["sentiment"]
    assert values.shape == (12, 2)
    np.testing.assert_allclose(values.sum(axis=1), 0, atol=1e-3)
    assert (values.argmax(axis=1) == (SIGNS == "positive")).all()


def test_a_verdict_that_was_never_seen_is_never_given():
    values = fitted(SIGNS, SIGNS).decision(CLAUSES, GROUPS)[OVERALL]
    negative, neutral, positive = values.T
    assert neutral == pytest.approx(-1)
    assert ((positive > negative) == (SIGNS == "positive")).all()


def test_a_single_label_is_always_given():
    always = np.array(["positive"] * 12)
    heads = fitted(always, always)
    assert heads.classes_["sentiment"] == ["positive"]
    assert heads.decision(CLAUSES, GROUPS)["sentiment"] == pytest.approx(1)


def test_the_verdict_on_a_review_is_that_on_the_mean_of_its_clauses_at_unit_length():
    heads = fitted(SIGNS, SIGNS)
    clauses, groups = [*CLAUSES, "", "zzz"], np.array([0] * 3 + [1] * 4 + [2] * 5 + [3, 4])
    own, *_ = heads.features_.blocks(split_texts(clauses), groups)
    mean = normalize(mean_by_group(own, groups))
    expected = mean @ heads.review_coef_.T + heads.review_intercept_
    np.testing.assert_allclose(heads.decision(clauses, groups)[OVERALL], expected, atol=1e-14)


def test_clauses_split_with_others_get_the_values_that_they_get_alone():
    heads, some = fitted(SIGNS, SIGNS), np.array([1, 4, 5])
    together = heads.decide(split_texts(CLAUSES).take(some), np.arange(3))
    alone = heads.decision([CLAUSES[i] for i in some], np.arange(3))
    for head, values in alone.items():
        np.testing.assert_array_equal(together[head], values)
