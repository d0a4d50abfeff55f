import pytest

from insight.errors import InputError
from insight.labelled import parse_labelled
from insight.taxonomy import default_taxonomy

MENTION = {
    "text": "tốt",
    "stage": "post_purchase",
    "touchpoint": "product",
    "pain": "productivity",
    "sentiment": "positive",
}


def parse(**changes):
    row = {
        "id": "1",
        "text": "tốt lắm, tốt ghê",
        "overall": "positive",
        "mentions": [MENTION, MENTION],
    } | changes
    return parse_labelled(row, "a.jsonl, line 3", default_taxonomy())


def test_mentions_are_found_in_reading_order():
    assert [(m.start, m.end) for m in parse().mentions] == [(0, 3), (9, 12)]


def test_a_mention_that_is_not_verbatim_is_refused():
    with pytest.raises(InputError, match=r'a.jsonl, line 3: the mention "tốt" does not stand'):
        parse(text="tốt lắm")


def test_an_unknown_label_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r'Unknown touchpoint "produkt"\. Did you mean "product"'):
        parse(mentions=[MENTION | {"touchpoint": "produkt"}])


def test_a_missing_key_is_named_with_those_found():
    with pytest.raises(InputError, match=r"lacks overall\. It has: id, text, mentions"):
        parse_labelled({"id": "1", "text": "a", "mentions": []}, "x", default_taxonomy())
