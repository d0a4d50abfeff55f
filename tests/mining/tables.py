"""Small tables for the stations' tests."""

import pandas as pd

from insight.schema import MENTIONS
from insight.taxonomy import default_taxonomy

_USUAL = {t.id: (t.stage, t.pain) for t in default_taxonomy().touchpoints}


def mentions_table(*rows: tuple[str, str, str], **columns: object) -> pd.DataFrame:
    """Mentions from (review id, touchpoint, sentiment), labelled as the touchpoint usually is."""
    table = pd.DataFrame(rows, columns=["review_id", "touchpoint", "sentiment"])
    number = table.groupby("review_id").cumcount() + 1
    usual = [_USUAL[touchpoint] for touchpoint in table["touchpoint"]]
    table = table.assign(
        mention_id=table["review_id"] + ":" + number.astype(str),
        text="một câu",
        form="một câu",
        start=0,
        end=7,
        stage=[stage for stage, _ in usual],
        pain=[pain for _, pain in usual],
        **{f"p_{label}": 0.9 for label in ("stage", "touchpoint", "pain", "sentiment")},
        score=0.0,
        unsure=False,
        theme_id="",
    )
    return table.assign(**columns)[MENTIONS.names]


def reviews_table(n: int, **columns: object) -> pd.DataFrame:
    """`n` kept reviews r0, r1, ... with further columns."""
    ids = [f"r{i}" for i in range(n)]
    return pd.DataFrame({"review_id": ids, "text": "một câu", "screen": "kept", "overall": "positive",
                         "p_overall": 0.9, "score": 0.9}).assign(**columns)  # fmt: skip
