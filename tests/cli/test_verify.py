"""`insight verify` as a user calls it."""

import json

import pytest

from insight.io.models import save_model
from tests.cli.test_app import insight


@pytest.fixture(scope="module")
def folder(small_model, tmp_path_factory):
    """Folder of a small run, made by the command line."""
    base = tmp_path_factory.mktemp("verify")
    save_model(small_model, base / "model")
    rows = [f'{5 - 4 * (i % 2)},"Giao hàng {("nhanh", "chậm")[i % 2]}, máy chạy mượt"' for i in range(40)]
    (base / "dump.csv").write_text("\n".join(["số sao,nội dung", *rows]), encoding="utf-8")
    answer = insight("run", base / "dump.csv", "-o", base / "run", "--model", base / "model")
    assert answer.returncode == 0, answer.stderr
    return base / "run"


def test_a_sound_run_is_told_in_one_line(folder):
    answer = insight("verify", folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "figures computed anew, all equal" in answer.stdout


def test_a_changed_figure_is_listed_and_gives_exit_code_1(folder):
    page = folder / "report.html"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound.replace("<dd>40</dd>", "<dd>400</dd>", 1), encoding="utf-8")
    answer, as_json = insight("verify", folder), insight("verify", folder, "--json")
    page.write_text(sound, encoding="utf-8")
    assert (answer.returncode, as_json.returncode) == (1, 1)
    assert 'shown "400", computed "40"' in answer.stdout
    found = json.loads(as_json.stdout)
    assert found["is_sound"] is False
    (only,) = found["differences"]
    assert (only["file"], only["shown"], only["computed"]) == ("report.html", "400", "40")


def test_a_folder_that_is_no_run_says_so(tmp_path):
    answer = insight("verify", tmp_path)
    assert answer.returncode == 1
    assert "not the folder of a run" in answer.stderr
