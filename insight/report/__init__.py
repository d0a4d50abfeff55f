"""The report: a finished `Analysis` as a page, as Markdown and as a summary for other programs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from insight.analysis import Analysis
    from insight.report.sheets import SheetView
    from insight.report.views.context import Context
    from insight.taxonomy import Language

__all__ = ["Report", "render_markdown", "render_page", "summarise"]


class Report:
    """An analysis in the words of one language; what its parts share is looked up once.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    language : {'vi', 'en'}
        Language of names and sentences.
    """

    def __init__(self, analysis: Analysis, *, language: Language) -> None:
        self._analysis, self._language = analysis, language

    def page(self) -> str:
        """One HTML page that needs no other file and no network. The same analysis gives the same page."""
        from insight.report.render import render

        return render(self._context)

    def markdown(self) -> str:
        """Return the findings, the journey, what to fix and the actions as Markdown."""
        from insight.report.markdown import write_markdown

        return write_markdown(self._context)

    def sheets(self) -> list[SheetView]:
        """Return the tables of a workbook, quotes masked."""
        from insight.report.sheets import tabulate_sheets

        return tabulate_sheets(self._context)

    @cached_property
    def _context(self) -> Context:
        from insight.report.view import make_context

        return make_context(self._analysis, self._language)


def render_page(analysis: Analysis, *, language: Language) -> str:
    """Return `Report.page` of an analysis."""
    return Report(analysis, language=language).page()


def render_markdown(analysis: Analysis, *, language: Language) -> str:
    """Return `Report.markdown` of an analysis."""
    return Report(analysis, language=language).markdown()


def summarise(analysis: Analysis) -> dict[str, Any]:
    """Every aggregate as plain values for other programs; `schema_version` names the form.

    Parameters
    ----------
    analysis : Analysis
        What a run found.
    """
    from insight.report.summary import as_summary

    return as_summary(analysis)
