"""Whether the page of a run says what its tables say: all is computed anew and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from insight import __version__
from insight.batch import rebuild
from insight.errors import InputError
from insight.io.runs import RunFolder
from insight.io.settings import apply_settings
from insight.report import render_page
from insight.report.figures import Figure, read_figures, read_language
from insight.settings import Settings

if TYPE_CHECKING:
    from insight.analysis import Analysis
    from insight.taxonomy import Language, Taxonomy

PAGE = "report.html"
_UNSEEN = "outside of what a reader sees"


@dataclass(frozen=True)
class Difference:
    """One place where what is written is not what was computed.

    Attributes
    ----------
    file, place : str
        Where it stands.
    shown, computed : str
        What is written, and what the tables give; empty for something that is missing.
    """

    file: str
    place: str
    shown: str
    computed: str

    @property
    def is_figure(self) -> bool:
        """Whether a number is at odds, and not only words."""
        return any(character.isdigit() for character in self.shown + self.computed)


@dataclass(frozen=True)
class Verification:
    """What was found.

    Attributes
    ----------
    n_figures : int
        Places of the page with a number in them, all of them computed anew.
    differences : tuple of Difference
        Where page, tables and manifest are at odds: what a reader reads first, then drawings.
    tables : mapping of str to {'same', 'changed', 'not noted'}
        Each table against the SHA-256 that `run.json` noted when it was written.
    version : str
        Version that made the run.
    """

    n_figures: int
    differences: tuple[Difference, ...]
    tables: Mapping[str, Literal["same", "changed", "not noted"]]
    version: str

    @property
    def is_sound(self) -> bool:
        """Whether nothing is at odds."""
        return not self.differences and "changed" not in self.tables.values()

    @property
    def is_other_version(self) -> bool:
        """Whether another version made the run, so that its page may differ with no one's doing."""
        return self.version != __version__


def verify_run(path: Path, taxonomy: Taxonomy, *, segments: tuple[str, ...] | None = None) -> Verification:
    """Compute the page of a finished run anew from its tables and compare.

    Parameters
    ----------
    path : Path
        Folder of the run.
    taxonomy : Taxonomy
        The names that the page was written with.
    segments : tuple of str, optional
        Segment columns that the page compares; those of the run by default.

    Raises
    ------
    InputError
        When it is no finished run, or a table that is as it was written cannot be read.
    """
    folder = RunFolder(path)
    manifest = folder.read_manifest()
    page = _read_page(path)
    noted: Mapping[str, str] = manifest.get("tables") or {}
    tables = {name: _state(noted.get(name), digest) for name, digest in folder.digests().items()}
    try:
        analysis = rebuild(folder, taxonomy, _settings(manifest, segments))
        anew = render_page(analysis, language=_language(page, manifest))
        differences = [*_compare_pages(page, anew), *_recount(folder, analysis, manifest)]
    except (ValueError, OSError, KeyError, TypeError) as error:
        if "changed" not in tables.values():
            raise InputError(f"The tables in {path} cannot be read: {error}.") from error
        differences = [Difference(PAGE, "page", "", f"cannot be computed: {error}")]
    shown = sum(any(map(str.isdigit, figure.text)) for figure in read_figures(page))
    return Verification(shown, tuple(differences), tables, str(manifest.get("insight", "")))


def _read_page(path: Path) -> str:
    try:
        return (path / PAGE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError as error:
        raise InputError(f"{path} has no {PAGE}. `insight report {path}` writes it anew.") from error


def _state(noted: str | None, digest: str) -> Literal["same", "changed", "not noted"]:
    return "not noted" if noted is None else "same" if noted == digest else "changed"


def _settings(manifest: Mapping[str, Any], segments: tuple[str, ...] | None) -> Settings:
    report = dict((manifest.get("settings") or {}).get("report") or {})
    if segments is not None:
        report["segments"] = segments
    return apply_settings(Settings(), {"report": report}, "run.json")


def _language(page: str, manifest: Mapping[str, Any]) -> Language:
    found = read_language(page)
    return cast("Language", found if found in ("vi", "en") else _settings(manifest, None).report.language)


def _compare_pages(page: str, anew: str) -> list[Difference]:
    if page == anew:
        return []
    shown, computed = _by_place(read_figures(page)), _by_place(read_figures(anew))
    found = [
        Difference(PAGE, place, *pair)
        for place in {**computed, **shown}
        for pair in _unlike(shown.get(place, []), computed.get(place, []))
    ]
    found.sort(key=lambda difference: "@" in difference.place or difference.place in ("style", "script"))
    return found or [Difference(PAGE, _UNSEEN, "", "")]


def _by_place(figures: list[Figure]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for figure in figures:
        places.setdefault(figure.place, []).append(figure.text)
    return places


def _unlike(shown: list[str], computed: list[str]) -> Iterator[tuple[str, str]]:
    if shown == computed:
        return
    for kind, a, b, c, d in SequenceMatcher(None, shown, computed, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from zip_longest(shown[a:b], computed[c:d], fillvalue="")


def _recount(folder: RunFolder, analysis: Analysis, manifest: Mapping[str, Any]) -> Iterator[Difference]:
    """Numbers that the page takes as they stand: sizes of themes, and rows of the tables."""
    sizes = analysis.mentions["theme_id"].value_counts()
    for theme_id, n in zip(analysis.themes["theme_id"], analysis.themes["n"], strict=True):
        if n != sizes.get(theme_id, 0):
            yield Difference("themes.parquet", theme_id, str(n), str(sizes.get(theme_id, 0)))
    written = {"reviews": (manifest.get("rows") or {}).get("kept"), "mentions": manifest.get("mentions")}
    for name, rows in written.items():
        found = folder.table_file(name).metadata.num_rows
        if rows != found:
            yield Difference("run.json", name, str(rows), str(found))
