"""`insight doctor`: whether everything is in its place."""

from collections.abc import Callable

import typer

from insight.cli.options import Json, Model

_PACKAGES = ("underthesea", "scikit-learn", "pandas", "pyarrow", "skops", "vl-convert-python")


def command(model: Model = "default", json: Json = False) -> None:
    """Check the installation: versions, model, sample, and one review read from start to end."""
    import platform
    from importlib.metadata import version

    from insight.cli.talk import answer, answer_json
    from insight.errors import InsightError

    found = [("python", True, platform.python_version())]
    found += [(package, True, version(package)) for package in _PACKAGES]
    probes: dict[str, Callable[[], str]] = {
        "model": lambda: _model(model),
        "sample": _sample,
        "words": _words,
    }
    for name, probe in probes.items():
        try:
            found.append((name, True, probe()))
        except InsightError as error:
            found.append((name, False, str(error)))
    if json:
        answer_json([{"what": what, "ok": ok, "found": text} for what, ok, text in found])
    else:
        for what, ok, text in found:
            answer(f"{'ok ' if ok else 'BAD'} {what:18}{text}")
    if not all(ok for _, ok, _ in found):
        raise typer.Exit(1)


def _model(name: str) -> str:
    from insight.explanation import explain_text
    from insight.io.models import load_model

    explained = explain_text("Giao hàng quá chậm, nhưng shop tư vấn nhiệt tình", load_model(name), words=1)
    return f"{name}, reads {len(explained['clauses'])} clauses of the test review"


def _sample() -> str:
    from insight.io.corpora import sample_dump
    from insight.io.reviews import inspect_dumps

    layout = inspect_dumps([str(sample_dump())])[0]
    return f"{layout.encoding}, {len(layout.mapping)} columns"


def _words() -> str:
    from insight.text.words import tokenize_words

    return " | ".join(tokenize_words("Giao hàng nhanh, đóng gói cẩn thận"))
