import datetime as dt
import gzip
import io
import json
import sys
import zipfile

import openpyxl
import pandas as pd
import pytest

from insight.errors import InputError
from insight.io.reviews import inspect_dumps, read_reviews

ROWS = [
    ["Nội dung đánh giá", "Số sao", "Ngày"],
    ["Giao hàng chậm", "2", "03/04/2024"],
    ["Rất đẹp", "5", "20/04/2024"],
]
HEADER = ROWS[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_recognised(csv_dump, read, delimiter):
    batch = read(csv_dump(ROWS, delimiter=delimiter))
    assert batch.reviews.text.tolist() == ["Giao hàng chậm", "Rất đẹp"]
    assert batch.reviews.stars.tolist() == [2, 5]


def test_the_line_that_tells_excel_the_delimiter_is_skipped(dump, read):
    batch = read(dump("a.csv", "sep=;\r\ntext;stars\r\ntốt, rẻ;5\r\n"))
    assert batch.reviews.text.tolist() == ["tốt, rẻ"]
    assert batch.layout.header_row == 2


def test_plain_text_is_one_review_a_line_with_its_quotes(dump, read):
    batch = read(dump("a.txt", 'Hàng "xịn" lắm, giao nhanh\n"Đẹp" nhưng đắt\n\nKhông mua nữa\n'))
    assert batch.reviews.text.tolist() == ['Hàng "xịn" lắm, giao nhanh', '"Đẹp" nhưng đắt', "Không mua nữa"]
    assert batch.layout.format == "text"


def test_a_text_file_that_excel_saved_with_tabs_is_a_table(dump, read):
    content = "\r\n".join("\t".join(row) for row in ROWS).encode("utf-16")
    batch = read(dump("a.txt", content))
    assert batch.reviews.stars.tolist() == [2, 5]
    assert batch.layout.encoding == "utf-16"


def test_one_column_without_header_is_read_from_the_first_line(dump, read, texts):
    batch = read(dump("a.csv", "\n".join(texts)))
    assert batch.reviews.text.tolist() == texts
    assert batch.layout.header_row == 0


def test_one_column_with_a_known_header_loses_it(dump, read, texts):
    batch = read(dump("a.csv", "\n".join(["Bình luận", *texts])))
    assert batch.reviews.text.tolist() == texts


def test_columns_without_header_are_recognised_by_content(csv_dump, read, texts):
    days = ["01/02/2024", "13/02/2024", "15/02/2024", "16/02/2024"]
    batch = read(csv_dump(list(zip(["5", "4", "1", "5"], texts, days, strict=True))))
    assert batch.reviews.text.tolist() == texts
    assert batch.reviews.stars.tolist() == [5, 4, 1, 5]
    assert batch.reviews.date.dt.day.tolist() == [1, 13, 15, 16]
    assert batch.layout.roles == {"stars": "column 1", "text": "column 2", "date": "column 3"}


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_has_its_header_under_preamble_rows(tmp_path, read):
    rows = [
        ["Báo cáo"],
        ["Nguồn", "shop A"],
        [],
        HEADER,
        ["Chậm", 2.0, dt.datetime(2024, 3, 1, 9, 30)],
        [],
        ["Đẹp", 5, None],
    ]
    batch = read(workbook(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert batch.layout.header_row == 4
    assert batch.reviews.text.tolist() == ["Chậm", "Đẹp"]
    assert batch.reviews.source_row.tolist() == [1, 3]
    assert batch.reviews.date[0] == pd.Timestamp("2024-03-01 09:30")


def test_every_sheet_with_reviews_is_read_and_the_others_are_told(tmp_path, read):
    path = workbook(
        tmp_path / "a.xlsx",
        {"T1": ROWS, "Tổng": [["năm", "tổng"], [2023, 10], [2024, 12]], "T2": ROWS, "Trống": []},
    )
    batch = read(path)
    assert batch.reviews.source_file.tolist() == ["a.xlsx [T1]"] * 2 + ["a.xlsx [T2]"] * 2
    layouts = inspect_dumps([path])
    assert [layout.sheet for layout in layouts] == ["T1", "T2"]
    assert 'Sheet "Tổng" holds no review text and is left out.' in layouts[0].notes


def test_a_broken_workbook_is_told(dump):
    with pytest.raises(InputError, match=r"^a\.xlsx (cannot be read as a workbook|is damaged): "):
        next(read_reviews([dump("a.xlsx", b"PK\x03\x04 no zip at all")]))


RECORDS = [{"id": "a", "text": "Chậm\nquá", "stars": 2}, {"id": "b", "text": 'Đẹp "lắm"', "stars": 5}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, ensure_ascii=False, indent=2),
        json.dumps({"total": 2, "data": RECORDS}),
        json.dumps({"result": {"page": {"items": RECORDS}}}, indent=1),
        "\n".join(map(json.dumps, RECORDS)),
        "\ufeff" + "\n\n".join(json.dumps(r, ensure_ascii=False) for r in RECORDS) + "\n",
    ],
)
def test_json_in_every_shape_gives_the_same_reviews(dump, read, content):
    reviews = read(dump("a.json", content)).reviews
    assert reviews.text.tolist() == ["Chậm\nquá", 'Đẹp "lắm"']
    assert reviews.review_id.tolist() == ["a", "b"]
    assert reviews.stars.tolist() == [2, 5]


def test_an_array_longer_than_a_block_is_streamed_without_loss(dump, read):
    records = [{"id": f"r{i}", "text": "hàng tốt " * (i % 50) + str(i)} for i in range(3_000)]
    reviews = read(dump("a.json", json.dumps(records))).reviews
    assert reviews.text.tolist() == [record["text"] for record in records]


def test_nested_objects_become_dotted_columns(dump, read):
    record = {"content": "Giao hàng nhanh", "user": {"name": "Lan", "city": "Huế"}, "tags": ["a", "b"]}
    reviews = read(dump("a.jsonl", json.dumps(record) + "\n" + json.dumps(record))).reviews
    assert reviews["segment.user.city"].tolist() == ["Huế", "Huế"]
    assert reviews["segment.tags"][0] == '["a", "b"]'


def test_the_form_of_the_codebook_is_read(dump, read):
    lines = [
        {"id": "phone-001", "domain": "phone", "text": "Pin yếu"},
        {"id": "phone-002", "domain": "phone", "text": "Đẹp"},
    ]
    reviews = read(dump("a.jsonl", "\n".join(map(json.dumps, lines)))).reviews
    assert reviews.review_id.tolist() == ["phone-001", "phone-002"]
    assert reviews["segment.domain"].tolist() == ["phone", "phone"]


def test_keys_that_come_late_in_json_are_kept(dump, read):
    lines = [{"text": f"hàng {i}"} for i in range(2_500)] + [{"text": "cuối", "thành phố": "Huế"}]
    reviews = read(dump("a.jsonl", "\n".join(map(json.dumps, lines)))).reviews
    assert reviews["segment.thành phố"].iloc[-1] == "Huế"


def test_broken_lines_of_json_are_rejected_with_their_text(dump, read):
    batch = read(dump("a.jsonl", '{"text": "Đẹp"}\n{"text": "hỏng\n[1]\n{"text": "Tốt"}\n'))
    assert batch.reviews.text.tolist() == ["Đẹp", "Tốt"]
    assert batch.rejects.reason.tolist() == ["bad_json", "bad_json"]
    assert batch.rejects.source_row.tolist() == [2, 3]
    assert json.loads(batch.rejects.raw[0]) == '{"text": "hỏng'


def test_an_array_that_breaks_off_keeps_what_came_before(dump, read):
    batch = read(dump("a.json", '[{"text": "Đẹp"}, {"text": "Tốt"}, {"text": "hỏ'))
    assert batch.reviews.text.tolist() == ["Đẹp", "Tốt"]
    assert batch.rejects.reason.tolist() == ["bad_json"]


def test_parquet_keeps_numbers_dates_and_blanks(tmp_path, read):
    table = pd.DataFrame(
        {
            "content": ["Chậm", None, "Đẹp"],
            "rating": [2.0, 3.0, None],
            "date": pd.to_datetime(["2024-01-02"] * 3),
        }
    )
    table.to_parquet(tmp_path / "a.parquet")
    batch = read(tmp_path / "a.parquet")
    assert batch.reviews.text.tolist() == ["Chậm", "Đẹp"]
    assert batch.reviews.stars.isna().tolist() == [False, True]
    assert batch.reviews.date[0] == pd.Timestamp("2024-01-02")
    assert batch.rejects.reason.tolist() == ["no_text"]


CSV = "text,stars\nChậm,2\nĐẹp,5\n".encode()


def test_gzip_is_opened(dump, read):
    batch = read(dump("a.csv.gz", gzip.compress(CSV)))
    assert batch.reviews.stars.tolist() == [2, 5]
    assert batch.layout.compression == "gzip"


def test_a_gzip_that_breaks_off_is_told(dump):
    big = gzip.compress(b"text,stars\n" + b"".join(b"hang %d,5\n" % (i * 7919) for i in range(50_000)))
    path = dump("a.csv.gz", big[: len(big) // 2])
    with pytest.raises(InputError, match=r"^a\.csv\.gz is damaged: .* Copy or export it again\.$"):
        list(read_reviews([path]))


def test_every_dump_in_a_zip_is_read(tmp_path, read):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.csv", CSV)
        archive.writestr("c.jsonl", json.dumps(RECORDS[0]))
        archive.writestr("readme.md", "none of this")
    assert read(tmp_path / "a.zip").reviews.source_file.tolist() == ["a.zip/b.csv"] * 2 + ["a.zip/c.jsonl"]


def test_standard_input_is_read_whatever_its_format(read, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CSV)))
    batch = read("-")
    assert batch.reviews.text.tolist() == ["Chậm", "Đẹp"]
    assert batch.reviews.source_file[0] == "standard input"


def test_a_remote_file_is_fetched(read):
    import fsspec

    fsspec.filesystem("memory").pipe("/dumps/a.csv", CSV)
    assert read("memory://dumps/a.csv").reviews.source_file.tolist() == ["a.csv", "a.csv"]
