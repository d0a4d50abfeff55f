"""The card of a model: what it was trained on, how well it reads, and where it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from insight.report.vega import amount, drawing, layer, these

_SHOWN = ("pain_sent_f1", "pain_point_f1", "overall_f1", "stage_f1", "touchpoint_f1")


def render_card(metadata: Mapping[str, Any], *, name: str) -> str:
    """Model card as Markdown.

    Parameters
    ----------
    metadata : mapping
        `trained_on`, `corpus_sha256`, `seed`, `versions` and `figures`, as `insight train` notes them.
    name : str
        Name of the model.
    """
    environment = Environment(
        loader=PackageLoader("insight.report"),
        autoescape=False,  # noqa: S701 # Markdown, from our own figures alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    figures = metadata["figures"]
    return environment.get_template("model_card.md.jinja").render(
        name=name,
        trained_on=metadata["trained_on"],
        corpus=metadata["corpus_sha256"][:12],
        seed=metadata["seed"],
        versions=", ".join(
            f"{package} {version}" for package, version in sorted(metadata["versions"].items())
        ),
        n_reviews=figures["n_reviews"],
        shown=_SHOWN,
        tables=[
            ("All", {"all": _row(figures["scores"])}),
            ("Domain", {domain: _row(scores) for domain, scores in figures["by_domain"].items()}),
            ("Text style", {style: _row(scores) for style, scores in figures["by_style"].items()}),
        ],
        labels={
            kind: [(label, f"{f1:.3f}", n) for label, (f1, n) in rows.items()]
            for kind, rows in figures["by_label"].items()
        },
        calibration={key.replace("_", " "): f"{value:.3f}" for key, value in figures["calibration"].items()},
    )


def draw_reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """Calibration plot as SVG: accuracy against confidence, the diagonal being perfect."""
    import vl_convert

    points = these([{"confidence": c, "accuracy": a, "n": n} for c, a, n in bins])
    scale = {"domain": [0, 1]}
    at = {
        "x": amount("confidence", scale=scale, title="confidence in the sentiment"),
        "y": amount("accuracy", scale=scale, title="share that is right"),
    }
    corners = {"x": amount("v", scale=scale), "y": amount("v", scale=scale)}
    sized = {**at, "size": amount("n", title="clauses")}
    layers = [
        layer("line", these([{"v": 0}, {"v": 1}]), corners, strokeDash=[4, 4], color="#888888"),
        layer("line", points, at, color="#1f5f99"),
        layer("circle", points, sized, color="#1f5f99", opacity=1),
    ]
    return str(vl_convert.vegalite_to_svg(drawing(layers, width=320, height=320)))


def _row(scores: Mapping[str, float]) -> list[str]:
    return [f"{scores[name]:.3f}" for name in _SHOWN]
