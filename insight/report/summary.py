"""The aggregates of a run as plain values, for `summary.json`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from insight.report.views.context import records

if TYPE_CHECKING:
    import pandas as pd

    from insight.analysis import Analysis
    from insight.taxonomy import Label

SCHEMA_VERSION = 1
"""Raised when a field is renamed, removed or changes its meaning; new fields may be added without."""

_TABLES = ("journey", "pains", "breaks", "drivers", "themes", "trends", "segments", "actions")
_MANIFEST = ("insight", "rows", "inputs", "seed", "versions")


def as_summary(analysis: Analysis) -> dict[str, Any]:
    """Return counts, names and every aggregate; missing figures are None, dates are ISO days."""
    quality = analysis.quality
    stages = analysis.journey[(analysis.journey["segment"] == "") & (analysis.journey["level"] == "stage")]
    kept = int(quality.screened.get("kept", 0))
    return {
        "schema_version": SCHEMA_VERSION,
        "run": {key: _plain(analysis.manifest.get(key)) for key in _MANIFEST},
        "model": _plain(analysis.manifest.get("model") or {}),
        "totals": {
            "reviews": kept,
            "mentions": int(stages["n"].sum()),
            **{side: int(stages[side].sum()) for side in ("positive", "neutral", "negative")},
        },
        "names": _names(analysis),
        **{name: _table(getattr(analysis, name)) for name in _TABLES},
        "quality": {
            key: _plain(getattr(quality, key))
            for key in (
                "screened",
                "mentions_per_review",
                "without_mention",
                "unsure",
                "mean_confidence",
                "with_stars",
                "n_mismatched",
                "coverage",
            )
        },
    }


def _names(analysis: Analysis) -> dict[str, dict[str, dict[str, str]]]:
    taxonomy = analysis.taxonomy
    labels: dict[str, tuple[Label, ...]] = {
        "stages": taxonomy.stages,
        "touchpoints": taxonomy.touchpoints,
        "pains": taxonomy.pains,
        "departments": taxonomy.departments,
    }
    return {
        kind: {label.id: {"vi": label.vi, "en": label.en} for label in some} for kind, some in labels.items()
    }


def _table(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in records(table)]


def _plain(value: Any) -> Any:
    """Python's own types, so that any JSON writer takes them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple) or (
        hasattr(value, "ndim") and value.ndim
    ):  # Parquet gives lists back as arrays
        return [_plain(inner) for inner in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    if value is None or value != value:
        return None
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return None if math.isinf(value) else round(value, 6)
    return value
