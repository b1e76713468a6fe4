"""Exports are read back with other programs than those that wrote them."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from cockpit import export

ABOUT = ("德清县 · 2023年上半年", date(2023, 6, 30), "20230630-0123456789", "demo")
FRAME = pd.DataFrame(
    {
        "统一社会信用代码": ["913305217000000012", "=HYPERLINK(1)"],
        "镇街代码": ["330521001", "330521102"],
        "批准日期": [date(2023, 6, 30), None],
        "计入": [1, -2],
        "比率": [66.5, float("nan")],
    }
)
TOP = [
    ["标题", "新建工会"],
    ["范围", "德清县 · 2023年上半年"],
    ["数据截至", "2023-06-30"],
    ["版本", "20230630-0123456789"],
    ["状态", "演示数据"],
    ["口径", "期内批准成立的基层工会数。"],
]
TITLED: dict[str, str] = {"title": "新建工会", "definition": "期内批准成立的基层工会数。"}


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(content))["数据"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_begins_with_bom_and_tells_what_it_is() -> None:
    content = export.to_csv(FRAME, *ABOUT, **TITLED)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = read_csv(content)
    assert lines[:6] == TOP and lines[6] == []
    assert lines[7:] == [
        ["统一社会信用代码", "镇街代码", "批准日期", "计入", "比率"],
        ["913305217000000012", "330521001", "2023-06-30", "1", "66.5"],
        ["'=HYPERLINK(1)", "330521102", "", "-2", ""],
    ]


def test_xlsx_has_codes_as_text_and_numbers_as_numbers() -> None:
    lines = read_xlsx(export.to_xlsx(FRAME, *ABOUT, **TITLED))
    assert [line[:2] for line in lines[:6]] == TOP
    assert lines[7:] == [
        ["统一社会信用代码", "镇街代码", "批准日期", "计入", "比率"],
        ["913305217000000012", "330521001", "2023-06-30", 1, 66.5],
        ["'=HYPERLINK(1)", "330521102", None, -2, None],
    ]
    cell = openpyxl.load_workbook(BytesIO(export.to_xlsx(FRAME, *ABOUT)))["数据"]["A9"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "　"])
def test_a_text_that_would_run_as_a_formula_is_neutralised_wherever_it_stands(
    start: str, before: str
) -> None:
    evil = f"{before}{start}cmd|' /C calc'!A0"
    frame = pd.DataFrame({evil: [evil]})
    about = (evil, date(2023, 6, 30), evil, "reported")
    for lines in (
        read_csv(export.to_csv(frame, *about, title=evil, definition=evil)),
        read_xlsx(export.to_xlsx(frame, *about, title=evil, definition=evil)),
    ):
        cells = [cell for line in lines for cell in line if cell and "cmd" in str(cell)]
        assert len(cells) == 6
        assert all(cell.startswith("'") for cell in cells)


@pytest.mark.parametrize("text", ["正常", "a=b", "3-5", "", "'已有"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert export.neutral(text) == text


def test_an_empty_table_still_tells_what_it_is() -> None:
    empty = FRAME.iloc[:0]
    assert len(read_csv(export.to_csv(empty, *ABOUT))) == 8
    assert read_xlsx(export.to_xlsx(empty, *ABOUT))[7][0] == "统一社会信用代码"


def test_times_are_told_as_days_and_missing_values_stay_empty() -> None:
    frame = pd.DataFrame({"a": [pd.Timestamp(2023, 6, 30), pd.NaT], "b": [datetime(2023, 1, 1, 8), None]})
    frame["c"] = pd.array([1, None], dtype="Int64")
    assert read_csv(export.to_csv(frame, *ABOUT))[8:] == [["2023-06-30", "2023-01-01", "1"], ["", "", ""]]
    assert read_xlsx(export.to_xlsx(frame, *ABOUT))[8][:3] == ["2023-06-30", "2023-01-01", 1]


def test_a_worksheet_that_would_lose_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 9)
    with pytest.raises(export.TooLong, match="共2行，超过一张工作表的上限。请缩小范围，或导出CSV。"):
        export.to_xlsx(FRAME, *ABOUT)
