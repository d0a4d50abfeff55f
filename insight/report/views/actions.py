"""Actions: what each department should look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.report.views.context import Context, records
from insight.report.views.pieces import Filter, Quote

_SHOWN = 6


@dataclass(frozen=True)
class Action:
    """One pain of a department."""

    rank: str
    theme: str
    place: str
    n: str
    share: str
    quote: Quote | None
    filter: Filter


@dataclass(frozen=True)
class Department:
    """A department with its ranked pains; `others` are the smaller ones."""

    id: str
    name: str
    total: str
    actions: list[Action]
    others: list[Action]


@dataclass(frozen=True)
class ActionsView:
    """What the part shows, and in words which departments have nothing to do."""

    departments: list[Department]
    without: str


def view_actions(context: Context) -> ActionsView:
    """Departments with most negative mentions first."""
    rows = records(context.analysis.actions)
    groups = {key: [row for row in rows if row["department"] == key] for key in context.department_names}
    sizes = {key: sum(row["n"] for row in rows) for key, rows in groups.items()}
    order = sorted((key for key in groups if groups[key]), key=lambda key: -sizes[key])
    without = [name for key, name in context.department_names.items() if not groups[key]]
    return ActionsView([_department(context, key, groups[key]) for key in order], ", ".join(without))


def view_department_total(context: Context, rows: list[dict[str, Any]]) -> str:
    """Negative mentions that lie with a department, and their share of all."""
    n = sum(int(row["n"]) for row in rows)
    share = context.formats.percent(sum(float(row["share"]) for row in rows))
    return context.messages("actions.total", n=context.mentions_count(n), share=share)


def _department(context: Context, id: str, rows: list[dict[str, Any]]) -> Department:
    return Department(
        id=f"department-{id}",
        name=context.department_names[id],
        total=view_department_total(context, rows),
        actions=[_action(context, row) for row in rows[:_SHOWN]],
        others=[_action(context, row) for row in rows[_SHOWN:]],
    )


def _action(context: Context, row: dict[str, Any]) -> Action:
    return Action(
        rank=str(row["rank"]),
        theme=context.theme_short(row["theme_id"]),
        place=context.touchpoint_name(row["touchpoint"]),
        n=context.mentions_count(row["n"]),
        share=context.formats.percent(row["share"]),
        quote=context.quote(row["quote_id"]),
        filter=Filter({"theme": context.theme_key(row["theme_id"])}),
    )
