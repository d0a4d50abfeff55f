"""Runs of the command line in processes of their own, over dumps of made-up rows."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXTS = [
    "Giao hàng nhanh, máy chạy mượt",
    "Giao hàng chậm. Máy lag quá",
    "nhân viên nhiệt tình, giá rẻ",
    "đóng gói sơ sài, nhắn tin không trả lời",
    "Hàng không giống hình",
    "ok",
]
_COMMAND = "from insight.batch import labelling\nfrom insight.cli.app import main\n{}\nmain()"
_SPREAD = "labelling._FEW_ROWS = 0"
"""Small dumps, too, go to workers."""


def make_rows(count, first=0):
    return [
        (
            number,
            f"{TEXTS[number % len(TEXTS)]} lần {number % 50}",
            1 + number % 5,
            "HN" if number % 2 else "HCM",
        )
        for number in range(first, first + count)
    ]


def write_dump(path, rows):
    lines = ["id,text,stars,region"]
    lines += [f'{number},"{text}",{stars},{region}' for number, text, stars, region in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def tables(folder):
    """SHA-256 of each finished table."""
    return {path.name: _digest(path) for path in folder.glob("*.parquet")}


def products(folder):
    """SHA-256 of each finished table, of the page and of the summaries."""
    return tables(folder) | {
        name: _digest(folder / name) for name in ("report.html", "report.md", "summary.json")
    }


def start(dump, folder, model, *options, batch_rows, spread=True):
    """Begin `insight run`; `spread` gives batches to workers, however few there are."""
    config = folder.with_name(f"{folder.name}.toml")
    config.write_text(f"[engine]\nbatch_rows = {batch_rows}\n")
    command = [sys.executable, "-c", _COMMAND.format(_SPREAD if spread else ""), "run", dump, "-o", folder]
    command += ["--model", model, "--config", config, "--quiet", *options]
    return subprocess.Popen(
        list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def finish(process):
    """Wait for a run to end well."""
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
