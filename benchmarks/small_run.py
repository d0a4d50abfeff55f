"""A run over a thousand reviews, start to report, against the bare import of what it is built on.

    python -m benchmarks.small_run reviews.csv

The reviews are perturbed copies of a dump (see `perturbed`). Both are started in turn, five times, and the
medians compared. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import run_insight, run_measured
from benchmarks.perturbed import write_perturbed

_ROWS = 1_000
_TIMES = 5
_IMPORT = "import pandas, sklearn, underthesea"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", type=Path)
    options = parser.parse_args()
    runs, imports = [], []
    with tempfile.TemporaryDirectory(prefix="insight-bench-") as folder:
        dump, output = Path(folder) / "perturbed.csv", Path(folder) / "run"
        about = write_perturbed(options.dump, dump, _ROWS)
        for _ in range(_TIMES):
            imports.append(run_measured([sys.executable, "-c", _IMPORT])["seconds"])
            runs.append(run_insight("run", dump, "-o", output, "--force", "--quiet")["seconds"])
    run, bare = statistics.median(runs), statistics.median(imports)
    print(json.dumps({**about, "run_s": runs, "import_s": imports, "ratio": round(run / bare, 2)}, indent=1))


if __name__ == "__main__":
    main()
