import numpy as np
import pytest

from insight.estimators.terms import Theme, may_name, name_themes
from insight.text.function_words import function_words
from insight.text.lexicon import NEGATORS


def embed(phrases):
    return np.ones((len(phrases), 1), dtype=np.float32)


def theme(clauses: list[str], side: str = "negative", group: str = "g") -> Theme:
    runs = [[run.split() for run in clause.split(",")] for clause in clauses]
    runs = [[[word.replace("_", " ") for word in run] for run in clause] for clause in runs]
    return Theme(runs, np.ones(len(clauses)), np.ones(1, dtype=np.float32), side, group)


SLOW = theme(["giao_hàng chậm", "shop giao_hàng chậm", "giao_hàng quá chậm", "giao_hàng chậm lắm"])
RUDE = theme(["shipper thô_lỗ", "shipper rất thô_lỗ", "anh shipper thô_lỗ", "giao_hàng thô_lỗ"])


def test_a_name_is_what_sets_the_theme_apart():
    names = [named.name for named in name_themes([SLOW, RUDE], embed)]
    assert "chậm" in names[0]
    assert "thô lỗ" in names[1]


def test_a_name_is_a_phrase_that_customers_wrote_or_two_of_them():
    for named, said in zip(name_themes([SLOW, RUDE], embed), (SLOW, RUDE), strict=True):
        written = [" ".join(run) for clause in said.clauses for run in clause]
        assert all(any(part in text for text in written) for part in named.name.split(", "))


def test_a_name_never_crosses_a_pause():
    named = name_themes([theme(["pin yếu,máy nóng", "pin yếu,máy nóng", "pin yếu,máy nóng"])], embed)[0]
    assert "yếu máy" not in named.name


def test_negators_stay_in_names():
    named = name_themes([theme(["máy không lên nguồn", "không lên nguồn", "mua về không lên nguồn"])], embed)[
        0
    ]
    assert named.name == "không lên nguồn"


def test_terms_begin_with_what_the_name_is_made_of_and_do_not_repeat():
    for named in name_themes([SLOW, RUDE], embed):
        assert named.name.startswith(named.terms[0])
        assert len(set(named.terms)) == len(named.terms)


def test_what_stands_for_a_link_never_names():
    clauses = ["link", "xem link", "link đây", "xem link đây"]
    assert "link" not in name_themes([theme(clauses)], embed)[0].name
    assert name_themes([theme(["link"])], embed)[0].name == ""


def test_a_negation_of_what_is_only_likened_is_not_cut_from_it():
    clauses = ["cảm_giác như không dùng son", "nhẹ như không dùng son", "son nhẹ", "nhẹ môi"] * 2
    assert "không" not in name_themes([theme(clauses, "positive")], embed)[0].name.split("như")[0].split()


@pytest.mark.parametrize("clauses", [["và"], ["ạ"], ["😡"], ["0"], ["rất"]])
def test_a_theme_without_any_nameable_word_still_has_a_name(clauses):
    assert name_themes([theme(clauses)], embed)[0].name


def test_a_theme_without_any_word_has_no_name():
    assert name_themes([theme([])], embed)[0].name == ""


@pytest.mark.parametrize(
    ("phrase", "may"),
    [
        ("giao hàng chậm", True), ("không lên nguồn", True), ("tốt", True), ("thái độ rất tệ", True),
        ("và giao hàng", False), ("giao hàng thì", False), ("giao hàng nha", False), ("rất", False),
        ("giao hàng không", False), ("tốt tốt", False), ("0k", False), ("chai 0", False),
    ],
)  # fmt: skip
def test_the_shape_of_a_name(phrase, may):
    assert may_name(phrase) is may


def test_no_negator_is_a_function_word():
    # "đâu" also means "where" and "somewhere", and ends far more clauses than it turns
    assert function_words() & NEGATORS <= {"đâu"}


def test_no_theme_gives_no_name():
    assert name_themes([], embed) == []


def test_a_name_does_not_begin_with_the_words_that_turn_a_clause():
    assert not may_name("có điều loa bé")
    assert may_name("loa bé")
