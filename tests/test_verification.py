"""A run whose page is sound, and every way in which it may have been changed since."""

import re
import shutil

import pytest

from insight.batch import Request, rebuild, run, write_reports
from insight.errors import InputError
from insight.io.files import read_json, write_json
from insight.io.models import save_model
from insight.io.runs import RunFolder
from insight.report.figures import read_figures, read_language
from insight.settings import EngineSettings, ReportSettings, Settings
from insight.taxonomy import default_taxonomy
from insight.verification import verify_run

SENTENCES = ("Giao hàng nhanh. Máy chạy mượt", "Giao hàng chậm, máy lag quá", "Nhân viên nhiệt tình, giá rẻ")


@pytest.fixture(scope="module")
def finished(small_model, tmp_path_factory):
    """Folder of a small run, with the checksums of its tables noted."""
    folder = tmp_path_factory.mktemp("verification")
    save_model(small_model, folder / "model")
    rows = [f'{1 + i % 28:02}/0{1 + i % 4}/2026,{5 - 2 * (i % 3)},"{SENTENCES[i % 3]}"' for i in range(60)]
    (folder / "dump.csv").write_text("\n".join(["ngày,số sao,nội dung", *rows]), encoding="utf-8")
    settings = Settings(engine=EngineSettings(workers=1))
    dump, model = str(folder / "dump.csv"), str(folder / "model")
    run(Request((dump,), folder / "run", model, default_taxonomy(), settings))
    manifest = read_json(folder / "run" / "run.json")
    write_json(folder / "run" / "run.json", {**manifest, "tables": RunFolder(folder / "run").digests()})
    return folder / "run"


@pytest.fixture
def made(finished, tmp_path):
    """A copy of that run, to be spoilt."""
    return shutil.copytree(finished, tmp_path / "run")


def verify(folder):
    return verify_run(folder, default_taxonomy())


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_mentions(folder, change):
    mentions = RunFolder(folder).read_table("mentions")
    RunFolder(folder).write_table("mentions", change(mentions))


def test_a_run_that_nobody_touched_is_sound(finished):
    found = verify(finished)
    assert found.is_sound
    assert found.differences == ()
    assert set(found.tables.values()) == {"same"}
    assert found.n_figures > 100


def test_a_page_in_the_other_language_is_sound_too(made):
    settings = Settings(report=ReportSettings(language="en"))
    write_reports(rebuild(RunFolder(made), default_taxonomy(), settings), made, settings)
    assert read_language((made / "report.html").read_text(encoding="utf-8")) == "en"
    assert verify(made).is_sound


def test_a_changed_number_is_named_with_its_place_and_both_values(made):
    page = (made / "report.html").read_text(encoding="utf-8")
    count = re.search(r"<dd>(\d+)</dd>", page).group(1)
    rewrite(made / "report.html", f"<dd>{count}</dd>", "<dd>9999</dd>")
    found = verify(made)
    assert not found.is_sound
    only = found.differences[0]
    assert (only.shown, only.computed, len(found.differences)) == ("9999", count, 1)
    assert only.place.startswith("summary")
    assert only.is_figure


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r"<td>(\d+)</td>", "<td>77777</td>"),  # a table
        (r'(<path[^>]* d=")M', r"\1M7,7 M"),  # a drawing
        (r'aria-label="[^"]*\d', 'aria-label="99'),  # what a screen reader says
        (r'style="width:\d+', 'style="width:3'),  # a bar
        (r'"rows":\[\["', '"rows":[["không '),  # a mention behind the search
        (r"<bdi>", "<bdi>Rất tốt "),  # a customer's words
        (r"</body>", "<!-- --></body>"),  # nothing that is seen
    ],
)
def test_whatever_is_changed_in_the_page_is_found(made, pattern, new):
    path = made / "report.html"
    text = path.read_text(encoding="utf-8")
    spoilt = re.sub(pattern, new, text, count=1)
    assert spoilt != text
    path.write_text(spoilt, encoding="utf-8")
    assert len(verify(made).differences) >= 1


def test_a_changed_table_is_found_by_its_checksum_and_by_what_the_page_says(made):
    change_mentions(made, lambda mentions: mentions.assign(sentiment="positive"))
    found = verify(made)
    assert found.tables == {"reviews": "same", "mentions": "changed", "themes": "same"}
    assert any(difference.is_figure for difference in found.differences)


def test_a_table_that_was_changed_before_the_page_was_written_anew_is_found(made):
    change_mentions(made, lambda mentions: mentions.assign(sentiment="positive"))
    write_reports(rebuild(RunFolder(made), default_taxonomy(), Settings()), made, Settings())
    assert verify(made).tables["mentions"] == "changed"


def test_a_size_of_a_theme_that_its_mentions_do_not_have_is_found(made):
    folder = RunFolder(made)
    themes = folder.read_table("themes")
    folder.write_table("themes", themes.assign(n=themes["n"] + 1))
    write_json(made / "run.json", {**folder.read_manifest(), "tables": folder.digests()})
    write_reports(rebuild(folder, default_taxonomy(), Settings()), made, Settings())
    assert {difference.file for difference in verify(made).differences} == {"themes.parquet"}


def test_rows_that_are_missing_are_found_where_nothing_was_noted(made):
    write_json(made / "run.json", {k: v for k, v in read_json(made / "run.json").items() if k != "tables"})
    change_mentions(made, lambda mentions: mentions.iloc[:-1])
    found = verify(made)
    assert set(found.tables.values()) == {"not noted"}
    assert ("run.json", "mentions") in {(d.file, d.place) for d in found.differences}


def test_a_table_that_is_damaged_is_found_and_stops_nothing(made):
    (made / "mentions.parquet").write_bytes(b"PAR1 nothing PAR1")
    found = verify(made)
    assert found.tables["mentions"] == "changed"
    assert "cannot be computed" in found.differences[0].computed


def test_a_folder_without_a_page_or_without_a_run_says_what_is_missing(made, tmp_path):
    (made / "report.html").unlink()
    with pytest.raises(InputError, match="insight report"):
        verify(made)
    with pytest.raises(InputError, match="not the folder of a run"):
        verify(tmp_path)


def test_figures_of_a_table_are_placed_by_row_and_column():
    page = (
        '<section id="fix"><h2>Sửa</h2><table><caption>Bảng</caption><thead>'
        "<tr><th>Tên</th><th>n</th></tr></thead><tbody>"
        "<tr><th>Giao hàng</th><td>12</td></tr></tbody></table></section>"
    )
    assert [figure for figure in read_figures(page) if figure.text == "12"] == [
        ("fix, Bảng, Giao hàng, n", "12")
    ]


def test_a_page_with_unclosed_tags_is_read_as_far_as_it_goes():
    assert read_figures("<p>1</b><i>2")[-1].text == "2"
    assert read_language("<p>") == ""
