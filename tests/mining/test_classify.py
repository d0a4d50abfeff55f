import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.estimators.mentions import MentionLabels
from insight.estimators.model import ReviewLabels
from insight.mining.classify import _form, classify_clauses
from insight.text.forms import join_forms
from insight.text.found_clauses import find_clauses
from insight.text.reading import read_text

HEADS = ("stage", "touchpoint", "pain", "sentiment")
WORDS = st.sampled_from(
    ["giao", "hàng", "ap", "chap", "0", ",", "_happy_", "bình thường", "_", "wi-fi", "\n"]
)


def classified(texts, labels, p_mention=None, min_sentiment=0.5):
    """Mentions of texts whose clauses carry `labels`, one letter each for all four heads."""
    clauses = find_clauses(map(read_text, texts))
    assert len(clauses.forms) == len(labels)
    classes = sorted(set(labels))
    codes = np.array([classes.index(label) for label in labels])
    said = MentionLabels(
        classes=dict.fromkeys(HEADS, classes),
        codes=dict.fromkeys(HEADS, codes),
        probability={head: np.linspace(0.4, 0.8, len(labels)) for head in HEADS},
        sentiment=np.zeros((len(labels), 3)),
        p_mention=np.ones(len(labels)) if p_mention is None else np.array(p_mention),
        review=np.zeros((len(texts), 3)),
    )
    return classify_clauses(
        clauses,
        ReviewLabels(said, np.zeros((len(texts), 3))),
        texts,
        mention_threshold=0.5,
        min_sentiment=min_sentiment,
        min_touchpoint=0.0,
    )


def test_neighbouring_clauses_of_one_review_that_say_the_same_become_one_mention():
    table = classified(["Giao hàng nhanh. Đóng gói kỹ. Giá hơi đắt", "Giá quá đắt"], "aabb")
    assert table["group"].tolist() == [0, 0, 1]
    assert table["text"].tolist() == ["Giao hàng nhanh. Đóng gói kỹ", "Giá hơi đắt", "Giá quá đắt"]
    assert table["form"].tolist() == ["giao hàng nhanh đóng gói kỹ", "giá hơi đắt", "giá quá đắt"]
    assert table["pain"].tolist() == ["a", "b", "b"]
    assert table["p_pain"].to_numpy() == pytest.approx([(0.4 + 0.4 + 0.4 / 3) / 2, 0.4 + 0.8 / 3, 0.8])


def test_a_clause_that_is_no_mention_keeps_its_neighbours_apart():
    table = classified(["Giao hàng nhanh. Hôm qua mưa. Đóng gói kỹ"], "aaa", [0.9, 0.1, 0.9])
    assert table["text"].tolist() == ["Giao hàng nhanh", "Đóng gói kỹ"]


def test_a_mention_of_low_probability_is_unsure():
    assert classified(["Giao hàng nhanh. Giá hơi đắt"], "ab")["unsure"].tolist() == [True, False]


def test_without_mentions_the_table_is_empty():
    assert classified(["Giao hàng nhanh"], "a", [0.1]).empty


@given(st.lists(WORDS, min_size=1, max_size=70))
def test_the_form_of_a_clause_is_that_of_its_pieces(words):
    clause = " ".join(words)
    assert _form(clause) == join_forms(clause.split(" "))
