"""Station: which reviews are set aside, and why. Nothing is deleted."""

from collections.abc import Iterable, Sequence
from itertools import repeat

import pandas as pd

from insight.text.filler import is_filler, is_padded
from insight.text.language import is_foreign
from insight.text.reading import Reading
from insight.text.review_words import is_off_topic
from insight.text.spam import is_spam
from insight.text.spelling import Spelling, spell


def screen_reviews(
    reviews: pd.DataFrame,
    readings: Sequence[Reading] | None = None,
    *,
    spam: bool = True,
    filler: bool = True,
    foreign: bool = True,
    padded: bool = False,
) -> pd.DataFrame:
    """`reviews` with `screen`: 'kept', or the first reason that applies.

    Each review is judged alone. A text that judges something is neither filler nor off topic, however little
    it says.

    Parameters
    ----------
    reviews : DataFrame
        With `text` and `clean` (from `normalize_reviews`).
    readings : sequence of Reading, optional
        What `read_text` makes of each text, where it is known already.
    spam, filler, foreign : bool
        Which reasons are looked for; `filler` covers 'off_topic' too.
    padded : bool
        Whether a review that judges something but was stretched by mash or repetition is 'filler' too.
    """
    pieces: Iterable[Sequence[str]] = (
        repeat(()) if readings is None else (reading.forms for reading in readings)
    )
    texts = reviews["text"].tolist() if readings is None else [reading.raw for reading in readings]
    reasons = [
        _reason(text, spam=spam, filler=filler, foreign=foreign, padded=padded)
        for text in map(spell, texts, reviews["clean"].tolist(), pieces)
    ]
    return reviews.assign(screen=pd.array(reasons, dtype="str"))


def _reason(text: Spelling, *, spam: bool, filler: bool, foreign: bool, padded: bool) -> str:
    if not text.n_words and not any(form[0].isalnum() or form[0] == "_" for form in text.forms):
        return "empty"
    if spam and is_spam(text):
        return "spam"
    if filler and (is_filler(text) or (padded and is_padded(text))):
        return "filler"
    if foreign and is_foreign(text):
        return "foreign"
    if filler and is_off_topic(text):
        return "off_topic"
    return "kept"
