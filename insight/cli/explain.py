"""`insight explain`: why a text gets its labels."""

from typing import Annotated

import typer

from insight.cli.options import Json, Model


def command(
    text: Annotated[str, typer.Argument(help="A review.", show_default=False)],
    model: Model = "default",
    words: Annotated[int, typer.Option("--words", min=1, help="Deciding words to show for each label.")] = 5,
    json: Json = False,
) -> None:
    """Show clauses, labels, probabilities and the words that decided."""
    from insight.cli.talk import answer, answer_json
    from insight.explanation import explain_text
    from insight.io.models import load_model

    explained = explain_text(text, load_model(model), words=words)
    if json:
        answer_json(explained)
        return
    answer(f"overall: {explained['overall']} ({explained['p_overall']:.0%})")
    for clause in explained["clauses"]:
        answer(f"\n“{clause['text']}”")
        if clause["p_mention"] < explained["mention_threshold"]:
            answer(f"  no mention ({1 - clause['p_mention']:.0%})")
            continue
        for head, label in clause["labels"].items():
            deciding = ", ".join(f"{word} {weight:+.2f}" for word, weight in clause["words"][head])
            answer(f"  {head:11}{label['label']} ({label['probability']:.0%})  {deciding}")
