"""Jinja and its templates: strings in, one page out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from insight.report.view import view_page

if TYPE_CHECKING:
    from insight.report.views.context import Context

PARTS = (
    "summary",
    "journey",
    "pains",
    "fix",
    "themes",
    "mentions",
    "segments",
    "trends",
    "actions",
    "quality",
    "method",
)
"""Parts of the page in their order; each has a template and a heading of its name."""


def render(context: Context) -> str:
    """Return the page as HTML."""
    template = _environment().get_template("page.html.jinja")
    return template.render(
        page=view_page(context),
        m=context.messages,
        language=context.language,
        parts=PARTS,
        version=str(context.analysis.manifest.get("insight", "")),
    )


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("insight.report", "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
