"""Station: the analyst's word on themes. Other names, themes that are one, themes to keep in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from insight.errors import UsageError

_MOST_QUOTES = 5


def rename_themes(
    mentions: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    names: Mapping[str, str],
    merges: Mapping[str, Sequence[str]],
    pins: Sequence[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Apply merges, then names, then pins.

    A theme is meant by its id or by its name, in any letter case; so the same wishes hold for the next run. A
    wish whose theme this run does not have is passed over.

    Parameters
    ----------
    mentions : DataFrame
        `schema.MENTIONS` with `theme_id`.
    themes : DataFrame
        `schema.THEMES`.
    names : mapping of str to str
        Theme -> the name to show.
    merges : mapping of str to sequence of str
        Name of the whole -> themes that make it, of one touchpoint and side. The largest gives its id.
    pins : sequence of str
        Themes that come first, in this order.

    Returns
    -------
    mentions : DataFrame
        `theme_id` follows the merges.
    themes : DataFrame
        `schema.THEMES`, pinned ones first, then the largest.

    Raises
    ------
    UsageError
        When themes of different touchpoints or sides are to be merged, or two themes get one name.
    """
    themes, moved = _merge(themes, merges)
    found = _finder(themes)
    shown = {found[key]: name for key, name in ((k.casefold(), v) for k, v in names.items()) if key in found}
    themes = themes.assign(
        name=pd.Series(
            [shown.get(i, name) for i, name in zip(themes["theme_id"], themes["name"], strict=True)],
            index=themes.index,
            dtype="str",
        )
    )
    twice = themes.loc[themes["name"].str.casefold().duplicated(), "name"].tolist()
    if twice:
        raise UsageError(f'Two themes are called "{twice[0]}". Give each its own name, or merge them.')
    found |= _finder(themes)
    order = {
        found[pin.casefold()]: place
        for place, pin in reversed(list(enumerate(pins)))
        if pin.casefold() in found
    }
    place = themes["theme_id"].map(lambda i: order.get(i, len(pins)))
    themes = themes.assign(_place=place).sort_values(
        ["_place", "n", "theme_id"], ascending=[True, False, True]
    )
    followed = mentions["theme_id"].map(lambda i: moved.get(i, i)).astype("str")
    return mentions.assign(theme_id=followed), themes.drop(columns="_place").reset_index(drop=True)


def _merge(themes: pd.DataFrame, merges: Mapping[str, Sequence[str]]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Themes with each merge made one row, and the ids that were given up -> the id that stays."""
    moved: dict[str, str] = {}
    for name, parts in merges.items():
        found = _finder(themes)
        ids = {found[part.casefold()] for part in parts if part.casefold() in found}
        # The whole itself is a part when an earlier run already gave a theme its name.
        ids |= {found[name.casefold()]} if name.casefold() in found else set()
        rows = themes[themes["theme_id"].isin(ids)].sort_values(["n", "theme_id"], ascending=[False, True])
        if rows.empty:
            continue
        if len(rows[["touchpoint", "side"]].drop_duplicates()) > 1:
            raise UsageError(
                f'"{name}" merges themes of different touchpoints or sentiments: '
                f"{', '.join(rows['name'])}. Merge only themes of one touchpoint and sentiment."
            )
        whole = rows.iloc[0].to_dict() | {
            "name": name,
            "terms": _joined(rows["terms"], _MOST_QUOTES),
            "part_names": rows["name"].tolist(),
            "part_sizes": rows["n"].tolist(),
            "n": int(rows["n"].sum()),
            "share": float(rows["share"].sum()),
            "is_remainder": bool(rows["is_remainder"].all()),
            "quote_ids": _joined(rows["quote_ids"], _MOST_QUOTES),
        }
        moved |= {str(i): str(whole["theme_id"]) for i in rows["theme_id"]}
        rest = themes[~themes["theme_id"].isin(ids)]
        themes = pd.concat([pd.DataFrame([whole]).astype(themes.dtypes.to_dict()), rest], ignore_index=True)
    return themes, moved


def _finder(themes: pd.DataFrame) -> dict[str, str]:
    """Id and name, in lower case -> id. An id wins over a name."""
    by_name = {name.casefold(): i for name, i in zip(themes["name"], themes["theme_id"], strict=True)}
    return by_name | {i.casefold(): i for i in themes["theme_id"]}


def _joined(lists: pd.Series, most: int) -> list[str]:
    """Take the first of each list, then the second of each, without repeats."""
    longest = max((len(items) for items in lists), default=0)
    taken = [items[rank] for rank in range(longest) for items in lists if rank < len(items)]
    return list(dict.fromkeys(taken))[:most]
