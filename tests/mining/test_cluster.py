import pandas as pd
import pytest

from insight.mining.cluster import cluster_mentions
from insight.schema import MENTIONS, THEMES, check
from insight.text.forms import clause_form, clause_key
from insight.text.lexicon import NEGATORS

SLOW = [
    "giao hàng chậm", "giao hàng quá chậm", "shop giao hàng chậm", "giao hang cham", "giao chậm hơn dự kiến",
    "giao hàng rất chậm", "giao hàng chậm lắm", "hàng giao chậm", "giao hàng chậm mất 2 tuần",
]  # fmt: skip
RUDE = [
    "shipper thái độ lồi lõm", "shipper thô lỗ", "anh shipper thô lỗ quá", "shipper có thái độ thô lỗ",
    "thái độ shipper thô lỗ", "shipper nói chuyện thô lỗ", "shipper thô lỗ với khách", "shipper rất thô lỗ",
]  # fmt: skip
DEAD = [
    "máy không lên nguồn", "không lên nguồn", "mua về không lên nguồn", "điện thoại không lên nguồn",
    "không lên nguồn được", "máy mới mà không lên nguồn", "sạc không lên nguồn", "tự nhiên không lên nguồn",
]  # fmt: skip
GOOD = ["tốt", "ok", "tốt", "rất tốt", "ok", "tốt lắm", "ok nha", "tốt"]


def make_mentions(*groups: tuple[list[str], str, str]) -> pd.DataFrame:
    rows = [(text, touchpoint, side) for texts, touchpoint, side in groups for text in texts]
    table = pd.DataFrame(rows, columns=["text", "touchpoint", "sentiment"])
    table["form"] = table["text"].map(clause_form)
    n = len(table)
    table["review_id"] = [f"r{i}" for i in range(n)]
    table["mention_id"] = table["review_id"] + ":1"
    table = table.assign(start=0, end=table["text"].str.len(), stage="purchase", pain="process", score=0.0)
    sure = {f"p_{head}": 0.9 for head in ("stage", "touchpoint", "pain", "sentiment")}
    table = table.assign(unsure=False, theme_id="", **sure)
    return table[MENTIONS.names].astype({"end": "int64"})


@pytest.fixture(scope="module")
def mentions() -> pd.DataFrame:
    return make_mentions(
        (SLOW * 3 + RUDE * 3, "delivery", "negative"),
        (DEAD * 3, "product", "negative"),
        (GOOD * 3, "product", "positive"),
        (["đóng gói sơ sài"], "packaging", "negative"),
    )


def cluster(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return cluster_mentions(table, min_size=5, max_themes=12, seed=0)


def theme_of(clustered: pd.DataFrame) -> dict[str, str]:
    return dict(zip(clustered["mention_id"], clustered["theme_id"], strict=True))


def test_every_mention_is_in_a_theme_and_sizes_add_up(mentions):
    clustered, themes = cluster(mentions)
    check(themes, THEMES)
    assert (clustered["theme_id"] != "").all()
    assert clustered["theme_id"].value_counts().to_dict() == dict(
        zip(themes["theme_id"], themes["n"], strict=True)
    )
    assert themes.groupby(["touchpoint", "side"])["share"].sum().round(9).eq(1).all()


def test_themes_part_what_customers_complain_about(mentions):
    clustered, themes = cluster(mentions)
    delivery = clustered[clustered["touchpoint"] == "delivery"]
    slow = set(delivery.loc[delivery["text"].isin(SLOW), "theme_id"])
    rude = set(delivery.loc[delivery["text"].isin(RUDE), "theme_id"])
    assert slow
    assert rude
    assert not slow & rude
    name_of = themes.set_index("theme_id")["name"].str.lower()
    assert any("chậm" in name_of[i] for i in slow)
    assert any("thô lỗ" in name_of[i] for i in rude)


def test_the_order_of_rows_changes_nothing(mentions):
    clustered, themes = cluster(mentions)
    shuffled = mentions.sample(frac=1, random_state=3)
    again, themes_again = cluster(shuffled)
    assert theme_of(clustered) == theme_of(again)
    assert again.index.tolist() == shuffled.index.tolist()
    pd.testing.assert_frame_equal(themes, themes_again)


def test_a_second_run_gives_the_same(mentions):
    first, second = cluster(mentions), cluster(mentions)
    pd.testing.assert_frame_equal(first[0], second[0])
    pd.testing.assert_frame_equal(first[1], second[1])


def test_the_argument_is_left_as_it_was(mentions):
    before = mentions.copy()
    cluster(mentions)
    pd.testing.assert_frame_equal(mentions, before)


def test_texts_that_differ_in_case_spelling_and_diacritics_share_a_theme(mentions):
    variants = ["giao hàng chậm", "Giao Hàng CHẬM!!", "giao hang cham", "giao  hàng chậm 😡"]
    more = make_mentions((variants, "delivery", "negative"))
    clustered, _ = cluster(pd.concat([mentions, more], ignore_index=True))
    assert clustered.tail(len(variants))["theme_id"].nunique() == 1


def test_names_have_diacritics_although_most_customers_left_them_out():
    bare = ["giao hang cham"] * 9 + ["giao hàng chậm"] * 3
    _, themes = cluster(make_mentions((bare, "delivery", "negative")))
    assert themes["name"].tolist() == ["Giao hàng chậm"]


def test_names_are_never_empty_and_unique(mentions):
    _, themes = cluster(mentions)
    assert themes["name"].str.strip().ne("").all()
    assert themes["name"].str.casefold().is_unique
    assert themes["theme_id"].is_unique


def test_equal_words_under_two_touchpoints_get_two_names():
    table = make_mentions((["quá tệ"] * 8, "product", "negative"), (["quá tệ"] * 6, "delivery", "negative"))
    _, themes = cluster(table)
    assert themes["name"].str.casefold().nunique() == 2
    assert themes["name"].str.startswith("Tệ").all()


def test_a_negator_stays_in_the_name(mentions):
    _, themes = cluster(mentions)
    name = themes.loc[(themes["touchpoint"] == "product") & (themes["side"] == "negative"), "name"].iat[0]
    assert "không lên nguồn" in name.lower()
    assert NEGATORS & set(name.lower().split())


def test_one_word_mentions_make_themes_of_their_own_and_no_remainder(mentions):
    _, themes = cluster(mentions)
    praise = themes[(themes["touchpoint"] == "product") & (themes["side"] == "positive")]
    assert not praise["is_remainder"].any()
    assert praise["name"].str.lower().str.contains("tốt|ok").any()


def test_remainders_hold_at_most_a_tenth():
    noise = ["xyz abc", "hmm thế à", "chán đời", "mai đi chơi", "con mèo nhà tôi", "ngày mưa to"]
    _, themes = cluster(make_mentions((SLOW * 5 + RUDE * 5 + noise, "delivery", "negative")))
    assert themes.loc[themes["is_remainder"], "n"].sum() <= 0.1 * themes["n"].sum()


def test_a_single_mention_is_a_theme_named_after_it(mentions):
    _, themes = cluster(mentions)
    packaging = themes[themes["touchpoint"] == "packaging"]
    assert packaging["n"].tolist() == [1]
    assert packaging["name"].str.lower().iat[0] in "đóng gói sơ sài"


@pytest.mark.parametrize("text", ["", "😡😡😡", "!!!", "12345", "và", "http://a.vn", "ạ ạ ạ", "\n"])
def test_odd_texts_neither_crash_nor_go_unnamed(text):
    clustered, themes = cluster(
        make_mentions(([text] * 6, "overall", "neutral"), (SLOW, "delivery", "negative"))
    )
    assert (clustered["theme_id"] != "").all()
    assert themes["name"].str.strip().ne("").all()


def test_a_table_without_rows_gives_tables_without_rows(mentions):
    clustered, themes = cluster(mentions.iloc[:0])
    assert clustered.empty
    assert themes.empty
    check(clustered, MENTIONS)
    check(themes, THEMES)


def test_no_theme_is_smaller_than_asked_where_there_are_enough_mentions(mentions):
    _, themes = cluster_mentions(mentions, min_size=8, max_themes=12, seed=0)
    total = themes.groupby(["touchpoint", "side"])["n"].transform("sum")
    assert (themes.loc[(total >= 16) & ~themes["is_remainder"].astype(bool), "n"] >= 8).all()


def test_no_more_themes_than_asked(mentions):
    _, themes = cluster_mentions(mentions, min_size=2, max_themes=2, seed=0)
    named = themes[~themes["is_remainder"].astype(bool)]
    assert named.groupby(["touchpoint", "side"]).size().max() <= 2


def test_ids_come_from_content_so_another_touchpoint_does_not_change_them(mentions):
    _, themes = cluster(mentions)
    alone = mentions[mentions["touchpoint"] == "delivery"]
    _, of_delivery = cluster(alone)
    assert set(of_delivery["theme_id"]) & set(themes["theme_id"])


def test_a_form_is_blind_to_case_spacing_and_punctuation():
    assert clause_form("Giao   HÀNG, nhanh!") == "giao hàng , nhanh"
    assert clause_key("giao hàng , nhanh") == "giao hang nhanh"


def test_emoji_and_links_alone_are_named_as_what_they_are():
    _, themes = cluster(make_mentions((["👍👍"] * 6, "overall", "positive"), (SLOW, "delivery", "negative")))
    assert "Chỉ có biểu tượng hoặc liên kết" in themes["name"].tolist()


def test_a_large_theme_is_shown_with_its_parts():
    tails = ("quá", "luôn", "thật", "ghê", "nha", "á", "rồi")
    lots = [f"{text} {tail}" for text in SLOW + RUDE for tail in tails]
    _, themes = cluster_mentions(
        make_mentions((lots * 2, "delivery", "negative")), min_size=5, max_themes=1, seed=0
    )
    whole = themes.iloc[0]
    assert len(whole["part_names"]) == len(whole["part_sizes"]) >= 2
    assert sum(whole["part_sizes"]) <= whole["n"]
    assert whole["name"] not in whole["part_names"]


def test_a_small_theme_has_no_parts(mentions):
    _, themes = cluster(mentions)
    assert all(names == [] for names in themes["part_names"])
