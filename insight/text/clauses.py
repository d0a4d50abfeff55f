"""Split a reading into clauses: the stretches that may each judge one thing."""

from functools import cache
from itertools import compress, count, pairwise
from typing import NamedTuple

from insight.text.diacritics import strip_diacritics
from insight.text.informal import read_pairs
from insight.text.lexicon import find_verdicts
from insight.text.reading import LINK, Reading

_STOPS = frozenset(".!?;…\n|•")
_EMOJI = frozenset(("_happy_", "_love_", "_thumb_", "_laugh_", "_sad_", "_angry_"))
_BULLETS = frozenset("-–—+*→>•")
_MIN_AFTER_COMMA = 3
"""A stretch behind a comma with fewer syllables is one item of a list: it waits for the verdict."""
_LONGEST_CLAUSE = 60
_MIN_BEFORE_HEAD = 3
_BINDING = (
    "của cho với từ ở bên khi là được bị có không về nên vì do mà các mấy những cái con mua bán đặt nhận "
    "trả và cùng hay hoặc để đến tới trong ngoài trên một hai nhiều ít mọi lúc theo như vào ra làm gọi hỏi "
    "bảo nhờ"
)
_BINDS_HEAD = frozenset(_BINDING.split()) | frozenset(strip_diacritics(_BINDING).split())
"""Behind one of these a head word belongs to what stands before it ("đồ ăn của quán")."""


class Clause(NamedTuple):
    """A clause: first and last piece of the reading (both included), and whether a contrast opens it."""

    first: int
    last: int
    turns: bool


class _Openers(NamedTuple):
    """Phrases by their first syllable, longest first; the value says whether the phrase is a contrast."""

    openers: dict[str, list[tuple[tuple[str, ...], bool]]]
    wholes: dict[str, list[tuple[str, ...]]]


_TURNS_IN_ONE = frozenset(("nhưng mà", "nhung ma"))
"""A chat spelling written out is one piece."""
_MOST_FORMS = 200_000
_AMBIGUOUS_BARE = frozenset(("con", "chu", "rieng", "tuy"))
"""Without diacritics these open a clause no more often than they are another word (con: child)."""


@cache
def _openers(*, bare: bool) -> _Openers:
    openers: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for phrase, kind in read_pairs("turns.tsv"):
        words = _words(phrase, bare)
        if not bare or len(words) > 1 or words[0] not in _AMBIGUOUS_BARE:
            openers.setdefault(words[0], []).append((words, kind == "turn"))
    wholes: dict[str, list[tuple[str, ...]]] = {}
    for phrase, _ in read_pairs("wholes.tsv"):
        words = _words(phrase, bare)
        wholes.setdefault(words[0], []).append(words)
    for options in openers.values():
        options.sort(key=lambda option: -len(option[0]))
    return _Openers(openers, wholes)


class _MayMark(dict[str, bool]):
    """Whether a form has a part in the marking of boundaries, for the forms met so far: most have none."""

    def __init__(self, openers: _Openers) -> None:
        self._phrases = openers.openers.keys() | openers.wholes.keys() | _TURNS_IN_ONE

    def __missing__(self, form: str) -> bool:
        if len(self) >= _MOST_FORMS:
            self.clear()
        is_mark = form[0] in _STOPS or form == "," or form in _EMOJI or form in _BULLETS
        self[form] = is_mark or form in self._phrases
        return self[form]


@cache
def _may_mark(*, bare: bool) -> _MayMark:
    return _MayMark(_openers(bare=bare))


_CUT_SHORT = {("xem", "thêm"), ("xem", "them")}
"""What platforms write behind a review that they show in part."""


def _words(phrase: str, bare: bool) -> tuple[str, ...]:
    return tuple((strip_diacritics(phrase) if bare else phrase).split())


def split_clauses(reading: Reading) -> list[Clause]:
    """Clauses of `reading` in order; they do not overlap and hold every syllable, but for a final "Xem thêm".

    A clause ends at sentence punctuation, a line break, a bullet, an emoji, a comma that does not
    merely list, and before a word that turns ("nhưng", "mỗi tội", "được cái") or adds ("ngoài ra").
    """
    marks = _mark_boundaries(reading)
    spans = _cut_run_ons(reading.forms, _spans(reading.forms, marks))
    if spans and tuple(reading.forms[spans[-1][0] : spans[-1][1] + 1]) in _CUT_SHORT:
        spans.pop()
    return _join_lists(reading.forms, spans)


def _mark_boundaries(reading: Reading) -> dict[int, str]:
    """Piece index -> 'stop' (hard), 'comma' (soft), 'turn' or 'also'; the piece opens a clause."""
    marks: dict[int, str] = {}
    forms = reading.forms
    openers, wholes = _openers(bare=reading.bare)
    kept_whole_until = -1
    may_mark = _may_mark(bare=reading.bare)
    for i in list(compress(count(), map(may_mark.__getitem__, forms))):
        form = forms[i]
        if form in wholes:
            for words in wholes[form]:
                if tuple(forms[i : i + len(words)]) == words:
                    kept_whole_until = max(kept_whole_until, i + len(words) - 1)
        if (form[0] in _STOPS and not _is_abbreviation(reading, i)) or form in _EMOJI:
            marks[i + 1] = "stop"
        elif form == ",":
            marks[i + 1] = "comma"
        elif form in _BULLETS and (i == 0 or forms[i - 1] == "\n" or forms[i - 1] == "."):
            marks[i] = "stop"
        elif i > kept_whole_until and i not in marks:
            kind = _opens(form, forms, i, openers)
            if kind:
                marks[i] = kind
        elif marks.get(i) == "comma":
            marks[i] = _opens(form, forms, i, openers) or "comma"
    return marks


def _is_abbreviation(reading: Reading, i: int) -> bool:
    """Whether the dot at piece `i` stands inside an abbreviation such as `h.thức` or `đ.k`."""
    if reading.forms[i] != "." or not 0 < i < len(reading.forms) - 1:
        return False
    touches = reading.ends[i - 1] == reading.starts[i] and reading.ends[i] == reading.starts[i + 1]
    return touches and reading.ends[i - 1] - reading.starts[i - 1] == 1


def _opens(
    form: str, forms: list[str], i: int, openers: dict[str, list[tuple[tuple[str, ...], bool]]]
) -> str:
    if form in _TURNS_IN_ONE:
        return "turn"
    for words, is_turn in openers.get(form, ()):
        if tuple(forms[i : i + len(words)]) == words:
            return "turn" if is_turn else "also"
    return ""


def _spans(forms: list[str], marks: dict[int, str]) -> list[tuple[int, int, str]]:
    """(first, last, kind of the opening) of the stretches between marks that hold a word or an emoji."""
    spans: list[tuple[int, int, str]] = []
    edges = sorted({0, *marks, len(forms)})
    is_word = list(map(_is_word.__getitem__, forms))
    for first, stop in pairwise(edges):
        kind = marks.get(first, "stop")
        last = stop - 1
        while last >= first and not is_word[last]:
            last -= 1
        begin = first
        while begin <= last and not is_word[begin]:
            begin += 1
        if begin <= last:
            if begin == last and spans and forms[begin] in _EMOJI:
                spans[-1] = (spans[-1][0], last, spans[-1][2])  # an emoji belongs to what it follows
                continue
            if last - begin < _LONGEST_CLAUSE:
                spans.append((begin, last, kind))
                continue
            for start in range(begin, last + 1, _LONGEST_CLAUSE):
                spans.append((start, min(start + _LONGEST_CLAUSE - 1, last), kind))
                kind = "comma"
    return spans


def _cut_run_ons(forms: list[str], spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Cut unpunctuated stretches before a head word ("shop", "giao hàng") between two verdicts."""
    cut: list[tuple[int, int, str]] = []
    for first, last, kind in spans:
        begin = first
        is_long = last - first >= 2 * _MIN_BEFORE_HEAD - 1
        heads = _head_places(forms, first + _MIN_BEFORE_HEAD, last) if is_long else None
        if not heads:
            cut.append((first, last, kind))
            continue
        verdicts = _verdict_places(forms, first, last)
        for i in heads if verdicts else ():
            is_between = i < verdicts[-1] and any(begin <= verdict < i for verdict in verdicts)
            if is_between and i - begin >= _MIN_BEFORE_HEAD:
                cut.append((begin, i - 1, kind))
                begin, kind = i, "head"
        cut.append((begin, last, kind))
    return cut


def _head_places(forms: list[str], first: int, last: int) -> list[int]:
    """Places from `first` to before `last` where a head word stands that nothing before it binds."""
    heads, begin_heads = _heads(), _first_of_heads()
    return [
        i
        for i in compress(range(first, last), map(begin_heads.__contains__, forms[first:last]))
        if (forms[i] in heads or f"{forms[i]} {forms[i + 1]}" in heads) and forms[i - 1] not in _BINDS_HEAD
    ]


@cache
def _heads() -> frozenset[str]:
    heads = {phrase for phrase, _ in read_pairs("heads.tsv")}
    return frozenset(
        heads | {strip_diacritics(phrase) for phrase in heads if " " in phrase or len(phrase) > 3}
    )


@cache
def _first_of_heads() -> frozenset[str]:
    """What a piece may be that is a head or the first of two pieces that are one."""
    return _heads() | {phrase[:i] for phrase in _heads() for i, sign in enumerate(phrase) if sign == " "}


class _IsWord(dict[str, bool]):
    """Whether a form is a word or an emoji, for the forms met so far."""

    def __missing__(self, form: str) -> bool:
        if len(self) >= _MOST_FORMS:
            self.clear()
        self[form] = form[0].isalnum() or (form[0] == "_" and form != LINK)
        return self[form]


_is_word = _IsWord()


def _join_lists(forms: list[str], spans: list[tuple[int, int, str]]) -> list[Clause]:
    """Join the short items of a list ("pin, cam, màn đều ngon") to the stretch that judges them."""
    clauses: list[Clause] = []
    waiting: int | None = None
    for index, (first, last, kind) in enumerate(spans):
        if waiting is None and last - first + 1 >= _MIN_AFTER_COMMA:
            clauses.append(Clause(first, last, kind == "turn"))
            continue
        begin = first if waiting is None else waiting
        is_item = last - first + 1 < _MIN_AFTER_COMMA and not _judges(forms, first, last)
        if is_item and index + 1 < len(spans) and spans[index + 1][2] == "comma":
            waiting = begin
            continue
        if is_item and kind == "comma" and clauses:
            clauses[-1] = clauses[-1]._replace(last=last)  # the last item of a list judged before
            waiting = None
            continue
        waiting = None
        clauses.append(Clause(begin, last, kind == "turn"))
    return clauses


def _verdict_places(forms: list[str], first: int, last: int) -> list[int]:
    return [first + i for i, _, _ in find_verdicts(forms[first : last + 1])]


def _judges(forms: list[str], first: int, last: int) -> bool:
    return bool(_verdict_places(forms, first, last)) or any(f in _EMOJI for f in forms[first : last + 1])
