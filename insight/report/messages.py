"""The report's own words, from one catalogue for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from insight.errors import UsageError, unknown
from insight.taxonomy import Language


@dataclass(frozen=True)
class Messages:
    """Sentences by key. In a catalogue `<b>` marks what a reader should see first.

    Parameters
    ----------
    language : {'vi', 'en'}
        The language of the sentences.
    catalogue : mapping of str to str
        Dotted key -> sentence with `{names}` to fill in.
    """

    language: Language
    catalogue: Mapping[str, str]

    def __call__(self, key: str, **values: Any) -> str:
        """Return the sentence as plain text."""
        return self._find(key).replace("<b>", "").replace("</b>", "").format(**values)

    def html(self, key: str, **values: Any) -> Markup:
        """Return the sentence as HTML; the values are escaped, the catalogue's own marks are kept."""
        return Markup(self._find(key)).format(**values)  # noqa: S704 # catalogues are ours, values are escaped

    def markdown(self, key: str, **values: str) -> str:
        """Return the sentence as Markdown; the values must be escaped already."""
        return self._find(key).replace("<b>", "**").replace("</b>", "**").format(**values)

    def count(self, key: str, n: int, written: str) -> str:
        """`written` with its noun, singular or plural by `n`."""
        return self(f"count.{key}.{'one' if n == 1 else 'other'}", n=written)

    def _find(self, key: str) -> str:
        try:
            return self.catalogue[key]
        except KeyError:
            raise UsageError(unknown("message", key, self.catalogue)) from None


@cache
def load_messages(language: Language) -> Messages:
    """Return the catalogue of `language`.

    Raises
    ------
    UsageError
        When the report does not speak it.
    """
    if language not in ("vi", "en"):
        raise UsageError(unknown("language", language, ("vi", "en")))
    path = files("insight.report").joinpath("messages", f"{language}.toml")
    return Messages(language, flatten(tomllib.loads(path.read_text(encoding="utf-8"))))


def flatten(tables: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested tables as one mapping with dotted keys."""
    flat: dict[str, str] = {}
    for key, value in tables.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
