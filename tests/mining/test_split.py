import pandas as pd

from insight.mining.split import split_reviews


def test_the_table_quotes_the_raw_text_under_the_id_of_the_review():
    table = split_reviews(pd.DataFrame({"review_id": ["x", "y"], "text": ["!!!", "Giao NHANH. Giá đắt"]}))
    assert table["review_id"].tolist() == ["y", "y"]
    assert table["text"].tolist() == ["Giao NHANH", "Giá đắt"]
    assert table["clause"].tolist() == ["giao nhanh", "giá đắt"]
