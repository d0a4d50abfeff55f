"""Each command as a user calls it, on a small model of our own."""

import json

import pandas as pd
import pytest
from openpyxl import load_workbook

from insight.io.corpora import sample_dump
from insight.io.models import save_model
from tests.cli.test_app import insight

HOSTILE = "=cmd()|' /C calc'!A1 <script>alert(1)</script> {{ 7*7 }} giao hàng chậm"


@pytest.fixture(scope="session")
def model(small_model, tmp_path_factory):
    """Folder of the small model."""
    small_model.metadata.update(trained_on={"reviews": 60}, corpus_sha256="0", figures=None)
    folder = tmp_path_factory.mktemp("model")
    save_model(small_model, folder)
    return folder


@pytest.fixture
def dump(tmp_path):
    """A small CSV with a date, stars, an empty text and a hostile one."""
    rows = ["ngày,số sao,nội dung,khu vực"]
    for day in range(1, 21):
        rows.append(f"{day:02}/03/2026,5,Giao hàng nhanh. Máy chạy mượt,HN")
        rows.append(f'{day:02}/04/2026,1,"Giao hàng chậm, máy lag quá",HCM')
    rows += ["01/05/2026,5,,HN", f'02/05/2026,1,"{HOSTILE}",HN']
    path = tmp_path / "reviews.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_run_writes_the_folder_and_prints_where_the_report_is(dump, model, tmp_path):
    folder = tmp_path / "run"
    answer = insight("run", dump, "-o", folder, "--model", model, "--mentions-jsonl")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == str(folder / "report.html")
    assert "42 rows read, 41 kept, rejected: 1 no_text" in answer.stderr
    names = {path.name for path in folder.iterdir()}
    assert names >= {"run.json", "reviews.parquet", "mentions.parquet", "themes.parquet", "report.html",
                     "report.xlsx", "report.md", "summary.json", "mentions.jsonl", "rejects.csv"}  # fmt: skip
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == {"read": 42, "kept": 41, "rejected": {"no_text": 1}}
    assert manifest["columns"][str(dump)] == {
        "ngày": "date", "số sao": "stars", "nội dung": "text", "khu vực": "segment",
    }  # fmt: skip
    lines = (folder / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 41


def test_hostile_text_stays_text_in_page_and_workbook(dump, model, tmp_path):
    folder = tmp_path / "run"
    assert insight("run", dump, "-o", folder, "--model", model).returncode == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    book = load_workbook(folder / "report.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("giao hàng chậm" in str(cell.value).lower() for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_same_run_twice_gives_the_same_page_and_labels(dump, model, tmp_path):
    for name in ("a", "b"):
        assert insight("run", dump, "-o", tmp_path / name, "--model", model).returncode == 0
    for file in ("mentions.parquet", "themes.parquet", "report.md"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_a_folder_with_a_run_is_not_written_over_unasked(dump, model, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine.txt").write_text("x")
    answer = insight("run", dump, "-o", tmp_path / "run", "--model", model)
    assert answer.returncode == 1
    assert "--force" in answer.stderr
    assert insight("run", dump, "-o", tmp_path / "run", "--model", model, "--force").returncode == 0
    assert (tmp_path / "run" / "mine.txt").exists()


def test_themes_are_called_what_the_analyst_wishes(dump, model, tmp_path):
    first = tmp_path / "first"
    assert insight("run", dump, "-o", first, "--model", model).returncode == 0
    theme_id = pd.read_parquet(first / "themes.parquet")["theme_id"].iloc[0]
    wishes = tmp_path / "themes.toml"
    wishes.write_text(f'[rename]\n"{theme_id}" = "Tên của tôi"\n', encoding="utf-8")
    second = tmp_path / "second"
    assert insight("run", dump, "-o", second, "--model", model, "--themes", wishes).returncode == 0
    assert "Tên của tôi" in (second / "report.html").read_text(encoding="utf-8")


def test_a_run_that_goes_on_from_another_keeps_its_themes_and_says_what_changed(dump, model, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert insight("run", dump, "-o", first, "--model", model).returncode == 0
    more = tmp_path / "more.csv"
    more.write_text(
        "ngày,số sao,nội dung,khu vực\n03/06/2026,1,Giao hàng chậm quá lâu,HN\n", encoding="utf-8"
    )
    answer = insight("run", more, "-o", second, "--model", model, "--since", first)
    assert answer.returncode == 0, answer.stderr
    before, after = (pd.read_parquet(folder / "themes.parquet") for folder in (first, second))
    assert set(before["theme_id"]) & set(after["theme_id"])
    changes = pd.read_parquet(second / "theme_changes.parquet")
    assert set(changes["status"]) <= {"new", "same", "grown", "shrunk", "gone"}
    assert len(pd.read_parquet(second / "reviews.parquet")) == 42


def test_a_dry_run_shows_the_mapping_and_writes_nothing(dump, tmp_path):
    answer = insight("run", dump, "-o", tmp_path / "run", "--dry-run")
    assert answer.returncode == 0
    assert "nội dung" in answer.stdout
    assert not (tmp_path / "run").exists()


def test_report_rebuilds_the_page_from_the_tables(dump, model, tmp_path):
    folder = tmp_path / "run"
    insight("run", dump, "-o", folder, "--model", model)
    (folder / "report.html").unlink()
    answer = insight("report", folder, "--lang", "en")
    assert answer.returncode == 0, answer.stderr
    assert 'lang="en"' in (folder / "report.html").read_text(encoding="utf-8")


def test_report_of_a_folder_that_is_no_run_says_what_is_missing(tmp_path):
    answer = insight("report", tmp_path)
    assert answer.returncode == 1
    assert "it is not the folder of a run" in answer.stderr


def test_check_shows_mapping_quality_and_rejects(dump):
    answer = insight("check", dump, "--json")
    found = json.loads(answer.stdout)
    assert found["quality"]["rows_rejected"] == {"no_text": 1}
    assert found["quality"]["rows_read"] == 42
    assert found["rejects"][0]["reason"] == "no_text"


def test_predict_writes_one_labelled_review_a_line(model, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "x-1", "domain": "phone", "text": "Giao hàng chậm"}\n', encoding="utf-8")
    row = json.loads(insight("predict", path, "--model", model).stdout)
    assert row["id"] == "x-1"
    assert row["overall"] == "negative"
    assert [(m["touchpoint"], m["sentiment"]) for m in row["mentions"]] == [("delivery", "negative")]


def test_predict_reads_standard_input(model):
    answer = insight("predict", "-", "--model", model, stdin="text\nGiao hàng nhanh\n")
    assert json.loads(answer.stdout)["overall"] == "positive"


def test_explain_shows_the_deciding_words(model):
    answer = insight("explain", "giao hàng chậm", "--model", model)
    assert "delivery" in answer.stdout
    assert "chậm" in answer.stdout


def test_train_writes_a_model_that_evaluate_measures(small_corpus, tmp_path):
    path = tmp_path / "mine.jsonl"
    rows = [
        {"id": r.id, "domain": r.domain, "text": r.text, "overall": r.overall,
         "mentions": [{k: v for k, v in vars(m).items() if k != "start"} for m in r.mentions]}
        for r in small_corpus
    ]  # fmt: skip
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    answer = insight("train", path, "-o", tmp_path / "model", "--holdout", path)
    assert answer.returncode == 0, answer.stderr
    figures = json.loads(insight("evaluate", path, "--model", tmp_path / "model", "--json").stdout)
    assert figures["scores"]["touchpoint_f1"] > 0.9
    again = insight("train", path, "-o", tmp_path / "model")
    assert again.returncode == 1
    assert "--force" in again.stderr


def test_init_writes_files_that_run_accepts(dump, model, tmp_path):
    assert insight("init", tmp_path / "work").returncode == 0
    answer = insight(
        "run", dump, "-o", tmp_path / "run", "--model", model, "--dry-run",
        "--config", tmp_path / "work/insight.toml", "--taxonomy", tmp_path / "work/taxonomy.toml",
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert insight("init", tmp_path / "work").returncode == 1


def test_doctor_finds_everything_in_its_place(model):
    answer = insight("doctor", "--model", model, "--json")
    found = {row["what"]: row for row in json.loads(answer.stdout)}
    assert answer.returncode == 0, answer.stdout
    assert "đóng gói" in found["words"]["found"]
    assert sample_dump().exists()


def test_doctor_names_a_model_that_is_missing():
    answer = insight("doctor", "--model", "nowhere")
    assert answer.returncode == 1
    assert 'BAD model             There is no model "nowhere"' in answer.stdout
