import numpy as np
import pytest

from insight.estimators.heads import NO_MENTION, OVERALL, LinearHeads

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
