"""A whole run against the naive script, two workers against one, and Dask against the local engine.

    python -m benchmarks.run_speed reviews.csv --rows 200000

The reviews are perturbed copies of a dump (see `perturbed`). The naive script is measured on a sample before
and after the run, and the ratio is taken over the mean, since a shared machine changes its speed. Prints one
JSON object.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measured import run_insight
from benchmarks.naive import time_naive
from benchmarks.perturbed import write_perturbed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--naive-rows", type=int, default=750, help="rows of each naive sample")
    parser.add_argument("--only", choices=("run", "workers", "engines"), help="measure one thing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="insight-bench-") as folder:
        dump = Path(folder) / "perturbed.csv"
        result: dict[str, Any] = write_perturbed(options.dump, dump, options.rows)
        measures = {"run": against_naive, "workers": two_workers, "engines": dask_engine}
        for name, measure in measures.items():
            if options.only in (None, name):
                result[name] = measure(dump, Path(folder), options.rows, options.naive_rows)
    print(json.dumps(result, indent=1))


def against_naive(dump: Path, folder: Path, rows: int, sample: int) -> dict[str, Any]:
    before = time_naive(dump, "text", sample)
    whole = run_once(dump, folder)
    after = time_naive(dump, "text", sample)
    naive = (before["reviews_per_second"] + after["reviews_per_second"]) / 2
    timings = whole.pop("timings")
    return {
        **whole,
        "timings": timings,
        "reviews_per_second": round(rows / whole["seconds"], 1),
        "naive_reviews_per_second": naive,
        "ratio": round(rows / whole["seconds"] / naive, 1),
        "labelling_ratio": round(rows / timings["label"] / naive, 1),
    }


def two_workers(dump: Path, folder: Path, _rows: int, _sample: int) -> dict[str, Any]:
    """Ratio of the seconds to labels of one worker and of two, twice in turn."""
    one, two = [], []
    for _ in range(2):
        one.append(run_once(dump, folder, "--workers", "1")["timings"]["label"])
        two.append(run_once(dump, folder, "--workers", "2")["timings"]["label"])
    return {"one_worker_s": one, "two_workers_s": two, "ratio": round(sum(one) / sum(two), 2)}


def dask_engine(dump: Path, folder: Path, _rows: int, _sample: int) -> dict[str, Any]:
    """Ratio of the seconds to labels of Dask and the local engine, two workers each, twice in turn."""
    local, dask = [], []
    for _ in range(2):
        local.append(run_once(dump, folder, "--workers", "2")["timings"]["label"])
        dask.append(run_once(dump, folder, "--workers", "2", "--engine", "dask")["timings"]["label"])
    return {"local_s": local, "dask_s": dask, "ratio": round(sum(dask) / sum(local), 2)}


def run_once(dump: Path, folder: Path, *options: str) -> dict[str, Any]:
    output = folder / "run"
    measured: dict[str, Any] = dict(run_insight("run", dump, "-o", output, "--force", "--quiet", *options))
    manifest = json.loads((output / "run.json").read_text(encoding="utf-8"))
    return {**measured, "timings": manifest["timings"]}


if __name__ == "__main__":
    main()
