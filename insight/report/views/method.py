"""Method and limits: what each figure means, how good the model is, and how to get the same again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from insight.report.views.context import Context
from insight.report.views.pieces import Table, cells

_FIGURES = (
    "mention",
    "net",
    "interval",
    "negativity",
    "volume",
    "gap",
    "quadrant",
    "theme",
    "breaks",
    "segments",
)
_LIMITS = ("written", "model", "stage", "cause", "few")


@dataclass(frozen=True)
class Meaning:
    """A figure and what it means."""

    name: str
    text: str


@dataclass(frozen=True)
class MethodView:
    """What the part shows."""

    meanings: list[Meaning]
    limits: list[str]
    measured: str
    tables: list[Table]
    command: str
    settings: str


def view_method(context: Context) -> MethodView:
    """Definitions, measured quality, versions and settings."""
    m, manifest = context.messages, context.analysis.manifest
    model = manifest.get("model") or {}
    figures = model.get("figures") or {}
    measured = m("method.not_measured")
    if figures.get("scores"):
        measured = m("method.measured", n=context.formats.integer(figures.get("n_reviews", 0)))
    return MethodView(
        meanings=[
            Meaning(m(f"method.{key}.name"), m(f"method.{key}.text", min_n=context.min_n)) for key in _FIGURES
        ],
        limits=[m(f"method.limit.{key}") for key in _LIMITS],
        measured=measured,
        tables=[table for table in (*_quality(context, figures), *_run(context, manifest)) if table.rows],
        command=_command(manifest),
        settings="\n".join(_flat(manifest.get("settings") or {})),
    )


def _quality(context: Context, figures: Mapping[str, Any]) -> list[Table]:
    m, formats = context.messages, context.formats
    scores = [
        cells(m(known) if (known := f"score.{name}") in m.catalogue else name, formats.decimal(value, 2))
        for name, value in (figures.get("scores") or {}).items()
    ]
    tables = [Table(m("method.scores"), [m("table.figure"), m("table.value")], scores)]
    names = {"touchpoint": context.touchpoint_names, "pain": context.pain_names}
    for kind, labels in (figures.get("by_label") or {}).items():
        rows = [
            cells(names.get(kind, {}).get(label, label), formats.decimal(f1, 2), formats.integer(n))
            for label, (f1, n) in labels.items()
        ]
        head = [m(f"table.{kind}") if f"table.{kind}" in m.catalogue else kind, "F1", m("table.n")]
        tables.append(Table(m("method.by_label", kind=head[0].lower()), head, rows))
    return tables


def _run(context: Context, manifest: Mapping[str, Any]) -> list[Table]:
    m, model = context.messages, manifest.get("model") or {}
    inputs = [
        cells(context.name(PurePath(str(path)).name), (str(digest) if digest else "–")[:16])
        for path, digest in (manifest.get("inputs") or {}).items()
    ]
    columns = [
        cells(context.name(header), _role(context, role))
        for mapping in (manifest.get("columns") or {}).values()
        for header, role in mapping.items()
    ]
    versions = {
        "insight": manifest.get("insight"),
        m("method.model"): PurePath(str(model.get("name", ""))).name,
    }
    versions |= manifest.get("versions") or {}
    versions[m("method.seed")] = manifest.get("seed")
    return [
        Table(m("method.inputs"), [m("table.file"), "SHA-256"], inputs),
        Table(m("method.columns"), [m("table.column"), m("table.role")], columns),
        Table(m("method.versions"), [m("table.part"), m("table.version")], _pairs(versions)),
    ]


def _role(context: Context, role: str) -> str:
    known = f"column.{role}"
    return context.messages(known) if known in context.messages.catalogue else context.name(role)


def _pairs(values: Mapping[str, Any]) -> list[Any]:
    return [cells(name, str(value)) for name, value in values.items() if value not in (None, "")]


def _command(manifest: Mapping[str, Any]) -> str:
    files = [PurePath(str(path)).name for path in (manifest.get("inputs") or {})]
    quoted = " ".join(f'"{file}"' if " " in file else file for file in files)
    return f"insight run {quoted or 'FILE'} --config insight.toml"


def _flat(settings: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Return settings as lines `name = value`."""
    lines: list[str] = []
    for key, value in settings.items():
        if isinstance(value, Mapping):
            lines += _flat(value, f"{prefix}{key}.")
        else:
            shown = list(value) if isinstance(value, tuple) else value  # JSON gives tuples back as lists
            lines.append(f"{prefix}{key} = {shown}")
    return lines
