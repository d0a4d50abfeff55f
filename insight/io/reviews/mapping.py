"""Which column has which role: asked for, by its name, or by what it holds."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

import pandas as pd

from insight.errors import InputError, UsageError, unknown
from insight.io.reviews.dates import is_day_first
from insight.io.reviews.layout import ColumnMapping, Why
from insight.io.reviews.role_contents import (
    can_be,
    is_channel_column,
    is_date_column,
    is_free_text,
    is_stars_column,
    is_wording,
    text_length,
)
from insight.io.reviews.role_names import ROLES, fold_name, is_ruled_out, name_rank, roles_of
from insight.io.reviews.stars import rating_scale

_EXAMPLES, _EXAMPLE_LENGTH = 3, 60
_PHRASE = 1_000
_Choice = dict[str, tuple[str, Why]]
"""Role -> header and how it was recognised."""


def check_roles(columns: Mapping[str, str]) -> None:
    """Raise `UsageError` when a role that the user names does not exist."""
    for role in columns:
        if role not in ROLES:
            raise UsageError(unknown("column role", role, ROLES))


def map_columns(sample: pd.DataFrame, name: str, columns: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    """Role of every column of a dump.

    Parameters
    ----------
    sample : DataFrame
        Its first rows, as strings.
    name : str
        The dump's name for messages.
    columns : mapping of str to str
        Role -> header, as the user asks; an empty header takes the role away.

    Raises
    ------
    InputError
        When a header that the user names is not there.
    """
    chosen = _asked(sample, name, columns)
    disabled = {role for role, header in columns.items() if not header}
    _choose_by_name(sample, chosen, disabled)
    _choose_by_content(sample, chosen, disabled)
    if "text" not in chosen and "text" not in disabled:
        _choose_text_by_name_alone(sample, chosen)
    if "text" not in chosen and "title" in chosen:
        chosen["text"] = chosen.pop("title")  # a title alone is the text
    if "date" not in chosen:
        chosen.pop("time", None)
    by_header = {header: (role, why) for role, (header, why) in chosen.items()}
    return tuple(
        _describe(str(header), sample[header], *by_header.get(str(header), (None, ""))) for header in sample
    )


def no_text_message(sample: pd.DataFrame, name: str) -> str:
    """Letter to a user whose dump has no column of text."""
    headers = [str(header) for header in sample]
    worded = [header for header in headers if is_wording(_filled(sample[header]))]
    longest = max(worded or headers, key=lambda header: text_length(sample.loc[:, header]))
    shown = f'"{longest}"' if " " in longest else longest
    return f'{name} has no column "text". Its columns are: {", ".join(headers)}. Name it with --text {shown}.'


def _asked(sample: pd.DataFrame, name: str, columns: Mapping[str, str]) -> _Choice:
    folded = {fold_name(str(header)): str(header) for header in reversed(list(sample))}
    chosen: _Choice = {}
    for role, header in columns.items():
        if header in sample.columns:
            chosen[role] = header, "asked"
        elif header and fold_name(header) in folded:
            chosen[role] = folded[fold_name(header)], "asked"
        elif header:
            raise InputError(_no_column(sample, name, role, header))
    return chosen


def _no_column(sample: pd.DataFrame, name: str, role: str, header: str) -> str:
    headers = [str(other) for other in sample]
    near = get_close_matches(header, headers, n=1, cutoff=0.6)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    return f'{name} has no column "{header}" for {role}.{guess} Its columns are: {", ".join(headers)}.'


def _choose_by_name(sample: pd.DataFrame, chosen: _Choice, disabled: set[str]) -> None:
    ranked = sorted(
        (rank, position, ROLES.index(role), role, str(header))
        for role in ROLES
        if role not in chosen and role not in disabled
        for position, header in enumerate(sample)
        if (rank := name_rank(role, str(header))) is not None
    )
    for rank, _, _, role, header in ranked:
        taken = {column for column, _ in chosen.values()}
        if role in chosen or header in taken or not can_be(role, sample[header]):
            continue
        if rank >= _PHRASE and role == "text" and not is_free_text(_filled(sample[header])):
            continue
        chosen[role] = header, "name"


def _choose_text_by_name_alone(sample: pd.DataFrame, chosen: _Choice) -> None:
    """Take a column called "text" and nothing else for text, though it holds only figures."""
    named = [header for header in _free(sample, chosen) if roles_of(header) == ("text",)]
    if named:
        chosen["text"] = min(named, key=lambda header: name_rank("text", header) or 0), "name"


def _choose_by_content(sample: pd.DataFrame, chosen: _Choice, disabled: set[str]) -> None:
    tests: dict[str, Callable[[pd.Series], bool]] = {
        "stars": is_stars_column,
        "date": is_date_column,
        "channel": is_channel_column,
    }
    for role, test in tests.items():
        if role not in chosen and role not in disabled:
            fitting = [
                header
                for header in _free(sample, chosen)
                if not is_ruled_out(role, header) and test(_filled(sample[header]))
            ]
            chosen.update({role: (fitting[0], "content")} if fitting else {})
    if "text" in chosen:
        return
    texts = [header for header in _free(sample, chosen) if is_free_text(_filled(sample[header]))]
    texts = [header for header in texts if not is_ruled_out("text", header)] or texts
    if not texts and sample.shape[1] == 1 and can_be("text", sample.iloc[:, 0]):
        texts = [str(sample.columns[0])]
        chosen.clear()
    if texts:
        chosen["text"] = max(texts, key=lambda header: text_length(sample.loc[:, header])), "content"


def _free(sample: pd.DataFrame, chosen: _Choice) -> list[str]:
    taken = {column for column, _ in chosen.values()}
    return [
        str(header) for header in sample if header not in taken and (sample[header].str.strip() != "").any()
    ]


def _filled(values: pd.Series) -> pd.Series:
    return values[values.str.strip() != ""]


def _describe(header: str, values: pd.Series, role: str | None, why: Why) -> ColumnMapping:
    filled = _filled(values)
    form = ""
    if role in ("stars", "stars_delivery", "stars_product", "stars_seller"):
        form = f"1-{rating_scale(values)}"
    elif role == "date":
        form = "day first" if is_day_first(values) else "month first"
    examples = tuple(_shorten(value) for value in filled.unique()[:_EXAMPLES])
    return ColumnMapping(header, role, why, form, examples, len(filled) / len(values) if len(values) else 0.0)


def _shorten(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _EXAMPLE_LENGTH else line[: _EXAMPLE_LENGTH - 1] + "…"
