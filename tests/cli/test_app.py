import os
import subprocess
import sys

import pytest

HEAVY = ("pandas", "sklearn", "underthesea", "vl_convert", "pyarrow", "scipy", "numpy", "jinja2")
COMMANDS = ("run", "check", "report", "verify", "predict", "explain", "train", "evaluate", "init", "doctor")


def insight(*arguments, cwd=None, stdin=None):
    """The command line in a process of its own, as a user has it."""
    return subprocess.run(
        [sys.executable, "-m", "insight", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, input=stdin,
        env={**os.environ, "COLUMNS": "100"},
    )  # fmt: skip


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "sys.argv = ['insight', '--help']\n"
        "from insight.cli.app import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert out.stdout.splitlines()[-1] == "[]", out.stdout + out.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_has_help(command):
    from typer.main import get_command

    from insight.cli.app import app

    found = get_command(app).commands[command]
    assert found.help
    assert [p.name for p in found.params if not getattr(p, "help", None)] == []


def test_the_version_is_told():
    from insight import __version__

    assert insight("--version").stdout.strip() == f"insight {__version__}"


def test_an_unknown_option_is_a_wrong_call():
    answer = insight("run", "--colour", "red")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_a_missing_file_is_the_inputs_fault_and_no_traceback_is_shown(tmp_path):
    (tmp_path / "reviews.csv").write_text("text\ntốt\n", encoding="utf-8")
    answer = insight("check", tmp_path / "review.csv")
    assert answer.returncode == 1
    assert answer.stderr.startswith("insight: ")
    assert "reviews.csv" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_a_traceback_is_shown_when_asked_for(tmp_path):
    assert "Traceback" in insight("--debug", "check", tmp_path / "none.csv").stderr


def test_an_unknown_role_is_answered_with_the_nearest(tmp_path):
    (tmp_path / "a.csv").write_text("text,sao\ntốt,5\n", encoding="utf-8")
    answer = insight("check", tmp_path / "a.csv", "--column", "star=sao")
    assert answer.returncode == 2
    assert 'Did you mean "stars"?' in answer.stderr


def test_an_unknown_language_is_a_wrong_call(tmp_path):
    (tmp_path / "a.csv").write_text("text\ntốt\n", encoding="utf-8")
    answer = insight("run", tmp_path / "a.csv", "-o", tmp_path / "run", "--lang", "fr")
    assert answer.returncode == 2
    assert answer.stderr.strip() == 'insight: Unknown language "fr". Known: vi, en.'
    assert not (tmp_path / "run").exists()
