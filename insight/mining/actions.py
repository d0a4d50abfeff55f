"""Station: what each department should look at first."""

import pandas as pd

from insight.schema import ACTIONS
from insight.taxonomy import Taxonomy


def assign_actions(themes: pd.DataFrame, n_negative: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """Themes of negative mentions, ranked within the department that owns their touchpoint.

    Parameters
    ----------
    themes : DataFrame
        `schema.THEMES`.
    n_negative : int
        Negative mentions of the dump.
    taxonomy : Taxonomy
        Who owns which touchpoint.

    Returns
    -------
    DataFrame
        `schema.ACTIONS`, departments in the taxonomy's order, largest theme first.
    """
    bad = themes[(themes["side"] == "negative") & ~themes["is_remainder"].astype(bool)]
    owner = {touchpoint.id: touchpoint.department for touchpoint in taxonomy.touchpoints}
    order = {department.id: i for i, department in enumerate(taxonomy.departments)}
    table = bad.assign(
        department=bad["touchpoint"].map(owner),
        share=bad["n"] / max(n_negative, 1),
        quote_id=[ids[0] if len(ids) else "" for ids in bad["quote_ids"]],
    )
    table["_order"] = table["department"].map(order)
    table = table.sort_values(["_order", "n", "theme_id"], ascending=[True, False, True], ignore_index=True)
    table["rank"] = table.groupby("department").cumcount() + 1
    return table[ACTIONS.names]
