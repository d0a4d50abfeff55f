import re
from pathlib import Path
from string import Formatter

import pytest

import insight.report
from insight.errors import UsageError
from insight.report.messages import load_messages

VI, EN = load_messages("vi").catalogue, load_messages("en").catalogue


def test_both_languages_have_the_same_keys():
    assert list(VI) == list(EN)


def test_both_languages_fill_in_the_same_values():
    assert {key: _fields(VI[key]) for key in VI} == {key: _fields(EN[key]) for key in EN}


def test_every_message_says_something_and_closes_its_marks():
    for text in (*VI.values(), *EN.values()):
        assert text.strip()
        assert text.count("<b>") == text.count("</b>")
        assert "<" not in text.replace("<b>", "").replace("</b>", "").replace("q < 0", "")


def test_every_message_that_is_written_out_is_used():
    folder = Path(insight.report.__file__).parent
    sources = [p.read_text("utf-8") for kind in ("*.py", "*.jinja") for p in folder.rglob(kind)]
    text = "\n".join(sources)
    made = {match.split("{")[0] for match in re.findall(r'f"([a-z_]+\.(?:[a-z_]+\.)?\{)', text)}
    made |= {"page.", "count.", "screen.", "reject."}
    unused = [key for key in VI if f'"{key}"' not in text and not key.startswith(tuple(made))]
    assert unused == []


def test_values_are_escaped_in_html_and_marks_are_kept():
    said = load_messages("vi").html("finding.pain", stage="<i>", pain="&", negative="1", total="2")
    assert "<b>&lt;i&gt; – &amp;</b>" in said


def test_plain_sentences_have_no_marks():
    assert "<b>" not in load_messages("en")("finding.pain", stage="a", pain="b", negative="1", total="2")


def test_one_and_many_are_told_apart():
    messages = load_messages("en")
    assert messages.count("mentions", 1, "1") == "1 mention"
    assert messages.count("mentions", 1234, "1,234") == "1,234 mentions"


def test_an_unknown_key_or_language_names_the_nearest():
    with pytest.raises(UsageError, match=r'Did you mean "page\.title"'):
        load_messages("vi")("page.titel")
    with pytest.raises(UsageError, match="Known: vi, en"):
        load_messages("fr")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
