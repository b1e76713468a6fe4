"""The records behind a number, taken away as a file: they add up to the card and say what they are."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cockpit.indicators import CATALOGUE
from cockpit.labels import COUNTED
from cockpit.value import value
from tests.browser.screen import Screen
from tests.browser.server import Server

pytestmark = pytest.mark.browser

COUNTY = "330521"
Rows = list[list[Any]]


def from_xlsx(path: Path) -> Rows:
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def from_csv(path: Path) -> Rows:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel would read the file as GB18030"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def split(rows: Rows) -> tuple[dict[str, str], list[str], Rows]:
    """What the file says of itself, the header, the records."""
    top = next(place for place, row in enumerate(rows) if COUNTED in row)
    about = {str(row[0]): str(row[1]) for row in rows[:top] if row and row[0]}
    header = [str(cell) for cell in rows[top]]
    return about, header, [row for row in rows[top + 1 :] if any(row)]


def plain(cell: Any) -> str:
    """A cell as text; a workbook keeps 15 digits of a number."""
    try:
        return f"{float(cell):.10g}"
    except (TypeError, ValueError):
        return str(cell or "")


@pytest.mark.parametrize("key", ["stations_open", "eight_have_rate"])
def test_both_files_hold_the_records_of_the_card(
    screen: Screen, server: Server, tmp_path: Path, key: str
) -> None:
    told = value(server.root, key, COUNTY, "2023-Q2")
    screen.go(f"stations?district={COUNTY}&period=2023-Q2")
    screen.page.get_by_text("数字背后的记录").click()
    screen.page.get_by_text("合计").wait_for()
    if key != "stations_open":
        screen.choose("指标", CATALOGUE[key].name)
    screen.page.get_by_text(f"合计{told['numerator']:,}").wait_for()
    files = {}
    for kind, read in (("XLSX", from_xlsx), ("CSV", from_csv)):
        taken = screen.download(f"导出{kind}")
        assert taken.suggested_filename.endswith(f".{kind.lower()}")
        assert "德清县" in taken.suggested_filename
        path = tmp_path / taken.suggested_filename
        taken.save_as(path)
        files[kind] = split(read(path))
    for about, header, records in files.values():
        assert "德清县" in about["范围"] and "2023年" in about["范围"]
        assert about["数据截至"] == "2023-06-30"
        assert about["状态"] == "演示数据"
        assert about["版本"] == told["version"]
        assert CATALOGUE[key].name in about["标题"]
        counted = header.index(COUNTED)
        assert sum(int(row[counted]) for row in records) == told["numerator"]
    (_, header, from_book), (_, same_header, from_text) = files["XLSX"], files["CSV"]
    assert header == same_header
    assert [[plain(cell) for cell in row] for row in from_book] == [
        [plain(cell) for cell in row] for row in from_text
    ]


def test_codes_are_text_in_the_workbook(screen: Screen, server: Server, tmp_path: Path) -> None:
    screen.go(f"stations?district={COUNTY}")
    screen.page.get_by_text("数字背后的记录").click()
    screen.download("导出XLSX").save_as(tmp_path / "records.xlsx")
    _, header, records = split(from_xlsx(tmp_path / "records.xlsx"))
    place = header.index("站点编号")
    assert records and all(isinstance(row[place], str) for row in records)
    assert all(isinstance(row[header.index(COUNTED)], int) for row in records)
