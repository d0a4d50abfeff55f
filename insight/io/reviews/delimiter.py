"""How a file of delimited text is written: its delimiter, its quotes, its escapes."""

import csv
import re
from collections import Counter
from collections.abc import Sequence

from insight.io.reviews.header import LOOKED_AT, find_header
from insight.io.reviews.records import NO_DELIMITER, Dialect, PushedLines
from insight.io.reviews.role_names import roles_of

_CANDIDATES = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*')
_SHARE = 0.9


def sniff_dialect(lines: Sequence[str], suffix: str) -> Dialect:
    """Choose the dialect under which rows have equally many cells, and a known header if there is one.

    Parameters
    ----------
    lines : sequence of str
        The first lines with their line ends; the last may break off inside a cell.
    suffix : str
        How the file's name ends; ".txt" makes commas in prose no delimiter.
    """
    if lines and (sep := _SEP_LINE.fullmatch(lines[0])):
        return Dialect(sep.group(1), escaped=_is_escaped(lines, sep.group(1)), skipped=1)
    best, best_score = NO_DELIMITER, 0.0
    for delimiter in _CANDIDATES:
        score = _score(lines, delimiter, is_prose=suffix == ".txt")
        if score > best_score:
            best, best_score = delimiter, score
    if best == NO_DELIMITER and suffix == ".txt":
        return Dialect(best, quoted=False)
    return Dialect(best, escaped=_is_escaped(lines, best))


def sample_records(lines: Sequence[str], dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    """Read the records of the first lines; also say with which line each of them ends, from 1.

    A record that its quotes make run on to nowhere is taken to be one line.
    """
    pushed = PushedLines(lines[dialect.skipped :])
    reader = dialect.reader(pushed, strict=True)
    records: list[list[str]] = []
    ends: list[int] = []
    end = dialect.skipped
    while True:
        pushed.taken.clear()
        try:
            record = next(reader)
        except StopIteration:
            return records, ends
        except csv.Error:
            record = next(dialect.reader([pushed.keep_first()], strict=False), [])
            del pushed.taken[1:]
        end += len(pushed.taken)
        records.append(record)
        ends.append(end)


def usual_width(records: Sequence[Sequence[str]]) -> int:
    """Count the cells that most records have."""
    widths = Counter(len(record) for record in records if record)
    return widths.most_common(1)[0][0] if widths else 0


def _score(lines: Sequence[str], delimiter: str, *, is_prose: bool) -> float:
    records = [record for record in sample_records(lines, Dialect(delimiter))[0] if record]
    width = usual_width(records)
    header = find_header(records)
    cells = records[header] if header is not None else []
    names = sum(bool(roles_of(cell)) for cell in cells)
    if len(cells) >= 2 and names >= (2 if is_prose else 1):
        # Rows broken by unquoted commas do not speak against a header that is plainly there.
        return 1 + names + sum(len(record) == len(cells) for record in records) / len(records)
    body = records[min(len(records) - 1, LOOKED_AT) // 2 :]  # past a preamble
    if width < 2 or (is_prose and delimiter != "\t"):
        return 0.0
    if delimiter in ",;" and _is_prose(records):
        return 0.0
    share = sum(len(record) == width for record in body) / len(body)
    return share if share >= _SHARE and (len(records) > 2 or header is not None) else 0.0


def _is_prose(records: Sequence[Sequence[str]]) -> bool:
    """Whether commas are those of sentences: a blank follows them, and the only header is one name."""
    parts = [cell for record in records for cell in record[1:] if cell]
    has_one_name = len(records[0]) == 1 and bool(roles_of(records[0][0]))
    return has_one_name or sum(part.startswith(" ") for part in parts) > len(parts) / 2


def _is_escaped(lines: Sequence[str], delimiter: str) -> bool:
    if not any('\\"' in line for line in lines):
        return False

    def even(escaped: bool) -> float:
        records, _ = sample_records(lines, Dialect(delimiter, escaped=escaped))
        width = usual_width(records)
        return sum(len(record) == width for record in records) / max(len(records), 1)

    return even(True) > even(False)
