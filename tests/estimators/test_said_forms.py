from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from insight.estimators.said_forms import SaidForms

FORMS = st.lists(st.sampled_from(["giao chậm", "giao nhanh", "ok", "pin yếu , nóng", ""]), min_size=1)


@given(FORMS)
def test_equal_forms_have_one_number_and_others_another(said):
    forms = SaidForms(pa.array(said))
    assert forms.texts(forms.number) == said
    assert len(forms) == len(set(said))
    assert dict(zip(forms.texts(np.arange(len(forms))), forms.counts.tolist(), strict=True)) == Counter(said)


@given(FORMS, st.randoms())
def test_numbers_do_not_depend_on_the_order_of_mentions(said, chance):
    shuffled = list(said)
    chance.shuffle(shuffled)
    numbers = [dict(zip(texts, SaidForms(pa.array(texts)).number, strict=True)) for texts in (said, shuffled)]
    assert numbers[0] == numbers[1]


def test_forms_may_lie_in_several_chunks():
    forms = SaidForms(pa.chunked_array([["ok", "giao chậm"], ["ok"], ["pin yếu , nóng"]]))
    assert forms.texts(forms.number) == ["ok", "giao chậm", "ok", "pin yếu , nóng"]
    assert forms.n_words()[forms.number].tolist() == [1, 2, 1, 4]
