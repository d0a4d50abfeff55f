"""A dump, labelled as a run labels it, before its themes are looked for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from insight.io.models import load_model
from insight.io.reviews import read_reviews
from insight.pipeline import label_batch
from insight.settings import Settings


def kept_mentions(dump: Path, rows: int | None = None) -> pd.DataFrame:
    """Mentions (`schema.MENTIONS`) of the first `rows` reviews of a dump that the screen keeps."""
    model, settings = load_model(), Settings()
    parts = []
    for batch in read_reviews([str(dump)], columns=settings.columns, limit=rows):
        if batch.reviews.empty:
            continue
        labelled = label_batch(batch.reviews, model, settings)
        kept = labelled.reviews.loc[labelled.reviews["screen"] == "kept", "review_id"]
        parts.append(labelled.mentions[labelled.mentions["review_id"].isin(kept)])
    return pd.concat(parts, ignore_index=True)
