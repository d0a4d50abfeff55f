import pandas as pd

from insight.mining.actions import assign_actions
from insight.taxonomy import default_taxonomy


def themes(*rows):
    columns = ["theme_id", "touchpoint", "side", "n", "is_remainder", "quote_ids"]
    return pd.DataFrame(rows, columns=columns).assign(name="x", terms="", share=0.1)


def test_complaints_go_to_the_owner_of_their_touchpoint_largest_first():
    table = assign_actions(
        themes(
            ("t1", "delivery", "negative", 5, False, ["r1:1", "r2:1"]),
            ("t2", "packaging", "negative", 9, False, ["r3:1"]),
            ("t3", "product", "positive", 50, False, ["r4:1"]),
            ("t4", "delivery", "negative", 99, True, []),
        ),
        20,
        default_taxonomy(),
    )
    assert table["theme_id"].tolist() == ["t2", "t1"]
    assert table["rank"].tolist() == [1, 2]
    assert set(table["department"]) == {"logistics"}
    assert table["share"].tolist() == [0.45, 0.25]
    assert table["quote_id"].tolist() == ["r3:1", "r1:1"]
