import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from insight.io.reviews import read_reviews
from insight.io.reviews.ids import IdRegister
from insight.schema import REJECTS, REVIEWS, check

DUMPS = Path(__file__).parents[3] / ".." / "shared" / "data" / "dumps"


def test_a_batch_has_the_columns_and_types_of_the_schema(csv_dump, read):
    batch = read(csv_dump([["text", "tỉnh"], ["Đẹp lắm", "Huế"], ["", "Vinh"]]))
    assert batch.reviews.columns.tolist() == [*REVIEWS.names, "segment.tỉnh"]
    assert {c.name: str(batch.reviews[c.name].dtype) for c in REVIEWS.columns} == {
        c.name: c.dtype for c in REVIEWS.columns
    }
    assert {c.name: str(batch.rejects[c.name].dtype) for c in REJECTS.columns} == {
        c.name: c.dtype for c in REJECTS.columns
    }
    check(batch.reviews, REVIEWS)
    assert batch.reviews.brand.tolist() == [""]
    assert batch.n_rows == 2


def test_bad_stars_and_dates_are_counted_and_the_review_stays(csv_dump, read):
    rows = [["text", "stars", "date"], ["a b", 5, "01/02/2024"], ["c d", "tạm", "hôm nào đó"], ["e f", 4, ""]]
    batch = read(csv_dump(rows))
    assert batch.rejects.empty
    assert batch.reviews.date.isna().tolist() == [False, True, True]
    assert batch.reviews.stars.isna().tolist() == [False, True, False]
    assert batch.problems == {"bad_stars": 1, "bad_date": 1}


def test_a_grade_above_the_scale_is_a_problem(csv_dump, read):
    rows = [["text", "stars"], *([f"hàng {i}", i % 5 + 1] for i in range(2_500)), ["cuối", 9]]
    batch = read(csv_dump(rows))
    assert batch.problems == {"bad_stars": 1}
    assert np.isnan(batch.reviews.stars.iloc[-1])


def test_ids_are_of_the_content_and_not_of_the_order(csv_dump, read):
    rows = [[f"hàng {i % 40}", i % 5 + 1, f"2024-01-{i % 20 + 1:02d}"] for i in range(200)]
    header = ["text", "stars", "date"]
    first = read(csv_dump([header, *rows]), batch_rows=7).reviews
    random.Random(0).shuffle(rows)  # noqa: S311
    second = read(csv_dump([header, *rows]), batch_rows=50).reviews
    assert first.review_id.is_unique
    keys = ["review_id", "text", "stars", "date"]
    pd.testing.assert_frame_equal(
        first[keys].sort_values("review_id", ignore_index=True),
        second[keys].sort_values("review_id", ignore_index=True),
    )
    assert first.review_id.str.fullmatch(r"[0-9a-f]{12}(-\d+)?").all()


def test_repeated_ids_get_a_number_and_are_counted(csv_dump, read):
    rows = [[f"r{i}", f"hàng {i}"] for i in range(20)] + [["r3", "hàng khác"], ["", "không mã"]]
    batch = read(csv_dump([["id", "text"], *rows]))
    assert batch.reviews.review_id.is_unique
    assert batch.reviews.review_id.iloc[20] == "r3-2"
    assert batch.problems == {"repeated_id": 1}


def test_a_column_called_id_that_repeats_is_no_id(csv_dump, read):
    batch = read(csv_dump([["id", "text"], *([i % 3, f"hàng {i}"] for i in range(30))]))
    assert "segment.id" in batch.reviews
    assert '"id" repeats its values, so ids are made from what the rows say.' in batch.layout.notes


def test_ids_are_distinct_over_all_dumps(csv_dump, read):
    rows = [["id", "text"], *([i, f"hàng {i}"] for i in range(5))]
    reviews = read(csv_dump(rows, "a.csv"), csv_dump(rows, "b.csv")).reviews
    assert reviews.review_id.tolist() == ["0", "1", "2", "3", "4", "0-2", "1-2", "2-2", "3-2", "4-2"]


def test_a_number_behind_an_id_never_meets_an_id_of_the_dump():
    register = IdRegister()
    first, _ = register.distinct(pd.Series(["a-2", "a", "a"], dtype="str"))
    second, _ = register.distinct(pd.Series(["a", "b", "a-3"], dtype="str"))
    ids = [*first, *second]
    assert len(set(ids)) == len(ids)


def test_the_register_stays_right_over_many_batches():
    register = IdRegister()
    generator = np.random.default_rng(0)
    ids: list[str] = []
    for size in [1, 500, 3, 100, 0, 900]:
        ids.extend(register.distinct(pd.Series(generator.integers(0, 60, size).astype(str), dtype="str"))[0])
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("name", "rows", "roles"),
    [
        (
            "google_play_banking.csv",
            5_400,
            {"brand": "app_name", "text": "content", "stars": "score", "date": "at"},
        ),
        (
            "hasaki_reviews.csv",
            21_575,
            {
                "review_id": "id",
                "customer": "ma_khach_hang",
                "text": "noi_dung_binh_luan",
                "date": "ngay_binh_luan",
                "time": "gio_binh_luan",
                "stars": "so_sao",
                "product": "ma_san_pham",
            },
        ),
        (
            "shopee_exportcomments.xlsx",
            3_031,
            {
                "customer": "Author",
                "date": "Date",
                "stars": "Rating",
                "stars_delivery": "Rating Delivery Service",
                "stars_product": "Rating Product Quality",
                "stars_seller": "Rating Seller Service",
                "text": "Review",
            },
        ),
    ],
)
def test_real_dumps_are_mapped_and_every_row_is_accounted(name, rows, roles):
    if not DUMPS.is_dir():
        pytest.skip("the shared real dumps are not beside this checkout")
    batches = list(read_reviews([DUMPS / name]))
    assert batches[0].layout.roles == roles
    assert sum(batch.n_rows for batch in batches) == rows
    reviews = pd.concat([batch.reviews for batch in batches])
    assert reviews.review_id.is_unique
    assert reviews.date.notna().mean() > 0.999
    assert reviews.stars.between(1, 5).mean() > 0.98
