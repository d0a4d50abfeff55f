"""`insight evaluate`: how well a model reads labelled reviews."""

from pathlib import Path
from typing import Annotated

import typer

from insight.cli.options import Json, Model


def command(
    corpus: Annotated[
        Path, typer.Argument(help="Labelled reviews: a .jsonl file or a folder.", show_default=False)
    ],
    model: Model = "default",
    json: Json = False,
) -> None:
    """Print the figures of a model per label, domain and text style."""
    from insight.cli.talk import answer, answer_json
    from insight.evaluation import evaluate_model
    from insight.io.corpora import read_corpus
    from insight.io.models import load_model

    figures = evaluate_model(load_model(model), read_corpus(corpus))
    if json:
        answer_json(figures.as_dict())
        return
    answer(figures.as_text())
