"""What `benchmarks.theme_names` counts and `benchmarks.peers` answers."""

from benchmarks.coherence import Reference
from benchmarks.peers import run_nmf
from benchmarks.theme_names import Topic, _score_all

TEXTS = ["giao nhanh quá", "giao nhanh", "giao nhanh quá", "son đẹp quá", "son đẹp", "son đẹp quá"]
JOB = {"n_topics": 2, "seed": 0, "silent": ["quá"]}


def test_diversity_in_a_cell_is_blind_to_words_that_another_cell_shares():
    reference = Reference([["giao", "nhanh"], ["giao", "chậm"]])
    topics = [
        Topic(["giao", "nhanh"], ["giao", "nhanh"], "delivery|positive"),
        Topic(["giao", "chậm"], ["giao", "chậm"], "delivery|negative"),
    ]
    figures = _score_all(reference, {"ours": topics})["ours"]["name"]
    assert (figures["diversity"], figures["diversity_in_cell"]) == (0.75, 1.0)


def test_topics_found_on_all_mentions_have_no_diversity_in_a_cell():
    figures = _score_all(Reference([["giao"]]), {"peer": [Topic(["giao"], ["giao"])]})["peer"]["name"]
    assert "diversity_in_cell" not in figures


def test_function_words_are_left_out_of_the_topics_that_were_found_with_them():
    with_all, without = run_nmf(TEXTS, None, JOB)["answers"]
    assert without["topics"] == with_all["topics"]
    assert [[word for word in words if word != "quá"] for words in with_all["words"]] == without["words"]
    assert any("quá" in words for words in with_all["words"])


def test_words_without_weight_belong_to_no_topic():
    words = run_nmf(TEXTS, None, {**JOB, "silent": []})["answers"][0]["words"]
    assert {frozenset(topic) - {"quá"} for topic in words} == {
        frozenset(("giao", "nhanh")),
        frozenset(("son", "đẹp")),
    }
