import pytest

from insight.evaluation import evaluate_model, score
from tests.conftest import labelled

GOLD = [
    labelled(0, "phone", "+", ("giao hàng nhanh", "delivery+"), ("máy mượt", "product+")),
    labelled(1, "phone", "-", ("máy lag", "product-")),
]


def test_saying_what_the_reader_said_scores_one():
    predicted = {review.id: (review.overall, review.mentions) for review in GOLD}
    scores = score(GOLD, predicted)
    for name in ("pain_sent_f1", "touchpoint_f1", "stage_f1", "pain_point_f1", "stage_sent_f1", "pain_f1"):
        assert scores[name] == 1.0


def test_labels_are_counted_once_a_review_however_often_they_are_said():
    predicted = {"r0": ("positive", GOLD[0].mentions * 3), "r1": ("negative", GOLD[1].mentions)}
    assert score(GOLD, predicted)["touchpoint_f1"] == 1.0


def test_a_missed_and_a_wrong_label_halve_the_score():
    predicted = {"r0": ("positive", GOLD[0].mentions[:1]), "r1": ("positive", GOLD[0].mentions[:1])}
    # found: delivery; wrong: delivery in r1; missed: product twice
    assert score(GOLD, predicted)["touchpoint_f1"] == pytest.approx(2 / (2 + 1 + 2))


def test_a_model_is_measured_by_label_domain_and_style(small_model, small_corpus):
    figures = evaluate_model(small_model, small_corpus)
    assert figures.scores["touchpoint_f1"] > 0.9
    assert set(figures.by_domain) == {"phone", "fashion", "hotel", "food", "bank", "books"}
    assert figures.by_label["touchpoint"]["delivery"][1] == 12
    assert "sentiment of clauses" in figures.as_text()
