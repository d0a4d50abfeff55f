"""What a finished page shows, read back from its HTML: every text and every drawn or spoken figure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "summary", "caption", "dt", "label"))
_HEADING_CLASSES = frozenset(("figure-title", "point-name"))
_SILENT_ATTRIBUTES = frozenset(("class", "id", "lang", "role", "tabindex", "scope", "for", "type"))


class Figure(NamedTuple):
    """Something a page shows.

    Attributes
    ----------
    place : str
        Nearest id, heading above, and in a table row and column; an attribute has its name behind '@'.
    text : str
        What stands there.
    """

    place: str
    text: str


def read_figures(page: str) -> list[Figure]:
    """Everything that `page` shows, in its order.

    Parameters
    ----------
    page : str
        HTML as `render_page` writes it; a page that was changed by hand is read as far as it goes.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.figures


def read_language(page: str) -> str:
    """Language that `page` says it is written in; empty when it says none."""
    opening = page.partition("<html")[2].partition(">")[0]
    return opening.partition('lang="')[2].partition('"')[0]


class _Reader(HTMLParser):
    """Walks through the page and keeps track of where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[Figure] = []
        self._open: list[tuple[str, str, bool]] = []
        self._heading = self._row = ""
        self._written: list[str] = []
        self._columns: list[str] = []
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a figure would stand, and what the tag itself shows."""
        given = {name: value or "" for name, value in attrs}
        is_heading = tag in _HEADINGS or bool(_HEADING_CLASSES & set(given.get("class", "").split()))
        self._enter(tag, is_heading=is_heading)
        if tag not in _VOID:
            self._open.append((tag, given.get("id", ""), is_heading))
        for name, value in given.items():
            if name not in _SILENT_ATTRIBUTES:
                self.figures.append(Figure(f"{self._place()} @{name}", value))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a tag such as `<path/>`."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; one that was never opened is passed over."""
        tags = [opened for opened, _, _ in self._open]
        if tag not in tags:
            return
        place = len(tags) - 1 - tags[::-1].index(tag)
        is_heading = self._open[place][2]
        del self._open[place:]
        said = " ".join(self._written)
        if is_heading:
            self._heading = said
        elif tag == "th":
            if "thead" in tags:
                self._columns.append(said)
            else:
                self._row = said
        if tag in ("td", "th"):
            self._column += 1

    def handle_data(self, data: str) -> None:
        """Keep a text; that of a script is no text of the page, but its data are."""
        tag = self._open[-1][0] if self._open else ""
        if tag in ("script", "style"):
            self.figures += _read_script(f"{self._id() or tag}", data)
        elif text := " ".join(data.split()):
            self._written.append(text)
            self.figures.append(Figure(self._place(), text))

    def _enter(self, tag: str, *, is_heading: bool) -> None:
        if is_heading or tag in ("td", "th"):
            self._written = []
        if tag == "table":
            self._columns = []
        if tag == "section":
            self._heading = ""
        if tag == "tr":
            self._row, self._column = "", 0

    def _id(self) -> str:
        return next((known for _, known, _ in reversed(self._open) if known), "")

    def _place(self) -> str:
        known = [self._id(), self._heading]
        if any(tag in ("td", "th") for tag, _, _ in self._open):
            column = self._columns[self._column] if self._column < len(self._columns) else ""
            known += [self._row, column]
        return ", ".join(part for part in known if part)


def _read_script(name: str, data: str) -> Sequence[Figure]:
    """Rows of embedded JSON one by one; anything else as a whole."""
    try:
        rows = json.loads(data)["rows"]
        return [Figure(f"{name}, row {i}", json.dumps(row, ensure_ascii=False)) for i, row in enumerate(rows)]
    except (ValueError, KeyError, TypeError):
        return [Figure(name, data)]
