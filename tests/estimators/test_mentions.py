import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from insight.estimators import mentions
from insight.estimators.heads import HEADS
from insight.estimators.mentions import MentionClassifier
from insight.training import label_clauses

ONE = np.zeros(1, dtype=np.int64)


def said(model, clause):
    labels = model.mentions.predict([clause], ONE).labels
    return tuple(str(labels[head][0]) for head in ("touchpoint", "sentiment"))


@pytest.mark.parametrize(
    ("clause", "labels"),
    [
        ("giao hàng nhanh", ("delivery", "positive")),
        ("giao hàng chậm", ("delivery", "negative")),
        ("giao hang cham", ("delivery", "negative")),
        ("nhân viên nhiệt tình", ("staff", "positive")),
        ("máy lag quá", ("product", "negative")),
    ],
)
def test_what_was_learnt_is_recognised_with_and_without_diacritics(small_model, clause, labels):
    assert said(small_model, clause) == labels


def test_labels_of_a_clause_do_not_depend_on_the_batch(small_model, small_corpus):
    table = label_clauses(small_corpus)
    whole = small_model.mentions.predict(table.clauses, table.groups)
    for review in (0, 7, 31):
        rows = np.flatnonzero(table.groups == review)
        alone = small_model.mentions.predict(
            [table.clauses[i] for i in rows], np.zeros(len(rows), dtype=np.int64)
        )
        for head in HEADS:
            assert (alone.labels[head] == whole.labels[head][rows]).all()
            np.testing.assert_allclose(alone.probability[head], whole.probability[head][rows], atol=1e-5)


def test_decisions_are_the_same_when_features_are_made_in_small_parts(small_model, small_corpus, monkeypatch):
    table = label_clauses(small_corpus)
    whole = small_model.mentions.decision(table.clauses, table.groups)
    monkeypatch.setattr(mentions, "_PART", 3)
    parts = small_model.mentions.decision(table.clauses, table.groups)
    for head, values in whole.items():
        np.testing.assert_array_equal(parts[head], values)


def test_probabilities_lie_between_zero_and_one(small_model):
    answer = small_model.mentions.predict(["giao hàng nhanh", "xyz"], np.array([0, 1]))
    for values in (*answer.probability.values(), answer.sentiment, answer.p_mention):
        assert ((values >= 0) & (values <= 1)).all()
    np.testing.assert_allclose(answer.sentiment.sum(axis=1), 1)


def test_predicting_before_fitting_is_refused():
    with pytest.raises(NotFittedError):
        MentionClassifier().predict(["tốt"], ONE)


def test_parameters_survive_cloning():
    assert clone(MentionClassifier(C=0.5, random_state=3)).get_params() == {"C": 0.5, "random_state": 3}
