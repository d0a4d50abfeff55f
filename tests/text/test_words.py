import csv
import json
import logging
import random
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.text import fast_words, word_samples, words
from insight.text.crf_decoding import is_small_integer
from insight.text.words import tokenize_many, tokenize_words

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"

SYLLABLES = """
giao hàng nhanh đóng gói cẩn thận nhân viên tư vấn nhiệt tình sản phẩm chất lượng không tốt shop trả lời chậm
hoà thuỷ toà điện thoại màn hình ngân hàng ứng dụng khách sạn phòng Đà Nẵng Hồ Chí Minh Th Ths TP HCM A ĐH BOS
EOS ko dc sp ship hang dep qua trời ơi và là của được rất 1 2 10 2024 baì ð Ð
""".split()  # noqa: SIM905
SIGNS = """
, . ! ? ... .. -- - -> => ( ) [ ] / : ; ' ’ " “ ” % $ # @ & + = _ °C × * :)) =)) :D <3 ♥‿♥ v.v. v.v...
12/3 20.08.2014 10:20:30 1.250.000đ 4,5 3x4 4K 43H-0530 0901-234-567 +5 -7 2147483648 ٣ 001
https://a.vn/b(c)?d=é fb.com a@b.vn e-mail H&M H'Mông NĐ-CP Th.S ThxS This Thus Mr. Tp. A.B. ABC.
😀 ❤️ 👨👩👧 💕💕💕💕 ß İ ŉ ǅ ﬁ ɤ ΑΣ 漢字 한국 Ａ １
""".split()  # noqa: SIM905
PIECES = [
    *SYLLABLES,
    *(syllable.upper() for syllable in SYLLABLES),
    *(syllable.title() for syllable in SYLLABLES),
    *(unicodedata.normalize("NFD", syllable) for syllable in SYLLABLES),
    *SIGNS,
    *["\u200b", "\u200d", "\ufeff", "\u0301", "\x00", "\U0001e900", "\ua7cb", "x" * 300, "ha" * 100],
]
SPACES = [" ", " ", " ", "", "  ", "\n", "\t", "\u00a0", "\u3000", "\x1c", "\x85", "\u2028"]


def reference(text: str) -> list[str]:
    return words._slow_words(text)


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(piece + space for piece, space in pieces)


nasty_texts = st.one_of(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=30).map(joined),
    st.lists(st.sampled_from(SYLLABLES), max_size=40).map(" ".join),
    st.text(max_size=60),
    st.text(alphabet="ThS.s AaĐđ\n:D)(-'1/x@\u0301", max_size=20),
)


@pytest.fixture
def fresh() -> Iterator[None]:
    words._fast_words.cache_clear()
    yield
    words._fast_words.cache_clear()


def test_the_installed_version_is_segmented_by_the_fast_path():
    assert words._fast_words() is not None


def test_the_words_noted_for_the_samples_are_those_of_underthesea():
    found = [reference(sample) for sample in word_samples.SAMPLES]
    assert word_samples.are_known_words(found, fast_words.core_version())
    assert not word_samples.are_known_words([*found[:-1], ["x"]], fast_words.core_version())


def test_underthesea_need_not_load_its_own_model():
    code = (
        "import sys; from insight.text.words import tokenize_words; tokenize_words('nhân viên');"
        "print(sys.modules['underthesea.pipeline.word_tokenize'].word_tokenize_model)"
    )
    assert run_python(code) == "None\n"


def test_a_sentence_is_segmented_into_words_of_several_syllables():
    assert tokenize_words("Giao hàng nhanh, nhân viên nhiệt tình") == [
        "Giao", "hàng", "nhanh", ",", "nhân viên", "nhiệt tình",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0", "\u200b", ".", "A.", "A.\n", "A. ", "A.\n\n"])
def test_texts_of_next_to_nothing_are_as_in_underthesea(text):
    assert tokenize_words(text) == reference(text)


@pytest.mark.parametrize("text", ["gặp Th sinh", "Th\tS Lan", "Th\u3000S", "Th\nS", "ThxS This Thus", "Th.S"])
def test_the_pattern_that_matches_across_a_space_is_as_in_underthesea(text):
    assert tokenize_words(text) == reference(text)


@pytest.mark.parametrize(
    "text", ["💕" * 60, "tốt " + "😀" * 45 + " đẹp", "!" * 500, "a " * 3000, "ha" * 5000]
)
def test_long_runs_are_as_in_underthesea(text):
    assert tokenize_words(text) == reference(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(nasty_texts, max_size=4))
def test_generated_texts_are_as_in_underthesea(texts):
    assert tokenize_many(texts) == [reference(text) for text in texts]


def test_each_text_is_segmented_as_if_it_were_alone():
    generator = chance(7)
    texts = [" ".join(generator.choices(PIECES, k=generator.randrange(40))) for _ in range(300)]
    assert tokenize_many(texts) == [tokenize_words(text) for text in texts]


def test_batches_end_and_caches_are_emptied_without_a_trace(monkeypatch, fresh):
    monkeypatch.setattr(fast_words, "_BATCH_SYLLABLES", 20)
    monkeypatch.setattr(fast_words, "_MOST_CHUNKS", 15)
    generator = chance(11)
    texts = ["", *(" ".join(generator.choices(SYLLABLES, k=generator.randrange(30))) for _ in range(100)), ""]
    assert tokenize_many(texts) == [reference(text) for text in texts]
    fast = words._fast_words()
    assert fast is not None
    assert len(fast._chunks) <= 15 + 20


def test_threads_may_share_the_segmenter():
    generator = chance(13)
    parts = [[" ".join(generator.choices(PIECES, k=20)) for _ in range(50)] for _ in range(4)]
    found: dict[int, list[list[str]]] = {}
    threads = [
        threading.Thread(target=lambda at=at: found.update({at: tokenize_many(parts[at])})) for at in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[at] for at in range(4)] == [[reference(text) for text in part] for part in parts]


def test_an_interrupted_batch_leaves_nothing_behind(monkeypatch, fresh):
    fast = words._fast_words()
    assert fast is not None

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(fast_words, "judge", interrupt)
        with pytest.raises(KeyboardInterrupt):
            tokenize_many(["một hai ba chưa từng thấy"])
    assert not fast._chunks
    assert tokenize_words("nhân viên nhiệt tình") == ["nhân viên", "nhiệt tình"]


def test_a_lone_surrogate_gives_what_stands_between_spaces():
    assert tokenize_many(["tốt lắm \ud800 nhé", "nhân viên"]) == [
        ["tốt", "lắm", "\ud800", "nhé"],
        ["nhân viên"],
    ]


def test_a_panic_in_the_compiled_part_gives_what_stands_between_spaces(monkeypatch):
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def word_tokenize(text: str) -> list[str]:
        raise panic("index out of bounds")

    monkeypatch.setattr(words, "_word_tokenize", lambda: word_tokenize)
    assert words._slow_words("nhân viên  tốt") == ["nhân", "viên", "tốt"]


def test_an_interrupt_is_no_panic(monkeypatch):
    def word_tokenize(text: str) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(words, "_word_tokenize", lambda: word_tokenize)
    with pytest.raises(KeyboardInterrupt):
        words._slow_words("nhân viên")


def spoil_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_words, "installed_version", lambda: "10.0.0")


def spoil_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fast_words._HASHES, "models.bin", "0" * 64)


def spoil_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_words, "_MODEL", "no/such/folder")


def spoil_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_words, "_PATTERN_HASH", "0" * 64)


def spoil_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_samples, "_WORDS", "0" * 64)
    monkeypatch.setattr(words, "_word_tokenize", lambda: str.split)


def spoil_compiled_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_words, "core_version", lambda: "4.0.0")
    monkeypatch.setattr(words, "_word_tokenize", lambda: str.split)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_version, "underthesea is 10.0.0"),
        (spoil_model, "models.bin is not the known one"),
        (spoil_path, "models.bin cannot be read"),
        (spoil_pattern, "pattern for syllables is not the known one"),
        (spoil_words, "sample sentences differ"),
        (spoil_compiled_part, "sample sentences differ"),
    ],
)
def test_anything_unknown_falls_back_to_underthesea_with_one_warning(
    spoil, reason, monkeypatch, caplog, fresh
):
    spoil(monkeypatch)
    texts = ["nhân viên nhiệt tình", "Th sinh", ""]
    with caplog.at_level(logging.WARNING, logger="insight"):
        assert tokenize_many(texts) == [reference(text) for text in texts]
        assert tokenize_words(texts[0]) == reference(texts[0])
    assert words._fast_words() is None
    assert [reason in record.getMessage() for record in caplog.records] == [True]
    assert caplog.records[0].name == "insight"


@pytest.mark.parametrize("sign", ["", "+", "-"])
@pytest.mark.parametrize(
    "digits",
    [
        *["0", "12", "2147483647", "2147483648", "2147483649", "0" * 9000 + "7", "9" * 9000],
        *["", "+1", "٣", "1.5", "1_0", "²", "1\n", "a"],
    ],
)
def test_integers_are_those_of_the_compiled_part(sign, digits):
    from underthesea_core import CRFFeaturizer

    found = CRFFeaturizer(["T[0].isdigit"], set()).process([[[sign + digits]]])
    assert found == [[[f"T[0].isdigit={is_small_integer(sign + digits)}"]]]


def run_python(code: str) -> str:
    return subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)


def test_importing_the_module_imports_neither_underthesea_nor_numpy():
    assert (
        run_python("import sys, insight.text.words; print({'underthesea', 'numpy'} & set(sys.modules))")
        == "set()\n"
    )


def test_root_logging_is_left_as_it_was():
    code = (
        "import logging; from insight.text.words import tokenize_words; tokenize_words('nhân viên');"
        "print(logging.getLogger().handlers, logging.getLogger().level)"
    )
    assert run_python(code) == "[] 30\n"


def real_texts() -> list[str]:
    import python_calamine

    texts: set[str] = set()
    for path in sorted(SHARED.glob("benchmarks/*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            texts.update(json.loads(line)["text"] for line in lines)
    for path in sorted(SHARED.glob("dumps/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            texts.update(cell for row in csv.reader(lines) for cell in row)
    for path in sorted(SHARED.glob("dumps/*.xlsx")):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
        texts.update(str(cell) for row in rows for cell in row)
    return sorted(texts)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the review data beside the repository is absent")
def test_real_reviews_are_as_in_underthesea():
    texts = real_texts()
    sample = chance(17).sample(texts, min(20_000, len(texts)))
    different = [
        text for text, found in zip(sample, tokenize_many(sample), strict=True) if found != reference(text)
    ]
    assert different == []
