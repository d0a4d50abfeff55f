import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from insight.io.exports import neutralise, write_rejects, write_workbook
from insight.report.sheets import SheetView


@pytest.mark.parametrize("value", ["=1+1", "+84", "-5", "@cmd", "=HYPERLINK('x')", "https://a.vn"])
def test_texts_stay_texts_in_a_workbook(tmp_path, value):
    write_workbook([SheetView("a", ["cột"], [[value]])], tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx")["a"]["A2"]
    assert cell.value == value
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_numbers_stay_numbers_and_missing_ones_empty(tmp_path):
    write_workbook([SheetView("a", ["n", "x", "y"], [[3, float("nan"), None]])], tmp_path / "a.xlsx")
    assert [cell.value for cell in load_workbook(tmp_path / "a.xlsx")["a"][2]] == [3, None, None]


def test_rejects_open_in_a_spreadsheet_with_their_letters_and_without_formulas(tmp_path):
    rejects = pd.DataFrame(
        {"source_file": ["a.csv"], "source_row": [2], "reason": ["no_text"], "raw": ["=tốt"]}
    )
    write_rejects(rejects, tmp_path / "r.csv")
    content = (tmp_path / "r.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "'=tốt" in content.decode("utf-8-sig")


@given(st.text())
def test_nothing_begins_like_a_formula(text):
    assert not str(neutralise(text)).startswith(("=", "+", "-", "@", "\t", "\r"))
