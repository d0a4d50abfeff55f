import pytest

from insight.errors import InputError, UsageError
from insight.io.reviews import ROLES, inspect_dumps, read_reviews
from insight.io.reviews.role_names import fold_name, name_rank, role_names

TEXT = ["Giao hàng chậm, đóng gói kém", "Rất đẹp, đúng mô tả", "Tư vấn nhiệt tình lắm"]


def roles(csv_dump, columns, **asked):
    rows = list(zip(*columns.values(), strict=True))
    (layout,) = inspect_dumps([csv_dump([list(columns), *rows])], columns=asked)
    return layout.roles


@pytest.mark.parametrize(
    ("header", "role", "values"),
    [
        ("NỘI DUNG ĐÁNH GIÁ", "text", TEXT),
        ("reviewText", "text", TEXT),
        ("Nội dung đánh giá của khách hàng", "text", TEXT),
        ("Customer comments (VN)", "text", TEXT),
        ("Đánh giá", "text", TEXT),
        ("Đánh giá", "stars", ["5", "4", "1"]),
        ("số_sao", "stars", ["5 sao", "4 sao", "1 sao"]),
        ("Star Rating", "stars", ["5", "4", "1"]),
        ("Ngày đánh giá (GMT+7)", "date", ["01/02/2024", "02/02/2024", "03/02/2024"]),
        ("createdAt", "date", ["1700000000", "1700000001", "1700000002"]),
        ("Tên sản phẩm", "product", ["Son", "Kem", "Nước hoa"]),
        ("thuong_hieu", "brand", ["A", "B", "C"]),
        ("Sàn TMĐT", "channel", ["X", "Y", "Z"]),
        ("Mã KH", "customer", ["1", "2", "3"]),
        ("review_id", "review_id", ["r1", "r2", "r3"]),
        ("NPS", "nps", ["0", "9", "10"]),
        ("Điểm giao hàng", "stars_delivery", ["5", "0", "1"]),
        ("Rating Product Quality", "stars_product", ["5", "0", "1"]),
        ("Đánh giá người bán", "stars_seller", ["5", "0", "1"]),
        ("Tiêu đề", "title", ["Tốt", "Tệ", "Ổn"]),
    ],
)
def test_columns_are_recognised_by_name(csv_dump, header, role, values):
    columns = {header: values} if role == "text" else {"text": TEXT, header: values}
    assert roles(csv_dump, columns | {"n": ["a", "b", "c"]})[role] == header


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("reply content", TEXT), ("Phản hồi của shop", TEXT), ("review_date_text", ["x", "y", "z"]),
        ("rating count", ["1", "2", "3"]), ("product rating average", ["4", "4", "4"]),
        ("url", ["http://a", "http://b", "http://c"]),
        ("domain", ["phone", "hotel", "food"]),
    ],
)  # fmt: skip
def test_names_that_only_sound_alike_stay_segments(csv_dump, header, values):
    assert roles(csv_dump, {header: values, "comment": TEXT}) == {"text": "comment"}


def test_columns_without_telling_names_are_recognised_by_content(csv_dump):
    columns = {
        "a1": ["x1", "x2", "x3"],
        "a2": TEXT,
        "a3": ["5", "4", "1"],
        "a4": ["2024-02-01", "2024-02-02", "2024-02-03"],
        "a5": ["Shopee", "Lazada", "shopee"],
        "a6": ["https://a.vn/1", "https://a.vn/2", "https://a.vn/3"],
    }
    assert roles(csv_dump, columns) == {"text": "a2", "stars": "a3", "date": "a4", "channel": "a5"}


def test_flags_and_counts_are_no_stars(csv_dump):
    found = roles(csv_dump, {"x": ["0", "1", "1"], "y": ["10", "200", "3"], "a2": TEXT})
    assert found == {"text": "a2"}


def test_a_title_stands_above_its_text_and_alone_is_the_text(csv_dump, read):
    rows = [["title", "content", "stars"], ["Tệ", "Giao chậm", 1], ["", "Đẹp", 5], ["Tốt", "", 4]]
    assert read(csv_dump(rows)).reviews.text.tolist() == ["Tệ\nGiao chậm", "Đẹp", "Tốt"]
    assert roles(csv_dump, {"title": TEXT, "stars": [1, 2, 3]})["text"] == "title"


def test_the_user_decides_over_the_names(csv_dump, read):
    path = csv_dump(
        [["text", "ghi chú riêng", "stars"], ["Chậm quá", "Đẹp lắm", 5], ["Tệ quá", "Tốt lắm", 4]]
    )
    batch = read(path, columns={"text": "Ghi_chu rieng", "stars": ""})
    assert batch.reviews.text.tolist() == ["Đẹp lắm", "Tốt lắm"]
    assert batch.reviews.stars.isna().all()
    assert batch.reviews["segment.stars"].tolist() == ["5", "4"]
    assert [c.why for c in batch.layout.mapping] == ["", "asked", ""]


def test_an_unknown_role_is_answered_with_the_nearest(csv_dump):
    with pytest.raises(UsageError) as error:
        read_reviews([csv_dump([["text"], ["Đẹp"]])], columns={"star": "text"})
    assert str(error.value) == f'Unknown column role "star". Did you mean "stars"? Known: {", ".join(ROLES)}.'


def test_an_unknown_header_is_answered_with_the_nearest(csv_dump):
    with pytest.raises(InputError) as error:
        inspect_dumps([csv_dump([["comment", "n_star"], ["Đẹp lắm", 5]])], columns={"text": "coment"})
    assert str(error.value) == (
        'reviews.csv has no column "coment" for text. Did you mean "comment"? '
        "Its columns are: comment, n_star."
    )


def test_a_dump_without_text_is_told_what_to_name(csv_dump):
    path = csv_dump([["code", "n_star", "date_time"], ["abc", 5, "2024-01-01"], ["de", 4, "2024-01-02"]])
    with pytest.raises(InputError) as error:
        next(read_reviews([path]))
    assert str(error.value) == (
        'reviews.csv has no column "text". Its columns are: code, n_star, date_time. '
        "Name it with --text code."
    )
    (layout,) = inspect_dumps([path])
    assert layout.notes == (str(error.value),)


def test_the_layout_shows_examples_shares_and_forms(csv_dump):
    rows = [
        ["text", "score", "date"],
        ["x " * 60, 10, "12/31/2024"],
        ["Đẹp", 2, "01/02/2024"],
        ["Tốt", "", ""],
        ["Kém", "", ""],
    ]
    (layout,) = inspect_dumps([csv_dump(rows)])
    text, score, date = layout.mapping
    assert text.examples[0] == ("x " * 30)[:59] + "…"
    assert (score.form, score.filled, score.examples) == ("1-10", 0.5, ("10", "2"))
    assert date.form == "month first"
    assert (layout.delimiter, layout.header_row, layout.sampled) == ("comma", 1, 4)


def test_a_clock_column_is_joined_to_the_date(csv_dump, read):
    rows = [
        ["noi_dung_binh_luan", "ngay_binh_luan", "gio_binh_luan"],
        ["Đẹp", "29/04/2023", "17:06"],
        ["Kém", "3/5/2023", "8:05"],
    ]
    dates = read(csv_dump(rows)).reviews.date
    assert dates.dt.strftime("%d/%m %H:%M").tolist() == ["29/04 17:06", "03/05 08:05"]


def test_every_role_has_names_and_each_name_stands_once_in_it():
    assert set(role_names()) == set(ROLES)
    for row in role_names().values():
        assert len(set(row.names)) == len(row.names)


def test_case_accents_and_punctuation_do_not_count():
    assert fold_name("  NỘI-dung_Đánh  giá: ") == "noi dung danh gia"
    assert name_rank("text", "nội dung ĐÁNH GIÁ") == 1
    assert name_rank("text", "màu sắc") is None
