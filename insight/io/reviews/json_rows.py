"""JSON Lines, JSON arrays, and arrays wrapped in an object such as {"data": [...]}."""

import io
import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from insight.errors import InputError
from insight.io.reviews.encoding import Encoding
from insight.io.reviews.legacy import RECODERS
from insight.io.reviews.rows import RawTable, Reject, Rows, cell_text, raw_json, to_rows
from insight.io.reviews.sources import Source

_BLOCK = 1 << 16
_HEAD = 1 << 20
_RAW_SHOWN = 2_000
_DEPTH = 3
_SPACE = " \t\r\n\ufeff"
_Item = dict[str, Any] | Reject


def read_json(source: Source, encoding: Encoding) -> RawTable:
    """Table of a JSON file; nested objects become columns such as `user.name`.

    Arrays and lines are read as a stream. An array wrapped in an object has to be loaded as a whole.

    Raises
    ------
    InputError
        When the file holds no object and no string.
    """
    with _open_text(source, encoding) as text:
        shape = _shape(text)
    table = RawTable(
        name=source.name,
        path=str(source.path),
        format="jsonl" if shape == "lines" else "json",
        pieces=partial(_pieces, source, encoding, shape),
        compression=source.compression,
        encoding=encoding.name,
        certainty=encoding.certainty,
    )
    first = next(table.pieces(1), None)
    if first is None:
        raise InputError(
            f"{source.name} holds no review. It should be an array of objects or one object a line."
        )
    return table


def _open_text(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    return io.TextIOWrapper(source.open(), encoding=encoding.codec, errors="surrogateescape", newline="\n")


def _shape(text: io.TextIOWrapper) -> str:
    """'array', 'lines' or 'wrapped', by the first lines that are not blank."""
    lines = [line.strip(_SPACE) for line in text.read(_HEAD).split("\n") if line.strip(_SPACE)]
    first = lines[0] if lines else ""
    if first.startswith("["):
        return "array"
    try:
        value = json.loads(first)
    except json.JSONDecodeError:
        # An object over several lines breaks where it may; other lines that are no JSON are broken ones.
        goes_on = len(first) > _HEAD // 2 or first.endswith(("{", "[", ",", ":"))
        return "wrapped" if first.startswith("{") and goes_on else "lines"
    return "wrapped" if len(lines) == 1 and _find_array(value, _DEPTH) else "lines"


def _pieces(source: Source, encoding: Encoding, shape: str, size: int) -> Iterator[Rows]:
    with _open_text(source, encoding) as text:
        if shape == "lines":
            items = _lines(text)
        elif shape == "array":
            items = _array(text)
        else:
            items = _wrapped(text)
        change = RECODERS.get(encoding.recode, str)
        numbered = enumerate(items, start=1)
        while taken := list(islice(numbered, size)):
            good = [(number, item) for number, item in taken if not isinstance(item, Reject)]
            rejects = [item._replace(row=number) for number, item in taken if isinstance(item, Reject)]
            names = dict.fromkeys(name for _, item in good for name in item)
            columns = {name: [change(cell_text(item.get(name))) for _, item in good] for name in names}
            yield to_rows(columns, [number for number, _ in good], rejects)


def _lines(text: io.TextIOWrapper) -> Iterator[_Item]:
    for line in text:
        if not line.strip(_SPACE):
            continue
        try:
            yield _item(json.loads(line.strip(_SPACE)))
        except (json.JSONDecodeError, RecursionError):
            yield _bad(line.rstrip("\r\n"))


def _array(text: io.TextIOWrapper) -> Iterator[_Item]:
    """Items of an array, decoded one by one from a buffer that holds little more than one of them."""
    decode = json.JSONDecoder().raw_decode
    buffer, position, is_end = "", 0, False
    while True:
        position = _skip(buffer, position, "[," + _SPACE)
        ended = position < len(buffer) and buffer[position] == "]"
        if ended:
            return
        try:
            value, stop = decode(buffer, position)
            # A number at the end of the buffer may go on behind it; objects and strings have an end.
            if stop < len(buffer) or is_end:
                yield _item(value)
                position = stop
                continue
        except (json.JSONDecodeError, RecursionError):
            pass
        if is_end:
            if buffer[position:].strip(_SPACE):
                yield _bad(buffer[position:])
            return
        # Blocks double while one item does not fit, so that a large item is decoded a few times only.
        block = text.read(max(_BLOCK, len(buffer) - position))
        is_end = not block
        buffer, position = buffer[position:] + block, 0


def _wrapped(text: io.TextIOWrapper) -> Iterator[_Item]:
    content = text.read()
    try:
        value = json.loads(content.strip(_SPACE))
    except (json.JSONDecodeError, RecursionError):
        yield _bad(content)
        return
    for item in _find_array(value, _DEPTH) or [value]:
        yield _item(item)


def _find_array(value: Any, depth: int) -> list[Any] | None:
    """Longest list of objects inside nested objects."""
    if isinstance(value, list):
        return value if value and all(isinstance(item, dict) for item in value) else None
    if not isinstance(value, dict) or not depth:
        return None
    found = [array for inner in value.values() if (array := _find_array(inner, depth - 1))]
    return max(found, key=len, default=None)


def _item(value: Any) -> _Item:
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict):
        return _bad(raw_json(value))
    return _flat(value) if any(isinstance(inner, dict) for inner in value.values()) else value


def _flat(value: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, inner in value.items():
        flat |= (
            _flat(inner, f"{prefix}{name}.") if isinstance(inner, dict) and inner else {prefix + name: inner}
        )
    return flat


def _bad(raw: str) -> Reject:
    return Reject(0, "bad_json", raw_json(raw[:_RAW_SHOWN]))


def _skip(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position
