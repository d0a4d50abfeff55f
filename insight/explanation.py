"""Why a text gets its labels: its clauses, their probabilities and the words that decided."""

from typing import Any

import pandas as pd

from insight.estimators.explain import deciding_words
from insight.estimators.model import ReviewModel
from insight.mining.score import score_reviews
from insight.mining.split import split_reviews


def explain_text(text: str, model: ReviewModel, *, words: int) -> dict[str, Any]:
    """Clauses of one review with labels, probabilities and the `words` that decided each label."""
    reviews = pd.DataFrame({"review_id": ["1"], "text": [text]})
    clauses = split_reviews(reviews)
    forms, groups = clauses["clause"].tolist(), clauses["group"].to_numpy()
    said, overall = model.predict(forms, groups, 1)
    scored = score_reviews(reviews, overall)
    explained = []
    for i, written in enumerate(clauses["text"]):
        labels = {head: str(values[i]) for head, values in said.labels.items()}
        deciding = {
            head: deciding_words(model.mentions, forms, groups, i, head, label)[:words]
            for head, label in labels.items()
        }
        explained.append(
            {
                "text": written,
                "p_mention": round(float(said.p_mention[i]), 4),
                "labels": {
                    head: {"label": label, "probability": round(float(said.probability[head][i]), 4)}
                    for head, label in labels.items()
                },
                "words": {
                    head: [(word, round(weight, 3)) for word, weight in found]
                    for head, found in deciding.items()
                },
            }
        )
    return {
        "overall": str(scored["overall"].to_numpy()[0]),
        "p_overall": float(scored["p_overall"].to_numpy()[0]),
        "mention_threshold": model.mention_threshold,
        "clauses": explained,
    }
