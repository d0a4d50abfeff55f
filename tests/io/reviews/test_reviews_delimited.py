import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.io.reviews import read_reviews

nasty = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from('",;\n\r\t|\\ \u2028"'),
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: any(letter.isalnum() for letter in text))


@given(st.lists(st.tuples(nasty, nasty), min_size=1, max_size=12), st.sampled_from(",;\t|"))
@settings(max_examples=80, deadline=None)
def test_nasty_texts_come_back_as_they_were(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [("Nội dung đánh giá", "Số sao", "ghi thêm"), *((f"hàng {text}", "5", other) for text, other in rows)]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(out.getvalue().encode())
        batches = list(read_reviews([path]))
    reviews = [row for batch in batches for row in batch.reviews.itertuples()]
    assert [row.text for row in reviews] == [f"hàng {text}" for text, _ in rows]
    assert [value for batch in batches for value in batch.reviews["segment.ghi thêm"]] == [
        other for _, other in rows
    ]


@given(st.lists(st.text(st.sampled_from('ab"\n,;é \r'), max_size=15), max_size=25))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_every_row_is_accounted_once(lines):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(("text,stars\ntốt,5\n" + "\n".join(lines)).encode())
        batches = list(read_reviews([path], batch_rows=3))
    rows = [row for b in batches for row in [*b.reviews.source_row, *b.rejects.source_row]]
    assert sorted(rows) == list(range(1, len(rows) + 1))


def test_line_breaks_inside_quotes_stay(dump, read):
    batch = read(dump("a.csv", 'text,stars\n"dòng một\ndòng hai\r\ndòng ba",4\nĐẹp,5\n'))
    assert batch.reviews.text.tolist() == ["dòng một\ndòng hai\r\ndòng ba", "Đẹp"]


def test_texts_that_pandas_takes_for_missing_stay(dump, read):
    texts = ["nan", "NA", "null", "None", "N/A"]
    assert (
        read(dump("a.csv", "text,stars\n" + "".join(f"{t},1\n" for t in texts))).reviews.text.tolist()
        == texts
    )


def test_ragged_rows_are_rejected_as_they_stand(dump, read):
    batch = read(
        dump("a.csv", "text,stars,date\nĐẹp,5,2024-01-01\nchậm, hỏng,1,2024-01-02\nthiếu\nTốt,4,2024-01-03\n")
    )
    assert batch.reviews.text.tolist() == ["Đẹp", "Tốt"]
    assert batch.rejects[["source_row", "reason"]].values.tolist() == [[2, "ragged_row"], [3, "ragged_row"]]
    assert json.loads(batch.rejects.raw[0]) == ["chậm", " hỏng", "1", "2024-01-02"]


def test_blank_cells_behind_the_last_column_do_not_matter(dump, read):
    assert len(read(dump("a.csv", "text,stars\nĐẹp,5,,\nTốt,4\n")).reviews) == 2


def test_last_cells_that_every_row_leaves_out_are_blank(dump, read):
    batch = read(dump("a.csv", "text,stars,tỉnh\nĐẹp,5\nTốt,4\nHay,3\nVui,2,Huế\n"))
    assert batch.reviews["segment.tỉnh"].tolist() == ["", "", "", "Huế"]


def test_row_numbers_without_a_header_are_a_column(dump, read):
    batch = read(dump("a.csv", "text,stars\n1,Đẹp,5\n2,Tốt,4\n3,Kém,1\n"))
    assert batch.reviews.text.tolist() == ["Đẹp", "Tốt", "Kém"]


@pytest.mark.parametrize("stray", ['"Đẹp lắm', 'Đẹp "lắm', '"Đẹp" lắm'])
def test_a_stray_quote_does_not_swallow_the_rows_behind_it(dump, read, stray):
    rows = "".join(f"hàng {i},3\n" for i in range(500))
    batch = read(dump("a.csv", f'text,stars\n{stray},5\n{rows}"có, phẩy",1\n'))
    assert len(batch.reviews) == 502
    assert batch.rejects.empty
    assert "Đẹp" in batch.reviews.text[0]
    assert "lắm" in batch.reviews.text[0]
    assert batch.reviews.text.iloc[-1] == "có, phẩy"


def test_quotes_escaped_by_backslash_are_read(dump, read):
    batch = read(dump("a.csv", 'text,stars\n"nói \\"ok\\", rồi thôi",2\n"đẹp, \\"xịn\\"",5\n'))
    assert batch.reviews.text.tolist() == ['nói "ok", rồi thôi', 'đẹp, "xịn"']


def test_nul_bytes_are_dropped_and_counted(dump, read):
    batch = read(dump("a.csv", b"text,stars\nt\x00ot,5\nhay,4\n"))
    assert batch.reviews.text.tolist() == ["tot", "hay"]
    assert batch.problems == {"nul_bytes": 1}


def test_rows_without_text_are_rejected_with_what_they_hold(csv_dump, read):
    batch = read(csv_dump([["text", "stars"], ["Đẹp", 5], ["  ", 4], ["\u200b", 1]]))
    assert batch.rejects.reason.tolist() == ["no_text", "no_text"]
    assert json.loads(batch.rejects.raw[0]) == {"text": "  ", "stars": "4"}


def test_batches_and_limit_bound_what_is_read(csv_dump):
    path = csv_dump([["text", "stars"], *([f"hàng {i}" if i % 3 else "", 5] for i in range(100))])
    batches = list(read_reviews([path], batch_rows=30))
    assert [batch.n_rows for batch in batches] == [30, 30, 30, 10]
    cut = list(read_reviews([path], batch_rows=30, limit=44))
    assert sum(batch.n_rows for batch in cut) == 44
    assert list(read_reviews([path, path], limit=0)) == []


def test_the_header_is_found_under_a_preamble(dump, read):
    batch = read(
        dump(
            "a.csv",
            "Báo cáo tháng 3\nNguồn,shop A\n\nNội dung,Số sao,Ngày\nĐẹp,5,01/03/2024\nChậm,2,02/03/2024\n",
        )
    )
    assert batch.layout.header_row == 4
    assert batch.reviews.text.tolist() == ["Đẹp", "Chậm"]
