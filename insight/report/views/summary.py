"""The first screen: what hurts most, what to fix first, who owns it; then the findings as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from insight.report.views.actions import view_department_total
from insight.report.views.context import Context, records
from insight.report.views.journey import view_weakest
from insight.report.views.pieces import Bar, Quote, bar
from insight.report.views.trends import view_change

_LISTED = 4
_RARE = 0.05


@dataclass(frozen=True)
class Answer:
    """One of the three answers of the first screen."""

    question: str
    answer: str
    figures: list[str]
    href: str
    quote: Quote | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A sentence with the place of its evidence."""

    text: Markup
    href: str


@dataclass(frozen=True)
class SummaryView:
    """What the part shows."""

    about: str
    period: str
    facts: list[tuple[str, str]]
    bar: Bar | None
    answers: list[Answer]
    findings: list[Finding]


def view_summary(context: Context) -> SummaryView:
    """Return the answers and findings of a run."""
    stages = records(context.whole_journey[context.whole_journey["level"] == "stage"])
    positive, neutral, negative = (
        sum(int(row[k]) for row in stages) for k in ("positive", "neutral", "negative")
    )
    total, m = positive + neutral + negative, context.messages
    return SummaryView(
        about=_about(context),
        period=_period(context),
        facts=_facts(context, total),
        bar=bar(positive, neutral, negative, context.formats, m.catalogue["sentiment.bar"])
        if total
        else None,
        answers=_answers(context),
        findings=[Finding(text, href) for text, href in _findings(context) if text],
    )


def _about(context: Context) -> str:
    files = [
        context.name(PurePath(str(path)).name) for path in (context.analysis.manifest.get("inputs") or {})
    ]
    return ", ".join(files[:3]) + (" …" if len(files) > 3 else "")


def _period(context: Context) -> str:
    reviews = context.kept_reviews
    dates = reviews["date"].dropna() if "date" in reviews else reviews["screen"].iloc[:0]
    if dates.empty:
        return ""
    return context.formats.range(context.formats.day(dates.min()), context.formats.day(dates.max()))


def _facts(context: Context, total: int) -> list[tuple[str, str]]:
    m, formats, reviews = context.messages, context.formats, context.kept_reviews
    facts = [
        (formats.integer(len(reviews)), m("summary.reviews")),
        (formats.integer(total), m("summary.mentions")),
    ]
    if "stars" in reviews and reviews["stars"].notna().any():
        facts.append((formats.decimal(reviews["stars"].mean()), m("summary.stars")))
    return facts


def _answers(context: Context) -> list[Answer]:
    answers = [_hurts(context), *_first(context)]
    return [answer for answer in answers if answer is not None]


def _hurts(context: Context) -> Answer | None:
    """Return the touchpoint with most weight of negative mentions, among those one could mend."""
    m, formats = context.messages, context.formats
    for row in _points(context):
        if row["negativity"] > 0:
            return Answer(
                question=m("answer.hurts"),
                answer=context.touchpoint_name(row["id"]),
                figures=[
                    m(
                        "answer.negativity",
                        share=formats.percent(row["negativity"]),
                        interval=formats.percent_range(row["low"], row["high"]),
                    ),
                    m(
                        "answer.volume",
                        n=context.mentions_count(row["n"]),
                        share=formats.percent(row["volume"]),
                    ),
                ],
                href="#fix",
                quote=_second_quote(context, row["id"]),
            )
    return None


def _second_quote(context: Context, touchpoint: str) -> Quote | None:
    """Return what a customer wrote of a touchpoint, other than the quote of its largest pain."""
    themes = [t for t in context.themes.values() if t["touchpoint"] == touchpoint and t["side"] == "negative"]
    themes.sort(key=lambda theme: (-theme["n"], theme["theme_id"]))
    quotes = context.quotes(list(themes[0]["quote_ids"])[1:], 1) if themes else []
    return quotes[0] if quotes else None


def _points(context: Context) -> list[dict[str, Any]]:
    """Touchpoints with enough mentions that name something one could mend, by priority."""
    rows = [row for row in records(context.analysis.drivers) if row["kind"] == "touchpoint"]
    return [row for row in rows if row["quadrant"] != "too_few" and row["id"] not in context.unspecific]


def _first(context: Context) -> list[Answer]:
    """Return the largest pain that has a name, and the department that owns it."""
    m, formats = context.messages, context.formats
    rows = records(context.analysis.actions)
    named = [row for row in rows if row["touchpoint"] not in context.unspecific] or rows
    if not named:
        return []
    row = min(named, key=lambda row: (-row["n"], row["theme_id"]))
    owned = [other for other in rows if other["department"] == row["department"]]
    share = formats.percent(row["share"])
    return [
        Answer(
            question=m("answer.fix"),
            answer=context.theme_short(row["theme_id"]),
            figures=[
                m("answer.at", touchpoint=context.touchpoint_name(row["touchpoint"])),
                m("answer.of_negative", n=context.mentions_count(row["n"]), share=share),
            ],
            href=f"#theme-{context.theme_key(row['theme_id'])}",
            quote=context.quote(row["quote_id"]),
        ),
        Answer(
            question=m("answer.owner"),
            answer=context.department_names.get(row["department"], row["department"]),
            figures=[view_department_total(context, owned)],
            steps=tuple(context.theme_name(other["theme_id"]) for other in owned[:_LISTED]),
            href=f"#department-{row['department']}",
        ),
    ]


def _findings(context: Context) -> list[tuple[Markup, str]]:
    weakest = view_weakest(context, context.whole_journey)
    findings = [
        (_happiest(context), "#journey"),
        (weakest, "#journey"),
        (_pain(context), "#pains"),
        (_break(context), "#breaks"),
        (_segment(context), "#segments"),
    ]
    if len(context.analysis.trends):
        findings.append((Markup.escape(view_change(context)), "#trends"))
    return [*findings, (_silence(context), "#journey"), (_trust(context), "#quality")]


def _happiest(context: Context) -> Markup:
    points = context.whole_journey[context.whole_journey["level"] == "touchpoint"]
    points = points[(points["n"] >= context.min_n) & ~points["touchpoint"].isin(context.unspecific)]
    if points.empty:
        return Markup("")
    row = records(points.sort_values(["net_low", "touchpoint"], ascending=[False, True]).head(1))[0]
    if row["net_low"] <= 0:
        return _most_praised(context)
    theme = context.theme_short(row["strength_theme"])
    key = "finding.happiest_theme" if theme else "finding.happiest"
    return context.messages.html(
        key,
        touchpoint=context.touchpoint_name(row["touchpoint"]),
        net=context.formats.points(row["net"]),
        interval=context.formats.points_range(row["net_low"], row["net_high"]),
        n=context.mentions_count(row["n"]),
        theme=theme,
    )


def _most_praised(context: Context) -> Markup:
    """Name what is praised most where no touchpoint is clearly liked."""
    themes = [t for t in context.themes.values() if t["side"] == "positive" and not t["is_remainder"]]
    named = [theme for theme in themes if theme["touchpoint"] not in context.unspecific]
    if not named:
        return Markup("")
    theme = max(named, key=lambda theme: (theme["n"], theme["theme_id"]))
    return context.messages.html(
        "finding.praised",
        theme=context.theme_short(theme["theme_id"]),
        touchpoint=context.touchpoint_name(theme["touchpoint"]),
        n=context.mentions_count(theme["n"]),
    )


def _pain(context: Context) -> Markup:
    rows = [row for row in records(context.analysis.pains) if row["negative"] > 0]
    if not rows:
        return Markup("")
    row = max(rows, key=lambda row: row["negative"])
    return context.messages.html(
        "finding.pain",
        stage=context.stage_names[row["stage"]],
        pain=context.pain_names[row["pain"]],
        negative=context.formats.integer(row["negative"]),
        total=context.formats.integer(context.n_negative),
    )


def _break(context: Context) -> Markup:
    rows = [
        row for row in records(context.analysis.breaks) if row["n"] >= context.min_n and row["mean_drop"] < 0
    ]
    if not rows:
        return Markup("")
    row = max(rows, key=lambda row: row["low"])
    return context.messages.html(
        "finding.break",
        earlier=context.stage_names[row["from_stage"]],
        later=context.stage_names[row["to_stage"]],
        share=context.formats.percent(row["share"]),
        n=context.reviews_count(row["n"]),
    )


def _segment(context: Context) -> Markup:
    rows = [
        r for r in records(context.analysis.segments) if r["is_significant"] and r["share"] > r["base_share"]
    ]
    if not rows:
        return Markup("")
    row = max(rows, key=lambda row: row["share"] - row["base_share"])
    return context.messages.html(
        "finding.segment",
        value=context.name(row["value"]),
        pain=context.pain_names.get(row["pain"], row["pain"]),
        share=context.formats.percent(row["share"]),
        base=context.formats.percent(row["base_share"]),
        n=context.mentions_count(row["n"]),
    )


def _silence(context: Context) -> Markup:
    """Return the stage that customers speak of least, when hardly anybody does."""
    coverage = context.analysis.quality.coverage
    if not coverage or len(context.kept_reviews) < context.min_n:
        return Markup("")
    stage = min(coverage, key=lambda stage: coverage[stage])
    if coverage[stage] >= _RARE:
        return Markup("")
    return context.messages.html(
        "finding.silence", stage=context.stage_names[stage], share=context.formats.percent(coverage[stage])
    )


def _trust(context: Context) -> Markup:
    quality, formats = context.analysis.quality, context.formats
    aside = sum(n for reason, n in quality.screened.items() if reason != "kept")
    share = formats.percent(quality.unsure / max(len(context.analysis.mentions), 1))
    return context.messages.html("finding.trust", aside=context.reviews_count(aside), share=share)
