import numpy as np
import pytest

from insight.errors import InputError
from insight.io.models import load_model, save_model
from insight.labelled import LabelledMention, LabelledReview
from insight.training import label_clauses, train_model
from tests.conftest import labelled


def test_each_clause_gets_the_labels_of_the_mention_it_overlaps_most():
    review = labelled(1, "phone", "+", ("giao hàng nhanh", "delivery+"), ("máy chạy mượt", "product+"))
    table = label_clauses([review])
    assert table.clauses == ["giao hàng nhanh", "máy chạy mượt"]
    assert table.y["touchpoint"].tolist() == ["delivery", "product"]


def test_a_clause_outside_every_mention_is_no_mention():
    mention = LabelledMention("máy lag", 24, "post_purchase", "product", "productivity", "negative")
    review = LabelledReview("1", "phone", "Hôm qua tôi đi làm về. \nmáy lag", "negative", (mention,))
    assert label_clauses([review]).y["touchpoint"].tolist() == ["no_mention", "product"]


def test_taking_reviews_numbers_them_anew(small_corpus):
    part = label_clauses(small_corpus).take(np.array([3, 10]))
    assert sorted(set(part.groups.tolist())) == [0, 1]
    assert len(part.overall) == 2


def test_the_same_corpus_gives_the_same_bytes(small_corpus, tmp_path):
    for name in ("a", "b"):
        save_model(train_model(small_corpus), tmp_path / name)
    assert (tmp_path / "a/model.skops").read_bytes() == (tmp_path / "b/model.skops").read_bytes()


def test_a_saved_model_answers_as_before(small_model, tmp_path):
    save_model(small_model, tmp_path)
    clauses, groups = ["giao hàng chậm", "giá rẻ"], np.array([0, 0])
    before = small_model.predict(clauses, groups, 1)
    after = load_model(str(tmp_path)).predict(clauses, groups, 1)
    np.testing.assert_array_equal(after.overall, before.overall)
    assert after.mentions.labels["touchpoint"].tolist() == before.mentions.labels["touchpoint"].tolist()


def test_too_few_labels_are_refused_with_what_to_do():
    reviews = [labelled(i, "phone", "+", ("máy tốt", "product+")) for i in range(8)]
    with pytest.raises(InputError, match="--with-default"):
        train_model(reviews)
