import json
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.pipeline import analyse, label_batch, to_labelled_rows
from insight.schema import MENTIONS, SCREENED, THEMES, check
from insight.settings import Settings
from insight.taxonomy import default_taxonomy
from tests.mining.tables import mentions_table, reviews_table
from tests.stored import stored_rows

TEXTS = [
    "Giao hàng nhanh, máy chạy mượt", "giao hàng chậm. máy lag quá", "Giao hàng nhanh, máy chạy mượt",
    "nhan vien nhiet tinh, gia re", "!!!", "nhân viên thái độ, giá đắt quá",
]  # fmt: skip


def reviews(texts):
    return pd.DataFrame({"review_id": [f"r{i}" for i in range(len(texts))], "text": texts})


def test_tables_have_the_columns_of_the_schema(small_model):
    labelled = label_batch(reviews(TEXTS), small_model, Settings())
    check(labelled.reviews.assign(source_file="", source_row=0), SCREENED)
    check(labelled.mentions, MENTIONS)
    assert labelled.mentions["mention_id"].is_unique


def test_mentions_quote_the_raw_text(small_model):
    texts = [unicodedata.normalize("NFD", text) for text in TEXTS]
    labelled = label_batch(reviews(texts), small_model, Settings())
    raw = dict(zip(labelled.reviews["review_id"], labelled.reviews["text"], strict=True))
    assert len(labelled.mentions) >= 8
    for row in labelled.mentions.itertuples():
        assert raw[row.review_id][row.start : row.end] == row.text


def test_identical_texts_get_identical_labels(small_model):
    mentions = label_batch(reviews(TEXTS), small_model, Settings()).mentions
    columns = ["text", "start", "end", "stage", "touchpoint", "pain", "sentiment", "p_sentiment"]
    first, third = (
        mentions.loc[mentions["review_id"] == of, columns].to_numpy().tolist() for of in ("r0", "r2")
    )
    assert first == third != []


def test_labels_do_not_depend_on_the_batch_or_the_order(small_model):
    whole = label_batch(reviews(TEXTS), small_model, Settings()).mentions
    backwards = label_batch(reviews(TEXTS).iloc[::-1], small_model, Settings()).mentions
    alone = [
        label_batch(reviews(TEXTS).iloc[[i]], small_model, Settings()).mentions for i in range(len(TEXTS))
    ]
    key = ["mention_id"]
    expected = whole.sort_values(key, ignore_index=True)
    for other in (backwards, pd.concat(alone)):
        pd.testing.assert_frame_equal(
            other.sort_values(key, ignore_index=True), expected, check_exact=False, atol=1e-4
        )


@pytest.mark.parametrize(
    "change", [str.upper, lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace(" ", "  ")]
)
def test_case_unicode_form_and_spaces_change_no_label(small_model, change):
    labels = ["stage", "touchpoint", "pain", "sentiment"]
    plain = label_batch(reviews(TEXTS), small_model, Settings())
    changed = label_batch(reviews([change(text) for text in TEXTS]), small_model, Settings())
    assert changed.mentions[labels].to_numpy().tolist() == plain.mentions[labels].to_numpy().tolist()
    assert changed.reviews["overall"].tolist() == plain.reviews["overall"].tolist()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_is_labelled_and_quoted(small_model, texts):
    labelled = label_batch(reviews(texts), small_model, Settings())
    assert len(labelled.reviews) == len(texts)
    raw = dict(zip(labelled.reviews["review_id"], labelled.reviews["text"], strict=True))
    assert all(raw[m.review_id][m.start : m.end] == m.text for m in labelled.mentions.itertuples())


def test_a_review_without_a_clause_gets_one_verdict_in_every_batch(small_model):
    alone = label_batch(reviews(["..."]), small_model, Settings()).reviews
    beside = label_batch(reviews(["...", TEXTS[0]]), small_model, Settings()).reviews
    assert alone["p_overall"].iat[0] == beside["p_overall"].iat[0]
    assert alone["overall"].iat[0] == beside["overall"].iat[0]


def test_labelled_rows_have_the_form_of_the_codebook(small_model):
    rows = to_labelled_rows(label_batch(reviews(TEXTS), small_model, Settings()))
    assert len(rows) == len(TEXTS)
    assert rows[0].keys() == {"id", "text", "overall", "mentions"}
    assert rows[0]["mentions"][0].keys() == {"text", "stage", "touchpoint", "pain", "sentiment"}
    json.dumps(rows)


def counted(reviews, mentions):
    rows = stored_rows(reviews, mentions)
    given = {"taxonomy": default_taxonomy(), "settings": Settings(), "manifest": {}}
    return analyse(rows.counted(), rows, THEMES.empty(), **given)


SAID = [(f"r{i}", point, side) for i in range(60) for point, side in [
    ("delivery", "negative" if i % 2 else "neutral"), ("staff", "positive"),
][: 1 + i % 2]]  # fmt: skip


def test_reviews_that_are_set_aside_count_for_nothing():
    screen = ["spam" if i < 20 else "kept" for i in range(60)]
    found = counted(reviews_table(60, screen=screen), mentions_table(*SAID))
    same = counted(
        reviews_table(60).iloc[20:].reset_index(drop=True),
        mentions_table(*[row for row in SAID if int(row[0][1:]) >= 20]),
    )
    for name in ("journey", "pains", "breaks", "drivers", "segments"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(same, name))
    assert found.quality.without_mention == 0
    assert found.quality.screened == {"kept": 40, "spam": 20}


def test_each_segment_has_its_own_mentions_whatever_the_order_of_the_tables():
    brands = ["A" if i % 2 else "B" for i in range(60)]
    mentions = mentions_table(*SAID).sample(frac=1, random_state=1).reset_index(drop=True)
    journey = counted(reviews_table(60, brand=brands), mentions).journey
    points = journey[journey["level"] == "touchpoint"].set_index(["value", "touchpoint"])["n"]
    assert points["A", "staff"] == 30
    assert ("B", "staff") not in points
    assert points["", "delivery"] == points["A", "delivery"] + points["B", "delivery"] == 60
