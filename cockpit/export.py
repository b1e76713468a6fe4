"""Tables as files that leave the cockpit: each says what it is, of when, of what status."""

import csv
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import xlsxwriter

from cockpit.codes import STATUS

# A cell that begins with one of these, or with a tab or line break, is run as a formula by spreadsheets.
STARTERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
SHEET = "数据"
WIDEST = 40
MOST_ROWS = 1_048_576
QUICK_ROWS = 50_000  # of a worksheet: more take longer than anyone waits for a download


class TooLong(ValueError):
    """More rows than a worksheet holds; args[0] is a sentence."""


def neutral(cell: Any) -> Any:
    """A text that would be run as a formula gets a leading '; blanks before it do not hide it."""
    if not isinstance(cell, str):
        return cell
    begun = cell.lstrip()
    breaks = set(cell[: len(cell) - len(begun)]) & set("\t\r\n")
    return f"'{cell}" if breaks or begun.startswith(STARTERS) else cell


def _told(cell: Any) -> Any:
    """What a cell holds: text neutralised, dates in ISO form, missing empty."""
    if isinstance(cell, str):
        return neutral(cell)
    if pd.isna(cell):
        return ""
    return cell.isoformat()[:10] if isinstance(cell, date) else cell


def _heading(
    title: str, slice_label: str, data_date: date, version: str, status: str, definition: str
) -> list[tuple[str, str]]:
    return [
        ("标题", title),
        ("范围", slice_label),
        ("数据截至", data_date.isoformat()),
        ("版本", version),
        ("状态", f"{STATUS[status]}数据"),
        ("口径", definition),
    ]


def _lines(frame: pd.DataFrame, heading: list[tuple[str, str]]) -> Iterator[list[Any]]:
    """One at a time: a long table is not held a second time."""
    yield from ([name, neutral(text)] for name, text in heading)
    yield from ([], [neutral(str(column)) for column in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        yield [_told(cell) for cell in row]


def to_csv(
    frame: pd.DataFrame,
    slice_label: str,
    data_date: date,
    version: str,
    status: str,
    *,
    title: str = "明细",
    definition: str = "",
) -> bytes:
    """CSV in UTF-8 with BOM: the heading's rows, an empty row, the table."""
    text = StringIO()
    heading = _heading(title, slice_label, data_date, version, status, definition)
    csv.writer(text).writerows(_lines(frame, heading))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(
    frame: pd.DataFrame,
    slice_label: str,
    data_date: date,
    version: str,
    status: str,
    *,
    title: str = "明细",
    definition: str = "",
) -> bytes:
    """An xlsx workbook of one sheet, as to_csv; codes and all other texts are text cells, numbers numbers.

    Raises:
        TooLong: more rows than a worksheet holds.
    """
    heading = _heading(title, slice_label, data_date, version, status, definition)
    lines = [*_lines(frame, heading)]
    if len(lines) > MOST_ROWS:
        raise TooLong(f"共{len(frame)}行，超过一张工作表的上限。请缩小范围，或导出CSV。")
    output = BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
        _fill(book, lines, len(heading) + 1)
    return output.getvalue()


def _fill(book: xlsxwriter.Workbook, lines: list[list[Any]], top: int) -> None:
    """Write the lines; number `top` is the header. Constant memory: rows are written once, in order."""
    sheet = book.add_worksheet(SHEET)
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    for place, width in enumerate(_widths(lines[top:])):
        sheet.set_column(place, place, width)
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            if cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, place, cell, bold if row == top else text)
            else:
                sheet.write_number(row, place, cell)


def _widths(lines: list[list[Any]]) -> list[int]:
    """Column widths from the header and the first rows; a Chinese character is two wide."""
    columns = zip(*lines[:50], strict=True)
    return [min(WIDEST, 2 + max(len(str(cell).encode("gb18030")) for cell in column)) for column in columns]
