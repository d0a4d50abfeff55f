"""underthesea's word segmentation for many texts at once: its CRF evaluated in numpy, with identical words.

A text is split at white space into chunks, whose syllables are remembered; the CRF then judges all syllables
of a batch together. What could come out differently (a near-tie, a text that must not be split at its spaces)
is left to underthesea itself, and nothing here is used unless the installed version is the known one and
finds the same words in sample sentences.
"""

import hashlib
import pickle
import re
import threading
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata, util
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from insight.text.crf_decoding import OUTSIDE_AFTER, OUTSIDE_BEFORE, Judgement, SyllableTable, judge
from insight.text.crf_tables import CrfTables, Integers, build_tables
from insight.text.word_samples import SAMPLES, are_known_words

Segment = Callable[[str], list[str]]

_VERSION = "9.5."
_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
_HASHES = {
    "models.bin": "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3",
    "dictionary.bin": "ec8c62b3881c6682c18959988e1fe08800cc835777778845bded470ca02745d9",
    "features.bin": "cf93263c7c7973bf50122b0be76a394443ff61be00c1368713dee1b7d5b8a435",
}
_PATTERN_HASH = "ed7f6df4bba1133b1fd2baf02d612b7ef6912f0460f7a8166bd6b4aa8f072d25"

_BATCH_SYLLABLES = 50_000
_MOST_CHUNKS, _MOST_CHARACTERS = 300_000, 6_000_000

# Only "Th.S" in underthesea's pattern can match across white space, its full stop being any character.
_CROSSES_SPACE = re.compile(r"Th\s[Ss]")


class UnsupportedError(Exception):
    """The fast path cannot be used here; the message says why."""


class _Chunks(dict[str, tuple[int, ...]]):
    """Syllable numbers of each run of text between spaces, split when first seen."""

    def __init__(self, split: Segment, syllables: SyllableTable) -> None:
        super().__init__()
        self._split, self._syllables = split, syllables
        self.characters = 0

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        numbers = self[chunk] = tuple(map(self._syllables.__getitem__, self._split(chunk)))
        self.characters += len(chunk)
        return numbers


class FastWords:
    """Segments texts in batches, with bounded memory of the chunks it has seen; safe to share among threads.

    Parameters
    ----------
    tables : CrfTables
        The model.
    normalize, split : callable
        underthesea's normalisation of a text, and its split of a chunk into syllables.
    is_title : callable
        Whether a character counts as upper-case to the model.
    slow : callable
        Segments one text by underthesea itself.
    """

    def __init__(
        self,
        tables: CrfTables,
        normalize: Callable[[str], str],
        split: Segment,
        is_title: Callable[[str], bool],
        slow: Segment,
    ) -> None:
        self._tables, self._normalize, self._split, self._is_title = tables, normalize, split, is_title
        self._slow = slow
        self._lock = threading.Lock()
        self._forget()

    def segment(self, texts: Sequence[str]) -> list[list[str]]:
        """Words of each text.

        Parameters
        ----------
        texts : sequence of str
            Any texts.

        Returns
        -------
        list of list of str
            The words, in the order of `texts`.
        """
        words: list[list[str]] = []
        with self._lock:
            try:
                while len(words) < len(texts):
                    words.extend(self._segment_batch(texts, len(words)))
                    if len(self._chunks) > _MOST_CHUNKS or self._chunks.characters > _MOST_CHARACTERS:
                        self._forget()
            except BaseException:
                # An interrupt may have left a syllable half numbered.
                self._forget()
                raise
        return words

    def _forget(self) -> None:
        self._syllables = SyllableTable(self._tables, self._is_title)
        self._chunks = _Chunks(self._split, self._syllables)

    def _segment_batch(self, texts: Sequence[str], start: int) -> list[list[str]]:
        numbers, counts = array("q", [OUTSIDE_BEFORE, OUTSIDE_BEFORE]), array("q")
        between = (OUTSIDE_AFTER, OUTSIDE_AFTER, OUTSIDE_BEFORE, OUTSIDE_BEFORE)
        slow: set[int] = set()
        find = self._chunks.__getitem__
        for position in range(start, len(texts)):
            chunks = self._chunks_of(texts[position])
            if chunks is None:
                slow.add(len(counts))
                chunks = []
            before = len(numbers)
            numbers.extend(chain.from_iterable(map(find, chunks)))
            counts.append(len(numbers) - before)
            if chunks:
                numbers.extend(between)
            if len(numbers) > _BATCH_SYLLABLES:
                break
        words = self._words(np.frombuffer(numbers, np.int64), np.frombuffer(counts, np.int64), slow)
        for position in slow:
            words[position] = self._slow(texts[start + position])
        return words

    def _chunks_of(self, text: str) -> list[str] | None:
        """Chunks of a text, or None when it must not be split at its spaces."""
        if not text.isascii():
            try:
                text.encode("utf-8")
            except UnicodeEncodeError:
                return None
            text = self._normalize(text)
        if _CROSSES_SPACE.search(text):
            return None
        chunks = text.split()
        # "A." keeps its full stop but at the end of the text, a final line break not counted.
        if chunks and chunks[-1][-1] == "." and text.endswith((".", ".\n")):
            chunks[-1] += "\n"
        return chunks

    def _words(self, numbers: Integers, counts: Integers, slow: set[int]) -> list[list[str]]:
        """Words of each text of a batch; texts with a near-tie are added to `slow`."""
        filled = counts[counts > 0]
        if not len(filled):
            return [[] for _ in counts]
        self._syllables.settle()
        verdict = judge(numbers, filled, self._syllables, self._tables)
        ends = np.cumsum(counts)
        slow.update(np.searchsorted(ends, verdict.doubtful, side="right").tolist())
        words = self._join(numbers[numbers > OUTSIDE_AFTER], verdict)
        stops = np.concatenate([[0], np.cumsum(verdict.begins)])[np.concatenate([[0], ends])].tolist()
        return [words[start:stop] for start, stop in pairwise(stops)]

    def _join(self, numbers: Integers, verdict: Judgement) -> list[str]:
        names = self._syllables.names
        starts = np.flatnonzero(verdict.begins)
        sizes = np.diff(starts, append=len(numbers))
        words = [names[number] for number in numbers[starts].tolist()]
        pairs = np.flatnonzero(sizes == 2)
        for at, second in zip(pairs.tolist(), numbers[starts[pairs] + 1].tolist(), strict=True):
            words[at] = f"{words[at]} {names[second]}"
        for at in np.flatnonzero(sizes > 2).tolist():
            span = numbers[starts[at] : starts[at] + sizes[at]].tolist()
            words[at] = " ".join([names[number] for number in span])
        return words


def load_fast_words(word_tokenize: Segment, slow: Segment) -> FastWords:
    """Read the installed model and prove the fast path on sample sentences.

    Parameters
    ----------
    word_tokenize : callable
        `underthesea.word_tokenize`.
    slow : callable
        Segments the texts that the fast path leaves alone.

    Raises
    ------
    UnsupportedError
        When underthesea is not the known version, its files are not the known ones, or the words differ.
    """
    try:
        version = installed_version()
    except metadata.PackageNotFoundError:
        version = "of no known version"
    if not version.startswith(_VERSION):
        raise UnsupportedError(f"underthesea is {version}, and the fast path knows {_VERSION}x")
    files = _read_model_files()
    try:
        split, normalize, is_title = _underthesea_parts()
    except (ImportError, AttributeError) as error:
        raise UnsupportedError(f"underthesea has other parts than {_VERSION}x has: {error}") from error
    # The file is the known one, by its hash, so that unpickling it runs nothing unknown.
    dictionary: set[str] = pickle.loads(files["dictionary.bin"])  # noqa: S301
    fast = FastWords(build_tables(files["models.bin"], dictionary), normalize, split, is_title, slow)
    found = fast.segment(SAMPLES)
    # Only a compiled part that is not known is asked itself: its model takes long to load.
    if not are_known_words(found, core_version()) and found != [word_tokenize(text) for text in SAMPLES]:
        raise UnsupportedError("the words of the sample sentences differ from underthesea's")
    return fast


def installed_version() -> str:
    """Version of the installed underthesea."""
    return metadata.version("underthesea")


def core_version() -> str:
    """Version of underthesea's compiled part; empty when it is not known."""
    try:
        return metadata.version("underthesea_core")
    except metadata.PackageNotFoundError:
        return ""


def _read_model_files() -> dict[str, bytes]:
    spec = util.find_spec("underthesea")
    folder = Path((spec.submodule_search_locations or [""])[0] if spec else "") / _MODEL
    files = {}
    for name, known in _HASHES.items():
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            raise UnsupportedError(f"underthesea's {name} cannot be read: {error}") from error
        if hashlib.sha256(files[name]).hexdigest() != known:
            raise UnsupportedError(f"underthesea's {name} is not the known one")
    return files


def _underthesea_parts() -> tuple[Segment, Callable[[str], str], Callable[[str], bool]]:
    from underthesea.pipeline.text_normalize.character_normalize import normalize_characters_in_text
    from underthesea.pipeline.text_normalize.token_normalize import token_normalize
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns
    from underthesea_core import CRFFeaturizer

    if hashlib.sha256(patterns.pattern.encode()).hexdigest() != _PATTERN_HASH:
        raise UnsupportedError("underthesea's pattern for syllables is not the known one")

    def split(chunk: str) -> list[str]:
        # Letters alone are one syllable ("Th.S" apart, see above); the pattern takes long to find that out.
        if chunk.isalpha() and not chunk.startswith("Th"):
            return [token_normalize(chunk)]
        text = chunk[:-1] if chunk[-1] == "\n" else chunk + " "
        return [token_normalize(match[0]) for match in patterns.finditer(text)]

    featurizer = CRFFeaturizer(["T[0].istitle"], set())

    @cache
    def is_title(character: str) -> bool:
        # Python and the compiled part may know different versions of Unicode, so it is asked itself.
        if character.isascii():
            return not character.islower()
        return bool(featurizer.process([[[character]]]) == [[["T[0].istitle=True"]]])

    return split, normalize_characters_in_text, is_title
