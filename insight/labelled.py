"""Reviews with the labels of a reader, in the form of section 6 of the codebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from insight.errors import InputError, unknown
from insight.taxonomy import SENTIMENTS, Taxonomy


@dataclass(frozen=True)
class LabelledMention:
    """A verbatim stretch of a review with its four labels; `start` is its offset in the raw text."""

    text: str
    start: int
    stage: str
    touchpoint: str
    pain: str
    sentiment: str

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class LabelledReview:
    """A review with its verdict and its mentions in reading order."""

    id: str
    domain: str
    text: str
    overall: str
    mentions: tuple[LabelledMention, ...]


def parse_labelled(row: Mapping[str, Any], origin: str, taxonomy: Taxonomy) -> LabelledReview:
    """One labelled review from a JSON object.

    Parameters
    ----------
    row : mapping
        `id`, `text`, `overall`, `mentions`, and `domain` where known.
    origin : str
        File and line, for messages.
    taxonomy : Taxonomy
        The labels that exist.

    Raises
    ------
    InputError
        When a key is missing, a label unknown, or a mention not a verbatim part of the text.
    """
    missing = [key for key in ("id", "text", "overall", "mentions") if key not in row]
    if missing:
        raise InputError(f"{origin}: the review lacks {', '.join(missing)}. It has: {', '.join(row)}.")
    _check_label(origin, "overall sentiment", row["overall"], SENTIMENTS)
    known = {
        "stage": [label.id for label in taxonomy.stages],
        "touchpoint": [label.id for label in taxonomy.touchpoints],
        "pain": [label.id for label in taxonomy.pains],
        "sentiment": SENTIMENTS,
    }
    text, position = str(row["text"]), 0
    mentions = []
    for mention in row["mentions"]:
        for key, values in known.items():
            _check_label(origin, key, mention.get(key, ""), values)
        start = text.find(mention["text"], position)
        if start < 0:
            raise InputError(
                f'{origin}: the mention "{mention["text"]}" does not stand in the text behind the mention '
                "before it. Mentions are copied verbatim, in reading order, without overlap."
            )
        position = start + len(mention["text"])
        mentions.append(LabelledMention(text=mention["text"], start=start, **{k: mention[k] for k in known}))
    return LabelledReview(str(row["id"]), str(row.get("domain", "")), text, row["overall"], tuple(mentions))


def _check_label(origin: str, kind: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise InputError(f"{origin}: {unknown(kind, str(value), known)}")
