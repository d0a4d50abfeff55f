"""The report as Markdown: findings, journey, what to fix first, actions, data quality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from insight.report.views.actions import Action, view_actions
from insight.report.views.context import Context, records
from insight.report.views.fix import view_fix
from insight.report.views.pieces import Quote
from insight.report.views.quality import view_quality
from insight.report.views.summary import view_summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$=+])")


def write_markdown(context: Context) -> str:
    """Return the text of `report.md`."""
    m = context.messages
    parts = [
        [f"# {m('page.title')}"],
        _summary(context),
        [f"## {m('page.journey')}", m("journey.intro"), *_journey(context)],
        [f"## {m('page.fix')}", m("fix.intro"), *_fix(context)],
        [f"## {m('page.actions')}", *_actions(context)],
        [f"## {m('page.quality')}", *_quality(context)],
    ]
    return "\n\n".join(block for part in parts for block in part if block) + "\n"


def escape(text: str) -> str:
    """`text` so that Markdown, and HTML within it, show it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _summary(context: Context) -> list[str]:
    view = view_summary(context)
    facts = ", ".join(f"{value} {name}" for value, name in view.facts)
    answers = [
        f"- **{answer.question}** {escape(answer.answer)}. {escape('; '.join(answer.figures))}."
        for answer in view.answers
    ]
    findings = [f"- {escape(finding.text.striptags())}" for finding in view.findings]
    about = " · ".join(text for text in (escape(view.about), view.period, facts) if text)
    return [about, "\n".join(answers), f"## {context.messages('summary.findings')}", "\n".join(findings)]


def _journey(context: Context) -> list[str]:
    m, formats, rows = context.messages, context.formats, []
    for row in records(context.whole_journey):
        is_stage, few = row["level"] == "stage", row["n"] < context.min_n
        name = (
            context.stage_names.get(row["stage"], "")
            if is_stage
            else context.touchpoint_name(row["touchpoint"])
        )
        net = m("journey.too_few") if few else formats.points(row["net"])
        interval = "" if few else formats.points_range(row["net_low"], row["net_high"])
        bold = "**" if is_stage else ""
        themes = (context.theme_name(row["pain_theme"]), context.theme_name(row["strength_theme"]))
        name = f"{bold}{escape(name)}{bold}"
        rows.append([name, formats.integer(row["n"]), net, interval, *map(escape, themes)])
    head = [m("table.touchpoint"), m("table.n"), m("table.net"), m("table.interval")]
    return [_table([*head, m("journey.pain"), m("journey.strength")], rows)]


def _fix(context: Context) -> list[str]:
    m, view = context.messages, view_fix(context, with_figure=False)
    head = [m("table.number"), m("table.touchpoint"), m("table.n"), m("fix.volume"), m("fix.negativity")]
    head += [m("table.interval"), m("fix.gap"), m("fix.quadrant"), m("fix.owner")]
    tables = []
    for title, drivers in ((m("fix.touchpoints"), view.touchpoints), (m("fix.themes"), view.themes)):
        rows = [
            [
                d.number,
                escape(d.name),
                d.n,
                d.volume,
                d.negativity,
                d.interval,
                d.gap,
                d.quadrant_name,
                escape(d.owner),
            ]
            for d in drivers
        ]
        tables += [f"### {title}", _table(head, rows)] if rows else []
    return [*tables, m("fix.gap_note") if view.has_stars else m("fix.no_stars")]


def _actions(context: Context) -> Iterable[str]:
    for department in view_actions(context).departments:
        yield f"### {escape(department.name)}"
        yield department.total
        yield "\n".join(_action(action) for action in department.actions)


def _action(action: Action) -> str:
    quote = f"\n   > {_quote(action.quote)}" if action.quote else ""
    figures = f"{escape(action.place)}, {action.n}, {action.share}"
    return f"{action.rank}. **{escape(action.theme)}** ({figures}){quote}"


def _quote(quote: Quote) -> str:
    about = f" ({escape(', '.join(quote.about))})" if quote.about else ""
    return f"“{escape(quote.text)}”{about}"


def _quality(context: Context) -> list[str]:
    view = view_quality(context)
    facts = [f"- {fact.name}: {fact.value}{f' ({fact.note})' if fact.note else ''}" for fact in view.facts]
    tables = []
    for table in view.tables:
        rows = [[escape(cell.text) for cell in row] for row in table.rows]
        tables += [f"### {table.caption}", _table(table.head, rows)]
    return ["\n".join(facts), *tables, view.mismatch]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
