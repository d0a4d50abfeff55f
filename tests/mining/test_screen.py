import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.mining.normalize import normalize_reviews
from insight.mining.screen import screen_reviews
from insight.schema import SCREEN_REASONS
from insight.text.reading import read_text

BENCHMARKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "benchmarks"

POEM = "Gió thổi qua rừng chiều, mây trôi về phía núi, lòng ai còn nhớ những mùa xuân xưa giữa đời, hỡi người"
TEXTS = {
    "Giao hàng nhanh, đóng gói kỹ": "kept",
    "ok": "kept",
    "hang dep giao nhanh lam nha shop": "kept",
    "...!!!": "empty",
    "": "empty",
    "The product works really well and I love it": "foreign",
    "Cho vay tiền nhanh, bao nợ xấu, liên hệ zalo 0912345678": "spam",
    "hsjdkfnb sjdnfkjx djskxnv": "filler",
    POEM: "off_topic",
}


def screen(texts, **options):
    return screen_reviews(normalize_reviews(pd.DataFrame({"text": texts})), **options)["screen"].tolist()


def test_every_review_gets_its_reason():
    assert screen(list(TEXTS)) == list(TEXTS.values())


def test_a_reason_that_is_switched_off_is_not_given():
    off = screen(list(TEXTS), spam=False, filler=False, foreign=False)
    assert set(off) == {"kept", "empty"}


def test_padded_reviews_are_set_aside_only_when_asked():
    text = ["Áo đẹp hsjdkfnbsjdnfkjxdjskxnv"]
    assert screen(text) == ["kept"]
    assert screen(text, padded=True) == ["filler"]


def test_readings_that_are_at_hand_change_nothing():
    texts = [*TEXTS, "hàng bt\nshop nma ok", "sp ok 5 sao"]
    table = normalize_reviews(pd.DataFrame({"text": texts}))
    assert screen_reviews(table, list(map(read_text, texts)))["screen"].tolist() == screen(texts)


def test_the_table_handed_in_is_left_as_it_is():
    table = normalize_reviews(pd.DataFrame({"text": ["ok"]}))
    screen_reviews(table)
    assert "screen" not in table


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(list(TEXTS))), min_size=1, max_size=6))
def test_each_review_is_judged_alone(texts):
    assert screen(texts) == [screen([text])[0] for text in texts]
    assert set(screen(texts)) <= set(SCREEN_REASONS)


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="../shared/data/benchmarks is absent")
def test_real_reviews_of_phones_are_hardly_ever_set_aside():
    lines = (BENCHMARKS / "uit_visfd.dev.jsonl").read_text(encoding="utf-8").splitlines()
    reasons = screen([json.loads(line)["text"] for line in lines])
    assert sum(reason != "kept" for reason in reasons) < 0.02 * len(reasons)


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="../shared/data/benchmarks is absent")
def test_what_is_set_aside_is_nearly_always_called_spam_by_people():
    lines = (BENCHMARKS / "vispamreviews.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    reasons = screen([row["text"] for row in rows])
    aside = [row["spam"] for row, reason in zip(rows, reasons, strict=True) if reason != "kept"]
    assert len(aside) > 100
    assert sum(aside) > 0.95 * len(aside)
