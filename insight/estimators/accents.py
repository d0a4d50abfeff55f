"""Write the diacritics back that customers left out, learnt from customers who typed them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Self

from insight.text.diacritics import strip_diacritics

_CANDIDATES = 6
"""Spellings weighed for one bare syllable; rarer ones cost time and win hardly ever."""

_START = ""


class AccentRestorer:
    """Bigram model over syllables, decoded by Viterbi.

    A text with any diacritic is left as it is: its author could type them.

    Parameters
    ----------
    backoff : float
        Share of the unigram in the interpolated probability of a syllable after another.

    Attributes
    ----------
    spellings_ : dict of str to list of (str, int)
        Bare syllable -> its spellings in the fitted texts with their counts, most frequent first.

    Examples
    --------
    >>> restorer = AccentRestorer().fit(["giao hàng chậm", "giao hàng nhanh"])
    >>> restorer.transform(["giao hang cham"])
    ['giao hàng chậm']
    """

    def __init__(self, *, backoff: float = 0.1) -> None:
        self.backoff = backoff

    def fit(self, texts: Iterable[str], weights: Sequence[int] | None = None) -> Self:
        """Count syllables and pairs of the texts that carry diacritics.

        Parameters
        ----------
        texts : iterable of str
            Normal forms, syllables parted by spaces.
        weights : sequence of int, optional
            How often each text was written.
        """
        single: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for i, text in enumerate(texts):
            if text.isascii():
                continue
            n = 1 if weights is None else int(weights[i])
            syllables = text.split()
            for syllable in syllables:
                single[syllable] += n
            for pair in zip((_START, *syllables), syllables, strict=False):
                pairs[pair] += n
        grouped: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for syllable, count in sorted(single.items(), key=lambda item: (-item[1], item[0])):
            options = grouped[strip_diacritics(syllable)]
            if len(options) < _CANDIDATES:
                options.append((syllable, count))
        self.spellings_ = dict(grouped)
        self._single, self._pairs = single, pairs
        self._total = max(sum(single.values()), 1)
        return self

    def transform(self, texts: Iterable[str]) -> list[str]:
        """`texts` with those that carry no diacritic spelled out."""
        return [self._restore(text) if text.isascii() else text for text in texts]

    def _restore(self, text: str) -> str:
        best: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for bare in text.split():
            options = [spelling for spelling, _ in self.spellings_.get(bare, ())] or [bare]
            step: dict[str, tuple[float, list[str]]] = {}
            for option in options:
                score, path = max(
                    ((s + self._log_probability(before, option), p) for before, (s, p) in best.items()),
                    key=lambda found: found[0],
                )
                step[option] = (score, [*path, option])
            best = step
        return " ".join(max(best.values(), key=lambda found: found[0])[1])

    def _log_probability(self, before: str, syllable: str) -> float:
        unigram = (self._single[syllable] + 0.5) / self._total
        seen = self._single[before] if before else 0
        bigram = self._pairs[before, syllable] / seen if seen else 0.0
        return math.log((1 - self.backoff) * bigram + self.backoff * unigram)
