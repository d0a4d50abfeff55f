"""`insight train`: a model from labelled reviews."""

from pathlib import Path
from typing import Annotated

import typer

from insight.cli.options import Quiet


def command(
    corpus: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Labelled reviews: .jsonl files or folders; the shipped corpus by default.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")] = Path(
        "models/mine"
    ),
    with_default: Annotated[
        bool, typer.Option("--with-default", help="Train on the shipped corpus as well.")
    ] = False,
    holdout: Annotated[
        Path | None,
        typer.Option(
            "--holdout", help="Labelled reviews to measure on; never trained on.", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the solvers.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write over an earlier model.")] = False,
    quiet: Quiet = False,
) -> None:
    """Train a model; the same corpus and seed give the same bytes."""
    from insight.cli.talk import answer, say
    from insight.errors import InputError
    from insight.evaluation import evaluate_model
    from insight.io.corpora import default_corpus, default_holdout, read_corpus
    from insight.io.files import write_text
    from insight.io.models import save_model
    from insight.report.model_card import draw_reliability, render_card
    from insight.training import describe_corpus, train_model

    if output.exists() and any(output.iterdir()) and not force:
        raise InputError(
            f"{output} is not empty. Choose another folder with -o, or write over it with --force."
        )
    paths = list(corpus or [])
    if with_default or not paths:
        paths.append(default_corpus())
    reviews = [review for path in paths for review in read_corpus(path)]
    say(f"Training on {len(reviews)} reviews.", quiet=quiet)
    model = train_model(reviews, seed=seed)
    held = read_corpus(holdout or default_holdout())
    model.metadata.update(
        **describe_corpus(reviews, seed=seed), figures=evaluate_model(model, held).as_dict()
    )
    save_model(model, output)
    write_text(output / "README.md", render_card(model.metadata, name=output.name))
    write_text(output / "calibration.svg", draw_reliability(model.metadata["figures"]["reliability"]))
    say(
        f"pain_sent_f1 {model.metadata['figures']['scores']['pain_sent_f1']:.3f} "
        f"on {len(held)} held-out reviews.",
        quiet=quiet,
    )
    answer(str(output))
