"""The weights of underthesea's word-segmentation CRF, summed into numpy tables.

The model has two labels, so only the weight for `inside a word` less that for `begins a word` matters: every
weight below is that margin. A template such as ``T[-1,0].lower`` looks at a span of syllables around the one
being judged; templates over spans of the same length share one row of a table, a column for each place.
"""

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PLACES = {
    1: ((-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2)),
    2: ((-2, -1), (-1, 0), (0, 1), (1, 2)),
    3: ((-2, 0), (-1, 1), (0, 2)),
}
"""First and last syllable, counted from the one being judged, of the spans that the model looks at."""

MISS, BEFORE, AFTER = 0, 1, 2
"""Rows of a span table: a span without weights of its own, and spans that leave the text on either side."""

_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\.(\w+))?")
_FUNCTIONS = {None, "lower", "isdigit", "istitle", "is_in_dict"}
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])

Margins = dict[tuple[int, int, str | None], dict[str, float]]
"""For each template (first, last, function): the margin of each value."""


class KeyIndex:
    """A hash table from positive integers to rows that looks up whole arrays.

    `find` gives row 0 for a key that is absent, and `first_row`, `first_row + 1`, ... for the keys in order.
    """

    def __init__(self, keys: Integers, first_row: int) -> None:
        # Four slots for each key: a second probe is rare.
        bits = max(4, (4 * len(keys)).bit_length())
        self._mask = np.int64((1 << bits) - 1)
        self._shift = np.uint64(64 - bits)
        self._keys = np.full(1 << bits, -1, dtype=np.int64)
        self._rows = np.zeros(1 << bits, dtype=np.int64)
        rows = np.arange(first_row, first_row + len(keys))
        slots = self._slots(keys)
        while len(keys):
            free = self._keys[slots] == -1
            self._keys[slots[free]] = keys[free]
            placed = self._keys[slots] == keys
            self._rows[slots[placed]] = rows[placed]
            keys, rows, slots = keys[~placed], rows[~placed], (slots[~placed] + 1) & self._mask

    def find(self, keys: Integers) -> Integers:
        """Rows of `keys`."""
        slots = self._slots(keys)
        stored = self._keys[slots]
        rows = np.where(stored == keys, self._rows[slots], MISS)
        astray = np.flatnonzero((stored != keys) & (stored != -1))
        while len(astray):
            slots[astray] = (slots[astray] + 1) & self._mask
            stored = self._keys[slots[astray]]
            hit = stored == keys[astray]
            rows[astray[hit]] = self._rows[slots[astray[hit]]]
            astray = astray[~hit & (stored != -1)]
        return rows

    def _slots(self, keys: Integers) -> Integers:
        mixed = keys.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return (mixed >> self._shift).view(np.int64)


@dataclass(frozen=True, slots=True)
class SpanTable:
    """Margins of the spans of one length; a row for each known span, a column for each place.

    `exact` holds the weights of the span as it is written, `lower` those of its lower-case form and of its
    standing in the dictionary, `both` their sum for the many spans that are written in lower case. `title`
    is added where the span begins at the syllable being judged: for a span that is not, that is titled, and
    that leaves the text.
    """

    index: KeyIndex
    exact: Floats
    lower: Floats
    both: Floats
    title: Floats


@dataclass(frozen=True, slots=True)
class CrfTables:
    """Everything the model knows.

    `vocabulary` numbers the syllables the model knows, from 1; 0 is any other. `exact` and `lower` have a
    row for each of them, `digit` and `title` one for False and one for True, `outside` one for what stands
    before a text and one for what stands after it. `transitions[i, j]` is the weight of label j after i.
    """

    vocabulary: dict[str, int]
    exact: Floats
    lower: Floats
    digit: Floats
    title: Floats
    outside: Floats
    pairs: SpanTable
    triples: SpanTable
    transitions: Floats


def build_tables(model: bytes, dictionary: Iterable[str]) -> CrfTables:
    """Sum the weights of a CRFsuite model file into tables.

    Parameters
    ----------
    model : bytes
        Content of the model file.
    dictionary : iterable of str
        Lower-case words of the model's dictionary.

    Raises
    ------
    ValueError
        When the file is not such a model, or uses a template that is not known here.
    """
    margins, transitions = _read_model(model)
    words = _by_length(dictionary)
    syllables = dict.fromkeys(" ".join(_spans(margins, words)).split(" "))
    vocabulary = dict(zip(syllables, range(1, len(syllables) + 1), strict=True))
    exact, lower = (np.zeros((len(vocabulary) + 1, 5)) for _ in range(2))
    _fill(exact, margins, 1, None, vocabulary)
    _fill(lower, margins, 1, "lower", vocabulary)
    _fill_dictionary(lower, margins, 1, words[1], vocabulary)
    return CrfTables(
        vocabulary=vocabulary,
        exact=exact,
        lower=lower,
        digit=_flags(margins, 1, "isdigit"),
        title=_flags(margins, 1, "istitle"),
        outside=np.array([_outside(margins, 1, value) for value in ("BOS", "EOS")]),
        pairs=_span_table(margins, 2, words[2], vocabulary),
        triples=_span_table(margins, 3, words[3], vocabulary),
        transitions=transitions,
    )


def span_keys(syllables: Integers, length: int) -> Integers:
    """One number for each run of `length` syllable numbers, or -1 when one of them is unknown."""
    stop = len(syllables) - length + 1
    keys = syllables[:stop].copy()
    known = keys > 0
    for shift in range(1, length):
        following = syllables[shift : stop + shift]
        keys = (keys << 20) | following
        known &= following > 0
    return np.where(known, keys, -1)


def _read_model(model: bytes) -> tuple[Margins, Floats]:
    magic, _, kind, version = struct.unpack_from("<4sI4sI", model)
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
        raise ValueError("the model is not a CRFsuite model of version 100")
    at_features, at_labels, at_attributes = struct.unpack_from("<III", model, 28)
    if (labels := _read_strings(model, at_labels)) != ["B-W", "I-W"]:
        raise ValueError(f"the model has the labels {labels}, not B-W and I-W")
    (count,) = struct.unpack_from("<I", model, at_features + 8)
    features = np.frombuffer(model, dtype=_FEATURE, count=count, offset=at_features + 12)
    states, moves = features[features["kind"] == 0], features[features["kind"] == 1]
    attributes = _read_strings(model, at_attributes)
    weights = np.zeros((len(attributes), 2))
    weights[states["source"], states["target"]] = states["weight"]
    transitions = np.zeros((2, 2))
    transitions[moves["source"], moves["target"]] = moves["weight"]
    named: dict[str, dict[str, float]] = defaultdict(dict)
    for attribute, margin in zip(attributes, (weights[:, 1] - weights[:, 0]).tolist(), strict=True):
        name, _, value = attribute.partition("=")
        named[name][value] = margin
    return {_read_template(name): values for name, values in named.items()}, transitions


def _read_template(name: str) -> tuple[int, int, str | None]:
    match = _TEMPLATE.fullmatch(name)
    if match is None or match[3] not in _FUNCTIONS:
        raise ValueError(f"the model has an unknown template: {name}")
    return int(match[1]), int(match[2] or match[1]), match[3]


def _read_strings(model: bytes, start: int) -> list[str]:
    count, links = struct.unpack_from("<II", model, start + 16)
    strings = []
    for offset in np.frombuffer(model, dtype="<u4", count=count, offset=start + links).tolist():
        (size,) = struct.unpack_from("<I", model, start + offset + 4)
        text = start + offset + 8
        strings.append(model[text : text + size - 1].decode("utf-8"))
    return strings


def _spans(margins: Margins, words: Mapping[int, list[str]]) -> Iterable[str]:
    for (_, _, function), values in margins.items():
        if function in (None, "lower"):
            yield from values
    for listed in words.values():
        yield from listed


def _by_length(dictionary: Iterable[str]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {length: [] for length in PLACES}
    for word in dictionary:
        length = word.count(" ") + 1
        if length in words:
            words[length].append(word)
    return words


def _span_table(margins: Margins, length: int, words: list[str], vocabulary: dict[str, int]) -> SpanTable:
    templates = product(PLACES[length], (None, "lower"))
    texts = chain.from_iterable(margins.get((*place, function), {}) for place, function in templates)
    spans = dict.fromkeys(text for text in texts if text.count(" ") == length - 1) | dict.fromkeys(words)
    rows = dict(zip(spans, range(AFTER + 1, AFTER + 1 + len(spans)), strict=True))
    exact, lower = (np.zeros((AFTER + 1 + len(rows), len(PLACES[length]))) for _ in range(2))
    _fill(exact, margins, length, None, rows)
    _fill(lower, margins, length, "lower", rows)
    _fill_dictionary(lower, margins, length, words, rows)
    titles = margins.get((0, length - 1, "istitle"), {})
    title = np.array([titles.get(value, 0.0) for value in ("False", "True", "EOS")])
    # A span that leaves the text has one value for all functions, so its weights are one row.
    lower[BEFORE], lower[AFTER] = _outside(margins, length, "BOS"), _outside(margins, length, "EOS")
    ids = np.array([vocabulary[syllable] for syllable in " ".join(rows).split(" ")], dtype=np.int64)
    index = KeyIndex(span_keys(ids, length)[::length].copy(), first_row=AFTER + 1)
    return SpanTable(index, exact, lower, exact + lower, title)


def _fill(table: Floats, margins: Margins, length: int, function: str | None, rows: dict[str, int]) -> None:
    for column, (first, last) in enumerate(PLACES[length]):
        known = [
            (rows[text], m) for text, m in margins.get((first, last, function), {}).items() if text in rows
        ]
        if known:
            places, values = zip(*known, strict=True)
            table[list(places), column] = values


def _fill_dictionary(
    table: Floats, margins: Margins, length: int, words: list[str], rows: dict[str, int]
) -> None:
    absent, listed = _flags(margins, length, "is_in_dict")
    table += absent
    table[[rows[word] for word in words]] += listed - absent


def _flags(margins: Margins, length: int, function: str) -> Floats:
    return np.array([_column(margins, length, function, value) for value in ("False", "True")])


def _outside(margins: Margins, length: int, value: str) -> Floats:
    # Titles of longer spans are added apart, see SpanTable.
    functions = _FUNCTIONS if length == 1 else _FUNCTIONS - {"istitle"}
    columns: Floats = np.sum([_column(margins, length, function, value) for function in functions], axis=0)
    return columns


def _column(margins: Margins, length: int, function: str | None, value: str) -> Floats:
    return np.array([margins.get((*place, function), {}).get(value, 0.0) for place in PLACES[length]])
