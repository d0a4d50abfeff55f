import numpy as np

from insight.estimators.labels import Labels, allowed_labels, decode

PRODUCT = Labels("product", "productivity", "post_purchase")
DELIVERY = Labels("delivery", "process", "purchase")
FEE = Labels("delivery", "financial", "purchase")


def test_a_tuple_seen_once_is_taken_for_a_slip():
    allowed, _ = allowed_labels([PRODUCT] * 5 + [DELIVERY] * 4 + [FEE])
    assert allowed == [DELIVERY, PRODUCT]


def test_priors_are_shares_within_the_touchpoint():
    allowed, log_prior = allowed_labels([DELIVERY] * 6 + [FEE] * 2)
    assert dict(zip(allowed, np.exp(log_prior).round(6), strict=True)) == {DELIVERY: 0.75, FEE: 0.25}


def test_decoded_labels_are_always_an_allowed_tuple():
    allowed, log_prior = allowed_labels([PRODUCT] * 3 + [DELIVERY] * 3)
    classes = {
        "touchpoint": ["delivery", "product"],
        "pain": ["process", "productivity"],
        "stage": ["post_purchase", "purchase"],
    }
    # Each head alone would answer an impossible mixture: delivery, productivity, after purchase.
    probabilities = {
        "touchpoint": np.array([[0.9, 0.1]]),
        "pain": np.array([[0.4, 0.6]]),
        "stage": np.array([[0.6, 0.4]]),
    }
    assert allowed[decode(allowed, log_prior, classes, probabilities)[0]] == DELIVERY
