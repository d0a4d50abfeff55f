"""Time and peak memory of whole runs of two sizes.

    python -m benchmarks.scale reviews.csv --sizes 200000 1000000

Prints one JSON object: seconds and the peak of the memory of all processes together for each size, the parts
of the time, and how much more the largest takes than the smallest.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.perturbed import write_perturbed
from benchmarks.run_speed import run_once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000, 1_000_000])
    options = parser.parse_args()
    runs: dict[int, dict[str, Any]] = {}
    for size in sorted(options.sizes):
        with tempfile.TemporaryDirectory(prefix="insight-bench-") as folder:
            dump = Path(folder) / "perturbed.csv"
            about = write_perturbed(options.dump, dump, size)
            runs[size] = {**about, **run_once(dump, Path(folder))}
    small, large = runs[min(runs)], runs[max(runs)]
    ratios = {
        "time_ratio": round(large["seconds"] / small["seconds"], 2),
        "memory_ratio": round(large["peak_mb"] / small["peak_mb"], 2),
    }
    print(json.dumps({"runs": list(runs.values()), **ratios}, indent=1))


if __name__ == "__main__":
    main()
