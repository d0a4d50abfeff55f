import pandas as pd
import pytest

from insight.mining.cluster import cluster_mentions
from insight.mining.quote import choose_quotes
from insight.schema import MENTIONS, THEMES
from tests.mining.test_cluster import GOOD, RUDE, SLOW, make_mentions


@pytest.fixture(scope="module")
def quoted() -> tuple[pd.DataFrame, pd.DataFrame]:
    mentions = make_mentions((SLOW * 3 + RUDE * 3, "delivery", "negative"), (GOOD * 3, "product", "positive"))
    clustered, themes = cluster_mentions(mentions, min_size=5, max_themes=12, seed=0)
    return clustered, choose_quotes(clustered, themes)


def one_theme(texts: list[str], name: str = "giao hàng chậm", **columns) -> tuple[pd.DataFrame, pd.DataFrame]:
    mentions = make_mentions((texts, "delivery", "negative")).assign(theme_id="t", **columns)
    theme = {"theme_id": "t", "touchpoint": "delivery", "side": "negative", "name": name, "terms": [name]}
    theme |= {"n": len(texts), "share": 1.0, "is_remainder": False, "quote_ids": []}
    theme |= {"part_names": [], "part_sizes": []}
    return mentions, pd.DataFrame([theme])[THEMES.names]


def quotes(mentions: pd.DataFrame, themes: pd.DataFrame) -> list[str]:
    text = mentions.set_index("mention_id")["text"]
    return [text[i] for i in choose_quotes(mentions, themes)["quote_ids"].iat[0]]


def test_every_theme_has_one_to_five_quotes_of_its_own_mentions(quoted):
    clustered, themes = quoted
    theme_of = clustered.set_index("mention_id")["theme_id"]
    for theme_id, ids in zip(themes["theme_id"], themes["quote_ids"], strict=True):
        assert 1 <= len(ids) <= 5
        assert (theme_of[ids] == theme_id).all()


def test_quotes_are_what_customers_wrote_letter_by_letter():
    texts = [
        "Giao hàng CHẬM quá trời luôn!!",
        "giao hang cham lam shop oi",
        "Giao hàng chậm, 2 tuần mới tới nơi",
    ]
    assert set(quotes(*one_theme(texts))) <= set(texts)


def test_no_two_quotes_are_copies():
    texts = [
        "giao hàng chậm quá trời",
        "Giao hàng chậm quá trời!",
        "GIAO HANG CHAM QUA TROI",
        "đợi hai tuần mới thấy hàng",
    ]
    found = quotes(*one_theme(texts))
    assert len(found) == 2


def test_the_representative_names_the_theme_and_reads_alone():
    texts = ["chậm", "giao hàng chậm hơn hẹn ba ngày", "hàng đi lạc sang tỉnh khác mất một tuần", "chậm quá"]
    assert quotes(*one_theme(texts))[0] == "giao hàng chậm hơn hẹn ba ngày"


def test_a_quote_of_readable_length_goes_before_a_wall_of_text():
    wall = "giao hàng chậm " + "rồi thì là mà shop nói đi nói lại mãi không xong chuyện gì cả " * 6
    assert quotes(*one_theme([wall, "shop này giao hàng chậm quá"]))[0] == "shop này giao hàng chậm quá"


def test_what_the_model_is_unsure_of_comes_last():
    texts = ["shop giao hàng chậm quá", "bên này giao hàng chậm lắm"]
    assert quotes(*one_theme(texts, unsure=[True, False]))[0] == texts[1]


def test_the_order_of_rows_does_not_change_quotes(quoted):
    clustered, themes = quoted
    again = choose_quotes(clustered.sample(frac=1, random_state=5), themes)
    assert again["quote_ids"].tolist() == themes["quote_ids"].tolist()


def test_the_argument_is_left_as_it_was():
    mentions, themes = one_theme(["giao hàng chậm"])
    choose_quotes(mentions, themes)
    assert themes["quote_ids"].iat[0] == []


def test_tables_without_rows_give_no_quote():
    assert choose_quotes(MENTIONS.empty(), THEMES.empty()).empty


def test_a_theme_without_words_is_quoted_too():
    assert quotes(*one_theme(["😡😡", "!!!"], name="ý kiến khác"))
