import pytest

from insight.errors import InputError
from insight.io.reviews import inspect_dumps, read_reviews
from insight.io.reviews.sources import find_sources

CSV = "text,stars\nChậm,2\nĐẹp,5\n"


def test_a_folder_gives_its_dumps_in_order_and_no_lock_files(dump, tmp_path):
    for name in ("d/b.csv", "d/a.jsonl", "d/~$a.xlsx", "d/notes.md", "d/.hidden.csv"):
        dump(name, CSV)
    assert find_sources([tmp_path / "d"]) == [str(tmp_path / "d" / "a.jsonl"), str(tmp_path / "d" / "b.csv")]


def test_a_glob_and_a_file_named_twice_are_read_once(dump, tmp_path):
    path = dump("a.csv", CSV)
    dump("b.csv", CSV)
    assert find_sources([path, f"{tmp_path}/*.csv"]) == [str(path), str(tmp_path / "b.csv")]


def test_files_of_one_name_are_told_apart_by_their_paths(dump, read):
    first, second = dump("x/a.csv", CSV), dump("y/a.csv", CSV)
    assert read(first, second).reviews.source_file.unique().tolist() == [str(first), str(second)]


def test_a_missing_file_is_answered_with_the_nearest_name(dump, tmp_path):
    dump("reviews.csv", CSV)
    with pytest.raises(InputError) as error:
        read_reviews([tmp_path / "review.csv"])
    assert str(error.value) == f'{tmp_path}/review.csv does not exist. Did you mean "reviews.csv"?'


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError) as error:
        read_reviews([tmp_path / "no" / "a.csv"])
    assert str(error.value) == f"{tmp_path}/no/a.csv does not exist: there is no folder {tmp_path}/no."


def test_a_glob_without_match_is_told(tmp_path):
    with pytest.raises(InputError, match=r"^No file matches .*\*\.csv\. Put the pattern in quotes"):
        read_reviews([f"{tmp_path}/*.csv"])


def test_a_folder_without_dumps_is_told(tmp_path):
    with pytest.raises(InputError, match=r"holds no dump\. It may hold: "):
        read_reviews([tmp_path])


@pytest.mark.parametrize("content", ["", " \n\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_an_empty_file_is_told(dump, name, content):
    with pytest.raises(InputError) as error:
        next(read_reviews([dump(name, content)]))
    assert str(error.value) == f"{name} is empty. Export it again, or give another file."


def test_a_header_without_rows_is_told(dump):
    with pytest.raises(InputError) as error:
        next(read_reviews([dump("a.csv", "text,stars\n")]))
    assert (
        str(error.value) == "a.csv has a header and no row below it. Export it again, or give another file."
    )


def test_a_picture_is_refused(dump):
    with pytest.raises(InputError, match=r"^a\.png is no table of reviews\."):
        inspect_dumps([dump("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100))])
