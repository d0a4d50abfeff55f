"""The whole page as strings, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from insight.analysis import Analysis
from insight.report.messages import load_messages
from insight.report.views.actions import ActionsView, view_actions
from insight.report.views.context import Context
from insight.report.views.explorer import ExplorerView, view_explorer
from insight.report.views.fix import FixView, view_fix
from insight.report.views.journey import JourneyView, view_journey
from insight.report.views.method import MethodView, view_method
from insight.report.views.pains import PainsView, view_pains
from insight.report.views.quality import QualityView, view_quality
from insight.report.views.segments import SegmentsView, view_segments
from insight.report.views.summary import SummaryView, view_summary
from insight.report.views.themes import ThemesView, view_themes
from insight.report.views.trends import TrendsView, view_trends
from insight.taxonomy import Language


@dataclass(frozen=True)
class Page:
    """Every part of the page, in its order."""

    summary: SummaryView
    journey: JourneyView
    pains: PainsView
    fix: FixView
    themes: ThemesView
    mentions: ExplorerView
    segments: SegmentsView
    trends: TrendsView
    actions: ActionsView
    quality: QualityView
    method: MethodView


def make_context(analysis: Analysis, language: Language) -> Context:
    """Return the analysis with the words of a language."""
    return Context(analysis, language, load_messages(language))


def view_page(context: Context) -> Page:
    """All parts of the page."""
    return Page(
        summary=view_summary(context),
        journey=view_journey(context),
        pains=view_pains(context),
        fix=view_fix(context),
        themes=view_themes(context),
        mentions=view_explorer(context),
        segments=view_segments(context),
        trends=view_trends(context),
        actions=view_actions(context),
        quality=view_quality(context),
        method=view_method(context),
    )
