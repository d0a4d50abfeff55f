import pandas as pd
import pyarrow as pa
import pytest

from insight.errors import InputError
from insight.io.parts import TABLES, Parts, encode_table
from insight.io.runs import RunFolder

REQUEST = {"inputs": {"a.csv": "1"}, "limit": None}


def encoded(**columns):
    return dict.fromkeys(TABLES, encode_table(pd.DataFrame(columns)))


@pytest.fixture
def parts(tmp_path):
    parts = Parts(tmp_path / "parts")
    parts.begin(REQUEST)
    for number in range(3):
        parts.write(number, encoded(id=[number], text=["ờ"]), {"read": number})
    return parts


def read(parts, *arguments):
    return pa.concat_tables(parts.tables("reviews", *arguments)).to_pydict()


def test_parts_come_back_in_order_with_their_facts(parts):
    assert read(parts) == {"id": [0, 1, 2], "text": ["ờ"] * 3}
    assert [facts["read"] for facts in parts.facts()] == [0, 1, 2]


@pytest.mark.parametrize("damage", ["cut", "removed", "note cut", "note removed"])
def test_a_damaged_part_does_not_count(parts, damage):
    file = parts.path / ("000001.json" if "note" in damage else "000001.mentions.parquet")
    if damage.endswith("removed"):
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-5])
    again = Parts(parts.path)
    assert again.finished == {0, 2}
    assert read(again) == {"id": [0, 2], "text": ["ờ"] * 2}


def test_parts_of_other_columns_are_read_together(parts):
    parts.write(3, encoded(id=[3], extra=["x"]), {})
    assert read(parts)["extra"] == [None, None, None, "x"]
    assert read(parts, ["id"]) == {"id": [0, 1, 2, 3]}


def test_parts_of_another_request_are_not_continued(parts):
    Parts(parts.path).begin(REQUEST)
    with pytest.raises(InputError, match=r"begun with other inputs, limit.*--force"):
        parts.begin({"inputs": {"a.csv": "2"}, "limit": 5})


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"--force.*--resume"):
        RunFolder(tmp_path).prepare(force=False, resume=False)


def test_force_removes_what_a_run_wrote_and_nothing_else(tmp_path, parts):
    folder = RunFolder(tmp_path)
    folder.write_manifest({"rows": 1})
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".reviews.parquet.123").write_text("half")
    folder.prepare(force=True, resume=False)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_resume_keeps_parts_and_sweeps_what_is_half_written(tmp_path, parts):
    (parts.path / ".000003.json.77").write_text("half")
    folder = RunFolder(tmp_path)
    folder.prepare(force=False, resume=True)
    assert folder.parts.finished == {0, 1, 2}
    assert not list(parts.path.glob(".*"))


def test_a_run_is_finished_when_its_manifest_stands_and_its_parts_are_gone(tmp_path, parts):
    folder = RunFolder(tmp_path)
    folder.write_manifest({})
    assert not folder.is_finished
    folder.parts.drop()
    assert folder.is_finished


def test_a_finished_table_does_not_show_in_what_pieces_it_came(tmp_path):
    table = pa.table({"n": list(range(120_000))})
    for name, size in (("a", 7_000), ("b", 60_000)):
        pieces = (table.slice(at, size) for at in range(0, len(table), size))
        RunFolder(tmp_path).write_stream(name, pieces, table.schema)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert RunFolder(tmp_path).read_table("a")["n"].tolist() == list(range(120_000))


def test_columns_of_a_finished_table_can_be_chosen(tmp_path):
    folder = RunFolder(tmp_path)
    folder.write_table("themes", pd.DataFrame({"a": [1], "b": [2], "c": [3]}))
    assert list(folder.read_table("themes", columns=["a", "c", "z"])) == ["a", "c"]
    assert list(folder.read_table("themes", without=["a"])) == ["b", "c"]


def test_a_folder_that_is_no_run_is_told_so(tmp_path):
    with pytest.raises(InputError, match="not a finished run"):
        RunFolder(tmp_path).read_table("reviews")
    with pytest.raises(InputError, match=r"no run\.json"):
        RunFolder(tmp_path).read_manifest()
