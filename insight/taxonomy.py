"""Stages, touchpoints, pain categories and departments, read from `taxonomy.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from insight.errors import InputError, UsageError, unknown

Language = Literal["vi", "en"]
SENTIMENTS = ("negative", "neutral", "positive")


@dataclass(frozen=True)
class Label:
    """One id with its names in both languages."""

    id: str
    vi: str
    en: str

    def name(self, language: Language) -> str:
        """Display name in `language`."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True)
class Touchpoint(Label):
    """A touchpoint with its usual stage, its usual pain category and the department that owns it."""

    stage: str
    pain: str
    department: str


@dataclass(frozen=True)
class Taxonomy:
    """The labels of a run, in the order of the customer's journey."""

    stages: tuple[Label, ...]
    pains: tuple[Label, ...]
    touchpoints: tuple[Touchpoint, ...]
    departments: tuple[Label, ...]

    def touchpoint(self, id: str) -> Touchpoint:
        """Touchpoint by id; `UsageError` with the nearest known id when there is none."""
        for touchpoint in self.touchpoints:
            if touchpoint.id == id:
                return touchpoint
        raise UsageError(unknown("touchpoint", id, (t.id for t in self.touchpoints)))


def parse_taxonomy(toml: str, origin: str = "taxonomy.toml") -> Taxonomy:
    """Taxonomy from TOML text.

    Raises
    ------
    InputError
        When the text is not TOML, a key is missing, or a touchpoint names an unknown stage, pain
        category or department.
    """
    try:
        raw = tomllib.loads(toml)
        taxonomy = Taxonomy(
            stages=tuple(Label(**row) for row in raw["stage"]),
            pains=tuple(Label(**row) for row in raw["pain"]),
            touchpoints=tuple(Touchpoint(**row) for row in raw["touchpoint"]),
            departments=tuple(Label(**row) for row in raw["department"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{origin} is not a taxonomy: {error}. It needs the tables stage, pain, department and "
            "touchpoint, each with id, vi and en; `insight init` writes one to start from."
        ) from error
    for touchpoint in taxonomy.touchpoints:
        _check_reference(origin, touchpoint, "stage", touchpoint.stage, taxonomy.stages)
        _check_reference(origin, touchpoint, "pain", touchpoint.pain, taxonomy.pains)
        _check_reference(origin, touchpoint, "department", touchpoint.department, taxonomy.departments)
    return taxonomy


@cache
def default_taxonomy() -> Taxonomy:
    """The taxonomy shipped with the package."""
    return parse_taxonomy(files("insight").joinpath("taxonomy.toml").read_text(encoding="utf-8"))


def _check_reference(
    origin: str, touchpoint: Touchpoint, kind: str, value: str, known: tuple[Label, ...]
) -> None:
    ids = [label.id for label in known]
    if value not in ids:
        raise InputError(f"{origin}, touchpoint {touchpoint.id}: {unknown(kind, value, ids)}")
