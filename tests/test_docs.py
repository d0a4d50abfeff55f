"""The pages say what the code does: commands, options, settings, links, counts and figures."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from insight.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/*.md", "corpora/**/*.md", "models/*.md", "reports/*.md")
    for page in ROOT.glob(pattern)
    if page.name != "cli.md"
)
COMMANDS = get_command(app).commands
GLOBAL_OPTIONS = {option for parameter in get_command(app).params for option in parameter.opts} | {"--help"}

_FENCE = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}(insight [^\n]*)", re.MULTILINE)
_INLINE = re.compile(r"`((?:insight|make) [^`\n]*)`")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def command_lines(text):
    """Calls of `insight` and `make` in blocks of commands, indented lines and inline code."""
    blocks = [block.replace("\\\n", " ") for block in _FENCE.findall(text)]
    lines = [line for block in blocks for line in block.splitlines()] + _INDENTED.findall(text)
    lines += _INLINE.findall(text)
    calls = [call for line in lines for call in re.split(r"\s(?:\||&&|>|<)\s?", line)]
    for call in calls:
        words = shlex.split(call, comments=True)
        if len(words) > 1 and Path(words[0]).name in ("insight", "make"):
            yield [Path(words[0]).name, *words[1:]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_commands_and_options_that_exist(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for program, name, *arguments in command_lines(page.read_text(encoding="utf-8")):
        if program == "make":
            assert name in targets, f"make {name}"
            continue
        if name.startswith("-"):
            assert name in GLOBAL_OPTIONS, f"insight {name}"
            continue
        if name == "COMMAND":
            continue
        assert name in COMMANDS, f"insight {name}"
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
        given = {word.split("=")[0] for word in arguments if word.startswith("-") and word != "-"}
        assert given <= known, f"insight {name} has no {given - known}"


def test_the_readme_shows_how_to_run_and_test():
    calls = list(command_lines((ROOT / "README.md").read_text(encoding="utf-8")))
    assert ["make", "demo"] in calls
    assert ["make", "test"] in calls
    assert {call[1] for call in calls if call[0] == "insight"} >= {"run", "check", "doctor", "evaluate"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_files_a_page_links_to_exist(page):
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_generated_pages_are_what_the_code_says():
    check = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    answer = subprocess.run(check, capture_output=True, text=True, encoding="utf-8")
    assert answer.returncode == 0, answer.stderr


def test_every_command_stands_in_the_page_of_commands():
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## insight (\w+)$", page, re.MULTILINE) == list(COMMANDS)


def test_the_readme_tells_the_figures_that_were_measured():
    scores = json.loads((ROOT / "models" / "default" / "metadata.json").read_text(encoding="utf-8"))[
        "figures"
    ]["scores"]
    rows = dict(
        re.findall(r"^\| ([^|]+?) \| (0\.\d\d) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    )
    measured = {
        "stage": "stage_f1",
        "pain category": "pain_f1",
        "touchpoint": "touchpoint_f1",
        "pain category and sentiment": "pain_sent_f1",
        "pain points (negative only)": "pain_point_f1",
        "sentiment of the whole review (macro)": "overall_f1",
    }
    assert set(rows) == set(measured)
    for row, name in measured.items():
        assert abs(float(rows[row]) - scores[name]) < 0.0051, f"{row}: {scores[name]:.3f} was measured"


@pytest.mark.parametrize("corpus", ["train", "holdout"])
def test_the_page_of_a_corpus_counts_its_reviews(corpus):
    page = (ROOT / "corpora" / corpus / "README.md").read_text(encoding="utf-8")
    told = {domain: int(n) for domain, n in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    files = (ROOT / "corpora" / corpus).glob("*.jsonl")
    assert told == {file.stem: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
