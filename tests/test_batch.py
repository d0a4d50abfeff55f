"""Whole runs: the same tables whatever the batches, the engine, and what happened on the way."""

import hashlib
import io
import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from insight.batch import Request, rebuild, run
from insight.errors import InputError, UsageError
from insight.io.models import save_model
from insight.io.runs import RunFolder
from insight.pipeline import group_themes
from insight.settings import EngineSettings, ScreenSettings, Settings
from insight.taxonomy import default_taxonomy

TEXTS = [
    "Giao hàng nhanh, máy chạy mượt",
    "Giao hàng chậm. Máy lag quá",
    "nhân viên nhiệt tình, giá rẻ",
    "đóng gói sơ sài, nhắn tin không trả lời",
    "Hàng không giống hình",
    "ok",
]


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


def write_dump(path, rows):
    lines = ["id,text,stars,region"]
    lines += [f'{number},"{text}",{stars},{region}' for number, text, stars, region in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


DEFAULT = EngineSettings(workers=1, batch_rows=25)


def make_rows(count, first=0):
    return [
        (
            number,
            f"{TEXTS[number % len(TEXTS)]} lần {number % 50}",
            1 + number % 5,
            "HN" if number % 2 else "HCM",
        )
        for number in range(first, first + count)
    ]


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


def tables(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.parquet")}


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


# What follows kills real processes.

_ROOT = Path(__file__).parents[1]
_ROWS, _BATCH = 20_000, 500


def start(dump, folder, model, *options):
    config = dump.with_name("insight.toml")
    config.write_text(f"[engine]\nbatch_rows = {_BATCH}\nworkers = 2\n")
    command = [
        sys.executable,
        "-m",
        "insight",
        "run",
        dump,
        "-o",
        folder,
        "--model",
        model,
        "--config",
        config,
    ]
    return subprocess.Popen([*map(str, command), *options], cwd=_ROOT, stderr=subprocess.PIPE, text=True)


def finish(process):
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, small_model):
    """A dump, a model, the tables of a run that nothing disturbs, and how long it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    dump = write_dump(folder / "reviews.csv", make_rows(_ROWS))
    save_model(small_model, folder / "model")
    started = time.perf_counter()
    finish(start(dump, folder / "run", folder / "model"))
    return dump, folder / "model", tables(folder / "run"), time.perf_counter() - started


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_run_that_is_killed_and_resumed_equals_an_undisturbed_one(tmp_path, undisturbed, seed):
    dump, model, wanted, seconds = undisturbed
    process = start(dump, tmp_path / "run", model)
    time.sleep(random.Random(seed).uniform(0.2, 0.95) * seconds)  # noqa: S311
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    if not (tmp_path / "run").exists():  # killed before it had begun
        (tmp_path / "run").mkdir()
    finish(start(dump, tmp_path / "run", model, "--resume"))
    assert tables(tmp_path / "run") == wanted
    manifest = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["kept"] == _ROWS
    assert not list((tmp_path / "run").glob(".*"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_run_whose_workers_are_killed_equals_an_undisturbed_one(tmp_path, undisturbed, seed):
    psutil = pytest.importorskip("psutil")
    dump, model, wanted, _ = undisturbed
    process = start(dump, tmp_path / "run", model)
    chosen = random.Random(seed)  # noqa: S311
    killed = 0
    while process.poll() is None and killed < 3:
        children = psutil.Process(process.pid).children(recursive=True)
        workers = [child for child in children if "forkserver" in " ".join(child.cmdline())]
        if len(workers) > 2:  # the fork server itself, and what it started
            time.sleep(chosen.uniform(0.05, 1))
            worker = chosen.choice(workers[1:])
            if worker.is_running():
                worker.kill()
                killed += 1
        time.sleep(0.05)
    finish(process)
    assert killed
    assert tables(tmp_path / "run") == wanted


def test_themes_that_lie_in_pieces_reach_their_mentions(tmp_path, request_for, dump, monkeypatch):
    request = request_for("run", dump)

    def in_pieces(*given):
        mentions, themes = group_themes(*given)
        halves = [mentions["theme_id"].iloc[:7], mentions["theme_id"].iloc[7:]]
        return mentions.assign(theme_id=pd.concat(halves)), themes

    monkeypatch.setattr("insight.batch.group_themes", in_pieces)
    said = run(request)
    written = pd.read_parquet(request.folder / "mentions.parquet").set_index("mention_id")["theme_id"]
    found = said.mentions.set_index("mention_id")["theme_id"]
    assert (written.loc[found.index] == found).all()
    assert (written.drop(found.index) == "").all()
