"""`themes.toml`: what an analyst wants themes to be called, merged, or shown first."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insight.errors import InputError, UsageError, unknown

FILE_NAME = "themes.toml"

EXAMPLE = """\
# Wishes about themes, read by every run. A theme is meant by its name or its id in the report.

# Shown first, in this order.
pin = []

# "name or id" = "the name to show"
[rename]
# "giao hàng chậm" = "Giao chậm hơn hẹn"

# "name of the whole" = ["theme", "theme"], of one touchpoint and sentiment
[merge]
# "Lỗi đăng nhập" = ["không đăng nhập được", "lỗi đăng nhập"]
"""


@dataclass(frozen=True)
class ThemeWishes:
    """The content of a `themes.toml`."""

    names: dict[str, str] = field(default_factory=dict)
    merges: dict[str, list[str]] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)


def read_theme_wishes(path: Path) -> ThemeWishes:
    """Wishes in the file at `path`.

    Raises
    ------
    InputError
        When the file cannot be read or is not TOML.
    UsageError
        When it has a key that is not known or a value of another form.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}. Give the file with your themes."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not TOML in UTF-8: {error}.") from error
    for key in raw:
        if key not in ("rename", "merge", "pin"):
            raise UsageError(f"{path}: {unknown('key', key, ['rename', 'merge', 'pin'])}")
    names, merges, pins = raw.get("rename", {}), raw.get("merge", {}), raw.get("pin", [])
    if not _is_table(names) or not all(isinstance(name, str) and name.strip() for name in names.values()):
        raise UsageError(f'{path}: [rename] wants lines such as "giao hàng chậm" = "Giao chậm hơn hẹn".')
    if not _is_table(merges) or not all(_is_texts(parts) for parts in merges.values()):
        raise UsageError(f'{path}: [merge] wants lines such as "Lỗi đăng nhập" = ["theme", "theme"].')
    if not _is_texts(pins):
        raise UsageError(f'{path}: pin wants a list such as ["giao hàng chậm"], above every [table].')
    return ThemeWishes(names=dict(names), merges=dict(merges), pins=list(pins))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
