import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from insight.io.rows import StoredRows
from tests.mining.tables import mentions_table, reviews_table

SAID = [("r0", "delivery", "negative"), ("r0", "staff", "positive"), ("r2", "staff", "positive")]


def stored(table: pd.DataFrame, rows_a_group: int) -> pq.ParquetFile:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), sink, row_group_size=rows_a_group)
    return pq.ParquetFile(pa.BufferReader(sink.getvalue()))


def rows_of(reviews, mentions, rows_a_group=2):
    return StoredRows(stored(reviews, rows_a_group), stored(mentions, rows_a_group))


def test_what_is_counted_holds_no_text_and_no_id():
    counted = rows_of(reviews_table(3, brand="A"), mentions_table(*SAID)).counted()
    assert set(counted.reviews) == {"screen", "overall", "brand"}
    assert not {"text", "form", "mention_id"} & set(counted.mentions)
    for table in (counted.reviews, counted.mentions):
        assert all(pd.api.types.is_numeric_dtype(t) or t == "category" for t in table.dtypes)


@pytest.mark.parametrize("rows_a_group", [1, 2, 100])
def test_a_mention_knows_the_number_of_its_review(rows_a_group):
    many = [(f"r{i}", "staff", "positive") for i in range(0, 200, 3)]
    mentions = rows_of(reviews_table(200), mentions_table(*many), rows_a_group).counted().mentions
    assert mentions["review_id"].tolist() == list(range(0, 200, 3))


def test_a_mention_finds_its_review_also_where_the_tables_are_in_another_order():
    far = [(f"r{i}", "staff", "positive") for i in (150, 3, 199, 0)]
    mentions = rows_of(reviews_table(200), mentions_table(*far), 1).counted().mentions
    assert mentions["review_id"].tolist() == [150, 3, 199, 0]


def test_mentions_of_reviews_that_are_set_aside_or_missing_are_not_counted():
    reviews = reviews_table(3, screen=["spam", "kept", "kept"])
    counted = rows_of(reviews, mentions_table(*SAID, ("r9", "staff", "positive"))).counted()
    assert counted.mentions.index.tolist() == [2]
    assert counted.mentions["review_id"].tolist() == [2]


def test_labels_are_in_order_and_values_of_segments_as_they_come():
    reviews = reviews_table(3, brand=["B", "C", "A"])
    counted = rows_of(reviews, mentions_table(*reversed(SAID))).counted()
    assert counted.mentions["touchpoint"].cat.categories.tolist() == ["delivery", "staff"]
    assert counted.reviews["brand"].cat.categories.tolist() == ["B", "C", "A"]


def test_rows_are_looked_up_by_number_with_the_columns_that_exist():
    rows = rows_of(reviews_table(5), mentions_table(*SAID))
    found = pd.concat(rows.reviews(np.array([0, 3, 4]), ["review_id", "brand"]))
    assert found.index.tolist() == [0, 3, 4]
    assert found.to_dict("list") == {"review_id": ["r0", "r3", "r4"]}
    assert not list(rows.mentions(np.array([], dtype=np.int64)))


def test_mentions_are_found_by_their_ids():
    rows = rows_of(reviews_table(3), mentions_table(*SAID))
    assert rows.mention_numbers({"r2:1", "r0:2", "nobody"}).tolist() == [1, 2]
