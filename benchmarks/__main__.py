"""Run the benchmarks one after the other and write what they print to `docs/benchmarks.md`.

    python -m benchmarks --dump reviews.csv --column text --public FOLDER --gold reviews.jsonl

The dump is any CSV of reviews; FOLDER holds public benchmarks (see `benchmarks.screening` and
`benchmarks.themes`), reviews.jsonl labelled reviews. What is not given, or not there, is left out and said.
`--only "Whole run" Scale` measures these sections anew and leaves the others as they are.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

_TARGET = Path("docs/benchmarks.md")
_OTHERS = [
    Path("../shared/data/dumps/google_play_banking.csv"),
    Path("../shared/data/dumps/shopee_exportcomments.xlsx"),
]
_VERSIONS = ("underthesea", "scikit-learn", "numpy", "scipy", "pandas", "pyarrow")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dump", type=Path, default=Path("../shared/data/dumps/hasaki_reviews.csv"))
    parser.add_argument("--column", default="noi_dung_binh_luan")
    parser.add_argument("--others", type=Path, nargs="*", default=_OTHERS, help="further dumps, for themes")
    parser.add_argument("--public", type=Path, default=Path("../shared/data/benchmarks"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"))
    parser.add_argument("--rows", type=int, default=200_000, help="reviews of the whole-run benchmarks")
    parser.add_argument("--peers", help="a Python that has BERTopic, see benchmarks.peer_runs")
    parser.add_argument("--only", nargs="+", help="titles of sections to measure; the others stay")
    options = parser.parse_args()
    known = _read_sections()
    sections = []
    for title, needed, arguments in _plan(options):
        if options.only and title not in options.only and title in known:
            sections.append(known[title])
        else:
            sections.append(_section(title, needed, arguments))
    _TARGET.write_text("\n".join([_head(), *sections]), encoding="utf-8")
    print(_TARGET)


def _plan(options: argparse.Namespace) -> list[tuple[str, Path, list[str]]]:
    """Title, what must be there, and command of each section."""
    dump, public, rows = str(options.dump), str(options.public), str(options.rows)
    dumps = [dump, *map(str, options.others)]
    peers = ["--peers", options.peers, "--peer-limit", "240"] if options.peers else []
    return [
        ("Segmentation", options.dump, ["segmentation", dump, "--column", options.column, "--texts", "5000"]),
        ("Labels", options.dump, ["predicting", dump, "--column", options.column]),
        ("Whole run", options.dump, ["run_speed", dump, "--rows", rows]),
        ("Small run", options.dump, ["small_run", dump]),
        ("Scale", options.dump, ["scale", dump, "--sizes", rows, str(5 * options.rows)]),
        ("Screening", options.public, ["screening", public, "--gold", str(options.gold)]),
        ("Themes", options.public, ["themes", public, "--dumps", *dumps[:2], "--rows", "8000", *peers]),
        ("Stability", options.dump, ["stability", *dumps]),
        ("Learning curve", options.gold, ["learning_curve", str(options.gold)]),
    ]


def _read_sections() -> dict[str, str]:
    """Title -> text of the sections measured before."""
    if not _TARGET.exists():
        return {}
    parts = _TARGET.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.split("\n", 1)[0]: f"## {part}" for part in parts}


def _head() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`. Speeds are ratios within one run on one machine; seconds are for scale.\n\n"
        f"{date.today():%Y-%m-%d}, {platform.machine()}, {_cores()} cores, "
        f"Python {platform.python_version()}, {versions}.\n"
    )


def _cores() -> int:
    from insight.engine.local import available_workers

    return available_workers()


def _section(title: str, needed: Path, arguments: list[str]) -> str:
    shown = " ".join(Path(a).name if "/" in a else a for a in arguments[1:])
    head = f"## {title}\n\n`python -m benchmarks.{arguments[0]} {shown}`\n"
    if not needed.exists():
        return f"{head}\nNot measured: the data is not there.\n"
    print(title, file=sys.stderr)
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.{arguments[0]}", *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        return f"{head}\nFailed: {done.stderr.strip().splitlines()[-1]}\n"
    printed = json.dumps(json.loads(done.stdout), ensure_ascii=False, indent=1)
    return f"{head}\n```json\n{printed}\n```\n"


if __name__ == "__main__":
    main()
