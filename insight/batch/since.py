"""A run that goes on from an earlier one: new reviews are added, edited ones replaced, none dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from insight.batch.request import label_fingerprint
from insight.errors import InputError, UsageError
from insight.io.parts import encode_table
from insight.io.runs import RunFolder, to_frame
from insight.schema import REJECTS, REVIEWS, SEGMENT_PREFIX

if TYPE_CHECKING:
    from insight.batch.request import Request
    from insight.io.parts import Parts
    from insight.io.reviews import ReviewBatch

_PIECE = 50_000
_CONTENT = frozenset(REVIEWS.names) - {"source_file", "source_row"}
_MERGED = ("inputs", "columns", "encodings")


class Earlier:
    """A finished run that is taken up.

    Parameters
    ----------
    folder : RunFolder
        The finished run.

    Attributes
    ----------
    n_parts : int
        Number of parts that its reviews will fill.
    manifest : dict
        Its `run.json`.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self.manifest = folder.read_manifest()
        self.n_parts = max(1, -(-folder.table_file("reviews").metadata.num_rows // _PIECE))
        known = [hash_rows(to_frame(piece)) for piece in _pieces(folder, "reviews")]
        self._known = np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *known]))

    def without_known(self, batch: ReviewBatch) -> ReviewBatch:
        """Leave out the reviews that stand in the earlier run just so."""
        if not len(self._known):
            return batch
        hashes = hash_rows(batch.reviews)
        place = np.minimum(np.searchsorted(self._known, hashes), len(self._known) - 1)
        is_new = self._known[place] != hashes
        return replace(batch, reviews=batch.reviews[is_new].reset_index(drop=True))

    def merge(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Add the dumps that the earlier run read to the manifest of the new one."""
        return manifest | {key: {**self.manifest.get(key, {}), **manifest[key]} for key in _MERGED}


def take_up(request: Request) -> Earlier | None:
    """Open the run that `request` goes on from, if its labels are those that this run would give.

    Raises
    ------
    InputError
        When it is no finished run, or another model or other settings labelled it.
    UsageError
        When it is the folder that is to be written.
    """
    if request.since is None:
        return None
    if request.since.resolve() == request.folder.resolve():
        raise UsageError(f"--since {request.since} is the folder to be written. Choose another one with -o.")
    folder = RunFolder(request.since)
    before = folder.read_manifest().get("request", {})
    differing = sorted(key for key, value in label_fingerprint(request).items() if before.get(key) != value)
    if differing:
        raise InputError(
            f"The run in {folder.path} was labelled with other {', '.join(differing)}, so its labels cannot "
            "stand beside new ones. Run all dumps together without --since."
        )
    return Earlier(folder)


def carry_over(earlier: Earlier, parts: Parts) -> None:
    """Write parts with what the earlier run holds and the parts labelled so far do not replace."""
    labelled = parts.tables("reviews", ["review_id"], first=earlier.n_parts)
    new = pa.concat_tables(labelled)["review_id"]
    for number, (reviews, mentions) in enumerate(side_by_side(earlier.folder)):
        if number in parts.finished:
            continue
        is_kept = pc.invert(pc.is_in(reviews["review_id"], value_set=new))
        reviews = reviews.filter(is_kept)
        mentions = mentions.filter(pc.is_in(mentions["review_id"], value_set=reviews["review_id"]))
        rows = earlier.manifest["rows"] if number == 0 else {"read": 0, "rejected": {}}
        tables = {
            "reviews": _unmarked(to_frame(reviews)),
            "mentions": to_frame(mentions).assign(theme_id=pd.array([""] * len(mentions), dtype="str")),
            "rejects": _rejects(earlier.folder) if number == 0 else REJECTS.empty(),
        }
        facts = {
            "read": rows["read"],
            "kept": len(reviews),
            "carried": len(reviews),
            "mentions": len(mentions),
            "rejected": rows["rejected"],
            "problems": earlier.manifest["problems"] if number == 0 else {},
        }
        parts.write(number, {name: encode_table(table) for name, table in tables.items()}, facts)


def hash_rows(reviews: pd.DataFrame) -> NDArray[np.uint64]:
    """Hash of what each review says: all that stood in its row, but for the place of the row.

    A column that is empty counts as much as one that is missing, so another export of the same reviews
    gives the same hashes.
    """
    total = np.zeros(len(reviews), dtype=np.uint64)
    for name in reviews.columns:
        if name not in _CONTENT and not name.startswith(SEGMENT_PREFIX):
            continue
        column = reviews[name]
        is_text = not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column))
        values = column.fillna("").to_numpy(dtype=object) if is_text else column.to_numpy()
        empty = values == "" if is_text else column.isna().to_numpy()
        salt = pd.util.hash_array(np.array([name], dtype=object))[0] | np.uint64(1)
        total += np.where(empty, np.uint64(0), pd.util.hash_array(values) * salt)
    return total


def _pieces(folder: RunFolder, name: str) -> Iterator[pa.Table]:
    for batch in folder.table_file(name).iter_batches(_PIECE):
        yield pa.Table.from_batches([batch])


def side_by_side(folder: RunFolder) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Pieces of the reviews, each with the mentions of its reviews; both tables are in the same order."""
    source = _pieces(folder, "mentions")
    left = folder.table_file("mentions").schema_arrow.empty_table()
    for reviews in _pieces(folder, "reviews"):
        taken = []
        while True:
            inside = pc.sum(pc.is_in(left["review_id"], value_set=reviews["review_id"])).as_py() or 0
            taken.append(left.slice(0, inside))
            left = left.slice(inside)
            following = None if len(left) else next(source, None)
            if following is None:
                break
            left = following
        yield reviews, pa.concat_tables(taken)


def _unmarked(reviews: pd.DataFrame) -> pd.DataFrame:
    """Take back what depended on the whole earlier run: only a kept review becomes a copy."""
    rest = reviews.drop(columns=[name for name in ("copy_of", "copy_kind") if name in reviews])
    return rest.assign(screen=rest["screen"].replace({"copy": "kept", "near_copy": "kept"}))


def _rejects(folder: RunFolder) -> pd.DataFrame:
    file = folder.path / "rejects.csv"
    if not file.exists():
        return REJECTS.empty()
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.astype({column.name: column.dtype for column in REJECTS.columns})[REJECTS.names]
