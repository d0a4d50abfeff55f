"""`insight.toml`: options of a run, kept in a file beside the data."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from insight.errors import InputError, UsageError, unknown
from insight.settings import Settings

FILE_NAME = "insight.toml"


def read_settings(path: Path | None = None) -> Settings:
    """Settings from `path`, from `insight.toml` in the working folder, or the defaults.

    Raises
    ------
    InputError
        When `path` does not exist or is not TOML.
    UsageError
        When a table, a key or the type of a value is unknown; the nearest known name is proposed.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.exists():
            return Settings()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}. `insight init` writes one to start from."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML: {error}.") from error
    return apply_settings(Settings(), raw, str(path))


def apply_settings(settings: Settings, raw: Mapping[str, Any], origin: str) -> Settings:
    """`settings` with the values of `raw`, one table for each field.

    Raises
    ------
    UsageError
        When a name or the type of a value is unknown.
    """
    changes: dict[str, Any] = {}
    known = [f.name for f in fields(settings)]
    for table, values in raw.items():
        if table not in known:
            raise UsageError(f"{origin}: {unknown('table', table, known)}")
        current = getattr(settings, table)
        if not isinstance(values, Mapping):
            raise UsageError(f"{origin}: [{table}] is a table of options, not {values!r}.")
        if is_dataclass(current):
            changes[table] = _apply(current, values, f"{origin}, [{table}]")
        else:
            changes[table] = {str(k): str(v) for k, v in values.items()}
    return replace(settings, **changes)


def _apply(station: Any, values: Mapping[str, Any], origin: str) -> Any:
    known = [f.name for f in fields(station)]
    changes = {}
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"{origin}: {unknown('option', key, known)}")
        current = getattr(station, key)
        value = tuple(value) if isinstance(current, tuple) and isinstance(value, list) else value
        value = float(value) if isinstance(current, float) and type(value) is int else value
        if type(value) is not type(current):
            raise UsageError(
                f"{origin}: {key} is {value!r}, but wants {_kind(current)}, such as {_show(current)}."
            )
        changes[key] = value
    return replace(station, **changes)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", tuple: "a list"}
    return kinds[type(value)]


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[]" if value == () else repr(value)


def default_settings_text() -> str:
    """A commented `insight.toml` with every option at its default."""
    lines = ["# Options of `insight run`. Every line shows a default; change what you need.", ""]
    lines += ["[columns]", '# role = "header in your file"', '# text = "noi_dung"', '# stars = "so_sao"', ""]
    for table in fields(Settings):
        station = getattr(Settings(), table.name)
        if not is_dataclass(station):
            continue
        lines.append(f"[{table.name}]")
        lines += [f"# {f.name} = {to_toml(getattr(station, f.name))}" for f in fields(station)]
        lines.append("")
    return "\n".join(lines)


def to_toml(value: Any) -> str:
    """Write one value of a setting as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
