"""The return workbook of a CSV or xls, or of a workbook whose formats cannot be read: the same cells anew."""

import re
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.answer.book import HIDDEN, LONGEST, NO_RESULT, WRONG, comment, first_sheet, merge, opened
from etl.answer.plan import Marked, Place, Plan, sheet_names
from etl.contract.frame import UNCLEAR_MONTH
from etl.personal import MASK
from etl.reading import Grid

# In a CSV such a month is refused, as Excel may have made January of October; in a text cell it would pass.
UNCLEAR = re.compile(UNCLEAR_MONTH)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
BLOCK = 5_000  # rows held as Python objects at once
# Every cell is text, so that '=1+1' stays what was typed and a code typed into it keeps all its digits.
TEXT = {"num_format": "@", "font_name": "宋体"}


def draw(grids: list[Grid], drawn: Plan, made: Path) -> None:
    """Write the workbook to `made`."""
    by_name = {grid.sheet: grid for grid in grids}
    with opened(made, any(grid.since_1904 for grid in grids)) as book:
        first_sheet(book, drawn)
        formats = _formats(book)
        for marked in drawn.sheets:
            _sheet(book, by_name[marked.sheet], marked, formats)


def copy(grids: list[Grid], made: Path) -> None:
    """The same cells in a new workbook, nothing marked."""
    names = sheet_names([grid.sheet for grid in grids])
    with opened(made) as book:
        formats = _formats(book)
        for grid, name in zip(grids, names, strict=True):
            _sheet(book, grid, Marked(grid.sheet, name), formats)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "text": book.add_format(TEXT),
        "number": book.add_format({"font_name": "宋体"}),
        "wrong": book.add_format(TEXT | {"bg_color": WRONG}),
        "hidden": book.add_format(TEXT | {"bg_color": HIDDEN}),
    }


def _sheet(book: xlsxwriter.Workbook, grid: Grid, marked: Marked, formats: dict[str, Format]) -> None:
    sheet = book.add_worksheet(marked.name)
    comment(sheet, marked)
    if grid.columns:
        sheet.set_column(0, len(grid.columns) - 1, 18, formats["text"])
    merge(sheet, marked.merged)
    if marked.hidden:
        sheet.hide()
    for row, cells in _rows(grid):
        for column in marked.columns(row) - cells.keys():
            cells[column] = ("", False)
        for column, (text, number) in cells.items():
            _cell(sheet, (row, column), text, number, marked, formats)


def _rows(grid: Grid) -> Iterator[tuple[int, dict[int, tuple[str, bool]]]]:
    """Row from 0 -> column -> (text, whether it is stored as a number), a block of rows at a time."""
    numbers = [grid.stored_as_number(place) for place in range(len(grid.columns))]
    for start in range(0, len(grid), BLOCK):
        columns = [column.slice(start, BLOCK).to_pylist() for column in grid.columns]
        for index, cells in enumerate(zip(*columns, strict=True), start):
            held = {c: (text, bool(numbers[c][index])) for c, text in enumerate(cells) if text is not None}
            yield int(grid.row_numbers[index]) - 1, held


def _cell(
    sheet: Worksheet, place: Place, text: str, number: bool, marked: Marked, formats: dict[str, Format]
) -> None:
    wrong = formats["wrong"] if place in marked.comments else None
    if place in marked.masked:
        sheet.write_string(*place, MASK, formats["hidden"])
    elif place in marked.unresolved:
        sheet.write_string(*place, NO_RESULT, wrong)
    elif (number or (wrong and UNCLEAR.fullmatch(text))) and NUMBER.fullmatch(text):
        sheet.write_number(*place, float(text), wrong or formats["number"])
    elif text or place in marked.headers:
        sheet.write_string(*place, text[:LONGEST] or marked.headers[place], wrong or formats["text"])
    else:
        sheet.write_blank(*place, None, wrong)
