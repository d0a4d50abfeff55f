"""The report: a finished `Analysis` as a page, as Markdown and as a summary for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from insight.analysis import Analysis
    from insight.report.sheets import SheetView
    from insight.taxonomy import Language

__all__ = ["render_markdown", "render_page", "render_sheets", "summarise"]


def render_page(analysis: Analysis, *, language: Language) -> str:
    """One HTML page that needs no other file and no network. The same analysis gives the same page.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    language : {'vi', 'en'}
        Language of the page.
    """
    from insight.report.render import render

    return render(analysis, language)


def render_markdown(analysis: Analysis, *, language: Language) -> str:
    """Return the findings, the journey, what to fix and the actions as Markdown.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    language : {'vi', 'en'}
        Language of the text.
    """
    from insight.report.markdown import write_markdown

    return write_markdown(analysis, language)


def summarise(analysis: Analysis) -> dict[str, Any]:
    """Every aggregate as plain values for other programs; `schema_version` names the form.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    """
    from insight.report.summary import as_summary

    return as_summary(analysis)


def render_sheets(analysis: Analysis, *, language: Language) -> list[SheetView]:
    """Return the tables of a workbook, quotes masked.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    language : {'vi', 'en'}
        Language of names and headers.
    """
    from insight.report.sheets import tabulate_sheets
    from insight.report.view import make_context

    return tabulate_sheets(make_context(analysis, language))
