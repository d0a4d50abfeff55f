"""Files that are written whole: a reader meets the old file or the new one, never half of it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON object."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    replace_file(path, (text + "\n").encode())


def write_text(path: Path, text: str) -> None:
    """Write a text file, UTF-8."""
    replace_file(path, text.encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def replace_file(path: Path, content: bytes) -> None:
    """Put a file of `content` in the place of `path`."""
    temporary = temporary_of(path)
    temporary.write_bytes(content)
    temporary.replace(path)


def temporary_of(path: Path) -> Path:
    """Where a file is written before it takes its place; beside it, so that the move is atomic."""
    return path.with_name(f".{path.name}.{os.getpid()}")
