"""Whole runs: the same tables whatever the batches, the engine, and what happened on the way."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from insight.batch import Request, rebuild, run
from insight.errors import InputError, UsageError
from insight.io.models import save_model
from insight.io.parts import Parts
from insight.io.runs import RunFolder
from insight.pipeline import THEMED, group_themes
from insight.settings import EngineSettings, ScreenSettings, Settings
from insight.taxonomy import default_taxonomy
from tests.whole_runs import make_rows, tables, write_dump


@pytest.fixture(scope="session")
def model(small_model, tmp_path_factory):
    """Folder of the small model."""
    folder = tmp_path_factory.mktemp("model")
    save_model(small_model, folder)
    return str(folder)


@pytest.fixture(autouse=True)
def no_report(monkeypatch):
    """The report takes most of a small run's time and is tested by itself."""
    monkeypatch.setattr("insight.batch.write_reports", lambda *_: None)


DEFAULT = EngineSettings(workers=1, batch_rows=25)


@pytest.fixture
def dump(tmp_path):
    return write_dump(tmp_path / "reviews.csv", make_rows(120))


@pytest.fixture
def request_for(tmp_path, model):
    def make(name, *sources, engine=DEFAULT, **options):
        settings = options.pop("settings", Settings())
        return Request(
            sources=tuple(map(str, sources)),
            folder=tmp_path / name,
            model=model,
            taxonomy=default_taxonomy(),
            settings=replace(settings, engine=engine),
            **options,
        )

    return make


def read(folder, name="reviews"):
    return RunFolder(folder).read_table(name)


@pytest.mark.parametrize("engine", [
    EngineSettings(workers=1, batch_rows=7),
    EngineSettings(workers=1, batch_rows=5_000),
    EngineSettings(workers=2, batch_rows=40),
])  # fmt: skip
def test_tables_depend_on_neither_batches_nor_workers(dump, request_for, engine, monkeypatch):
    monkeypatch.setattr("insight.batch.labelling._FEW_ROWS", 0)
    run(request_for("usual", dump))
    run(request_for("other", dump, engine=engine))
    assert tables(request_for("usual").folder) == tables(request_for("other").folder)


def test_identical_texts_get_identical_labels_and_ids_of_their_own(tmp_path, request_for):
    dump = write_dump(tmp_path / "same.csv", [(n, "Giao hàng nhanh, máy lag quá", 5, "HN") for n in range(5)])
    run(request_for("run", dump))
    mentions = read(tmp_path / "run", "mentions")
    assert mentions["mention_id"].is_unique
    assert (mentions["mention_id"].str.split(":").str[0] == mentions["review_id"]).all()
    labels = mentions.drop(columns=["mention_id", "review_id"]).drop_duplicates()
    assert len(mentions) == 5 * len(labels)


def test_the_finished_run_says_again_what_it_said(dump, request_for):
    request = request_for("run", dump)
    said, again = run(request), rebuild(RunFolder(request.folder), request.taxonomy, request.settings)
    pd.testing.assert_frame_equal(said.journey, again.journey)
    pd.testing.assert_frame_equal(said.drivers, again.drivers)
    assert len(said.mentions) == len(again.mentions)


def test_standard_input_is_read_once_and_used_twice(dump, request_for, monkeypatch):
    run(request_for("file", dump))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(dump.read_bytes())))
    run(request_for("piped", "-"))
    columns = ["review_id", "text", "overall", "score"]
    piped, filed = read(request_for("piped").folder), read(request_for("file").folder)
    pd.testing.assert_frame_equal(piped[columns], filed[columns])
    with pytest.raises(UsageError, match="standard input"):
        run(request_for("piped", "-", resume=True))


def test_copies_that_are_set_aside_stand_in_the_finished_table(tmp_path, request_for):
    text = "giao hàng rất nhanh và máy chạy mượt lắm"
    dump = write_dump(tmp_path / "same.csv", [(n, text, 5, "HN") for n in range(3)] + make_rows(20, first=3))
    run(request_for("run", dump, settings=Settings(screen=ScreenSettings(copies=True))))
    reviews = read(tmp_path / "run")
    assert reviews["screen"].head(3).tolist() == ["kept", "copy", "copy"]
    assert reviews["copy_of"].head(3).tolist() == ["", "0", "0"]


class _StoppedError(Exception):
    pass


@pytest.fixture
def stopped(dump, request_for):
    """A run that stopped after two parts."""
    request = request_for("run", dump)
    parts = []

    def stop(rows):
        parts.append(rows)
        if len(parts) == 2:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        run(request, stop)
    return request


def test_a_stopped_run_goes_on_where_it_was(stopped, dump, request_for):
    progress = []
    run(replace(stopped, resume=True), progress.append)
    assert progress == [25] * 4 + [20]
    run(request_for("whole", dump))
    assert tables(stopped.folder) == tables(request_for("whole").folder)
    assert not stopped.folder.joinpath("parts").exists()


def test_a_stopped_run_is_not_continued_with_other_reviews(stopped, dump):
    write_dump(dump, make_rows(121))
    with pytest.raises(InputError, match="begun with other inputs"):
        run(replace(stopped, resume=True))


def test_a_stopped_run_is_not_continued_with_other_options(stopped):
    settings = replace(stopped.settings, screen=ScreenSettings(spam=False))
    with pytest.raises(InputError, match="begun with other screen"):
        run(replace(stopped, resume=True, settings=settings))
    with pytest.raises(InputError, match="begun with other limit"):
        run(replace(stopped, resume=True, limit=60))


def test_a_finished_run_may_be_resumed_and_stays_as_it_is(dump, request_for):
    request = request_for("run", dump)
    run(request)
    before = tables(request.folder)
    run(replace(request, resume=True))
    assert tables(request.folder) == before
    with pytest.raises(InputError, match="finished run of something else"):
        run(replace(request, resume=True, limit=3))


def test_since_adds_new_reviews_replaces_edited_ones_and_drops_none(tmp_path, dump, request_for):
    run(request_for("old", dump))
    rows = make_rows(130)[100:]
    rows[3] = (103, "Máy lag quá, trả lại", 1, "HN")
    rows[4] = (rows[4][0], rows[4][1], 2, rows[4][3])
    new = write_dump(tmp_path / "new.csv", rows)
    run(request_for("new", new, since=tmp_path / "old"))
    all_rows = make_rows(100) + rows
    run(request_for("whole", write_dump(tmp_path / "all.csv", all_rows)))
    columns = ["review_id", "text", "stars", "segment.region", "overall", "score", "screen"]
    found, wanted = (
        read(tmp_path / name)[columns].sort_values("review_id", ignore_index=True)
        for name in ("new", "whole")
    )
    pd.testing.assert_frame_equal(found, wanted)
    found, wanted = (
        read(tmp_path / name, "mentions")
        .drop(columns="theme_id")
        .sort_values("mention_id", ignore_index=True)
        for name in ("new", "whole")
    )
    pd.testing.assert_frame_equal(found, wanted)
    manifest = RunFolder(tmp_path / "new").read_manifest()
    assert manifest["since"] == {"run": str(tmp_path / "old"), "carried": 118, "unchanged": 18}
    assert manifest["rows"] == {"read": 150, "kept": 130, "rejected": {}}
    assert list(manifest["inputs"]) == [str(dump), str(new)]


def test_since_goes_on_from_a_run_that_went_on_itself(tmp_path, dump, request_for):
    run(request_for("a", dump))
    run(request_for("b", write_dump(tmp_path / "b.csv", make_rows(5, first=200)), since=tmp_path / "a"))
    run(request_for("c", write_dump(tmp_path / "c.csv", make_rows(5, first=300)), since=tmp_path / "b"))
    assert len(read(tmp_path / "c")) == 130
    assert read(tmp_path / "c")["review_id"].is_unique


def test_since_needs_a_run_of_the_same_labels(tmp_path, dump, request_for):
    run(request_for("old", dump))
    settings = Settings(screen=ScreenSettings(filler=False))
    with pytest.raises(InputError, match="labelled with other screen"):
        run(request_for("new", dump, since=tmp_path / "old", settings=settings))
    with pytest.raises(InputError, match=r"no run\.json"):
        run(request_for("new", dump, since=tmp_path / "nothing"))
    with pytest.raises(UsageError, match="folder to be written"):
        run(request_for("old", dump, since=tmp_path / "old", force=True))
    assert not (tmp_path / "new").exists()


def test_themes_that_lie_in_pieces_reach_their_mentions(tmp_path, request_for, dump, monkeypatch):
    request = request_for("run", dump)

    def in_pieces(*given):
        mentions, themes = group_themes(*given)
        halves = [mentions["theme_id"].iloc[:7], mentions["theme_id"].iloc[7:]]
        return mentions.assign(theme_id=pd.concat(halves)), themes

    monkeypatch.setattr("insight.batch.group_themes", in_pieces)
    said = run(request)
    written = pd.read_parquet(request.folder / "mentions.parquet").set_index("mention_id")["theme_id"]
    found = said.mentions["theme_id"].astype("str")
    assert (written.iloc[found.index].to_numpy() == found).all()
    assert (written.drop(written.index[found.index]) == "").all()


def test_themes_are_found_without_the_text_of_any_review(tmp_path, request_for, dump, monkeypatch):
    request, read = request_for("run", dump), []
    tables = Parts.tables

    def noted(self, name, columns=None, **given):
        read.append((name, None if columns is None else set(columns)))
        return tables(self, name, columns, **given)

    def themes(mentions, settings):
        assert set(mentions) == set(THEMED)
        assert all(columns is not None for _, columns in read)
        assert not {"text", "clean", "start"} & set().union(*(columns for _, columns in read))
        return group_themes(mentions, settings)

    monkeypatch.setattr(Parts, "tables", noted)
    monkeypatch.setattr("insight.batch.group_themes", themes)
    assert len(run(request).themes)
