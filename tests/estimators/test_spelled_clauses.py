import numpy as np

from insight.estimators.accents import AccentRestorer
from insight.estimators.spelled_clauses import spell_clauses
from insight.text.forms import clause_key

RESTORER = AccentRestorer().fit(["giao hàng chậm", "đóng gói kỹ"])


def spell(*said: tuple[str, int]) -> dict[str, str]:
    texts, counts = zip(*said, strict=True)
    clauses, clause_of = spell_clauses(texts, np.array(counts), RESTORER)
    assert clauses == sorted(set(clauses))
    return {text: clauses[i] for text, i in zip(texts, clause_of, strict=True)}


def test_texts_that_differ_in_diacritics_and_pauses_are_one_clause():
    found = spell(("giao hang cham", 9), ("giao hàng chậm", 2), ("giao hàng , chậm", 1))
    assert set(found.values()) == {"giao hàng chậm"}


def test_the_commonest_spelling_leads_and_the_first_in_order_wins_a_draw():
    assert set(spell(("tót lắm", 1), ("tốt lắm", 5)).values()) == {"tốt lắm"}
    assert spell(("tốt lắm", 3), ("tôt lắm", 3)) == spell(("tôt lắm", 3), ("tốt lắm", 3))


def test_what_nobody_wrote_with_diacritics_is_spelled_by_the_restorer():
    assert spell(("dong goi ky", 1)) == {"dong goi ky": "đóng gói kỹ"}


def test_a_bare_word_that_few_wrote_otherwise_stays_bare():
    assert set(spell(("ok", 100), ("ók", 1)).values()) == {"ok"}


def test_texts_of_one_clause_share_its_key():
    assert all(clause_key(text) == clause_key(clause) for text, clause in spell(("pin yếu", 1)).items())


def test_nothing_is_no_clause():
    clauses, clause_of = spell_clauses([], np.array([], dtype=np.int64), RESTORER)
    assert clauses == []
    assert len(clause_of) == 0
