"""`insight predict`: labels of reviews, one JSON object a line."""

import json as json_library
from typing import Annotated

import typer

from insight.cli.options import ColumnOverrides, Config, Limit, Model, Sources, Text


def command(
    sources: Sources,
    text: Text = None,
    column: ColumnOverrides = None,
    model: Model = "default",
    config: Config = None,
    limit: Limit = None,
    probabilities: Annotated[
        bool, typer.Option("--probabilities", help="Add probabilities and offsets.")
    ] = False,
) -> None:
    """Write each review with its overall sentiment and its mentions to standard output."""
    from insight.cli.settings import load_settings
    from insight.cli.talk import answer
    from insight.io.models import load_model
    from insight.io.reviews import read_reviews
    from insight.pipeline import label_batch, to_labelled_rows

    settings = load_settings(config, columns=column, text=text)
    loaded = load_model(model)
    for batch in read_reviews(sources, columns=settings.columns, limit=limit):
        if batch.reviews.empty:
            continue
        for row in to_labelled_rows(
            label_batch(batch.reviews, loaded, settings), probabilities=probabilities
        ):
            answer(json_library.dumps(row, ensure_ascii=False))
