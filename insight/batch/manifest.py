"""`run.json`: what was read, with what, and what came of it."""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from insight import __version__

if TYPE_CHECKING:
    from insight.batch.request import Request
    from insight.io.parts import Parts
    from insight.io.reviews import DumpLayout

_VERSIONED = ("underthesea", "scikit-learn", "pandas", "numpy", "scipy", "pyarrow")
_COUNTED = ("rejected", "problems")


def describe_run(
    request: Request,
    parts: Parts,
    layouts: Sequence[DumpLayout],
    model: Mapping[str, Any],
    fingerprint: Mapping[str, Any],
) -> dict[str, Any]:
    """Describe a run whose parts are complete.

    Parameters
    ----------
    request : Request
        What was asked for.
    parts : Parts
        What was read and labelled.
    layouts : sequence of DumpLayout
        How the dumps were read.
    model : mapping
        Metadata of the model.
    fingerprint : mapping
        See `insight.batch.request.fingerprint`.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}
    totals: Counter[str] = Counter()
    for facts in parts.facts():
        totals.update(
            {name: facts.get(name, 0) for name in ("read", "kept", "mentions", "carried", "unchanged")}
        )
        for name in _COUNTED:
            counts[name].update(facts[name])
    since = {"run": str(request.since), "carried": totals["carried"], "unchanged": totals["unchanged"]}
    return {
        "insight": __version__,
        "rows": {"read": totals["read"], "kept": totals["kept"], "rejected": dict(counts["rejected"])},
        "problems": dict(counts["problems"]),
        "columns": {
            layout.path: {m.header: m.role or "segment" for m in layout.mapping} for layout in layouts
        },
        "inputs": fingerprint["inputs"],
        "encodings": {layout.path: layout.encoding for layout in layouts},
        "model": {
            "name": request.model,
            **{key: model.get(key) for key in ("trained_on", "corpus_sha256", "figures")},
        },
        "settings": asdict(request.settings),
        "seed": request.settings.themes.seed,
        "limit": request.limit,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _VERSIONED}},
        "mentions": totals["mentions"],
        "request": dict(fingerprint),
        **({"since": since} if request.since else {}),
    }


class Clock:
    """Seconds spent in each part of a run."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note the seconds since the last lap under `name`."""
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 3)
        self._last = now
