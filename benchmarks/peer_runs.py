"""Send jobs to `benchmarks/peers.py`, which runs in an environment of its own, and read its answers.

An environment with BERTopic, and without PyTorch, since the vectors are given:

    python -m venv PEERS
    PEERS/bin/pip install --no-deps bertopic
    PEERS/bin/pip install umap-learn hdbscan scikit-learn pandas plotly tqdm numpy pyyaml
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

_SCRIPT = Path(__file__).with_name("peers.py")

NO_BERTOPIC = "not measured: --peers names no Python that has it"


def run_peers(
    python: str,
    jobs: Sequence[Mapping[str, Any]],
    vectors: Mapping[str, np.ndarray],
    *,
    limit: float | None = None,
) -> list[dict[str, Any]] | None:
    """Answers to `jobs` (see `benchmarks.peers`) from the Python `python`; None after `limit` seconds."""
    with tempfile.TemporaryDirectory(prefix="insight-bench-") as name:
        folder = Path(name)
        (folder / "jobs.json").write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "vectors.npz", **vectors)  # type: ignore[arg-type]
        # Isolated, so that neither this folder nor the project is on the path.
        command = [python, "-I", "-W", "ignore", str(_SCRIPT), name]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=limit)
        except subprocess.TimeoutExpired:
            return None
        answers: list[dict[str, Any]] = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        return answers
