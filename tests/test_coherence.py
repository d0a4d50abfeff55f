"""The measures of `benchmarks.coherence`."""

import pytest

from benchmarks.coherence import Reference, diversity

DOCUMENTS = [["giao", "nhanh"], ["giao", "nhanh"], ["gói", "kỹ"], ["son", "giao"]]


def test_words_that_only_come_together_are_fully_coherent() -> None:
    assert Reference(DOCUMENTS).npmi([["gói", "kỹ"]]) == pytest.approx([1.0])


def test_words_in_every_document_are_fully_coherent() -> None:
    assert Reference([["giao", "nhanh"], ["nhanh", "giao"]]).npmi([["giao", "nhanh"]]) == [1.0]


def test_words_that_never_meet_or_are_unknown_are_not_coherent() -> None:
    assert Reference(DOCUMENTS).npmi([["gói", "nhanh"], ["gói", "lạ"]]) == [-1.0, -1.0]


def test_independent_words_score_nothing() -> None:
    documents = [["a", "b"], ["a"], ["b"], ["c"]]
    assert Reference(documents).npmi([["a", "b"]]) == pytest.approx([0.0])


def test_a_topic_scores_the_mean_of_its_pairs_and_one_of_a_single_word_has_no_score() -> None:
    pair, triple = Reference(DOCUMENTS).npmi([["giao", "nhanh"], ["giao", "nhanh", "gói"], ["son"]])
    assert triple == pytest.approx((pair - 2) / 3)


def test_diversity_is_the_share_of_distinct_words() -> None:
    assert diversity([["giao", "nhanh"], ["giao", "chậm"]]) == 0.75
