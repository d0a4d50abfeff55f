"""Settings of a call: the file's, with what the command line says on top."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from insight.cli.options import column_overrides
from insight.errors import InputError, UsageError, unknown
from insight.io.settings import apply_settings, read_settings
from insight.settings import Settings
from insight.taxonomy import Language, Taxonomy, default_taxonomy, parse_taxonomy


def load_settings(
    config: Path | None,
    *,
    columns: list[str] | None = None,
    text: str | None = None,
    lang: str | None = None,
    workers: int | None = None,
    seed: int | None = None,
    segments: list[str] | None = None,
    stored: Mapping[str, Any] | None = None,
) -> Settings:
    """Settings from a file, or from those a run was made with, and from the options of a command."""
    settings = read_settings(config) if stored is None else apply_settings(Settings(), stored, "run.json")
    settings = replace(settings, columns={**settings.columns, **column_overrides(columns, text)})
    if lang is not None:
        settings = replace(settings, report=replace(settings.report, language=language(lang)))
    if segments:
        settings = replace(settings, report=replace(settings.report, segments=tuple(segments)))
    if workers is not None:
        settings = replace(settings, engine=replace(settings.engine, workers=workers))
    if seed is not None:
        settings = replace(settings, themes=replace(settings.themes, seed=seed))
    return settings


def language(name: str) -> Language:
    """A language of the report; `UsageError` for another."""
    if name not in ("vi", "en"):
        raise UsageError(unknown("language", name, ("vi", "en")))
    return cast(Language, name)


def load_taxonomy(path: Path | None) -> Taxonomy:
    """Taxonomy from a file, or the one that ships with insight."""
    if path is None:
        return default_taxonomy()
    try:
        return parse_taxonomy(path.read_text(encoding="utf-8-sig"), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
