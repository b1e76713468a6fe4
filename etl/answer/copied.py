"""The return workbook of an xlsx: cells, formats, widths, merged cells and drop-down lists copied one by one.

What is not named here is not carried over. Runs in the limited child process, as it parses what was sent.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from xlsxwriter.worksheet import Worksheet

from etl import personal
from etl.answer.book import LONGEST, NO_RESULT, comment, first_sheet, merge, opened
from etl.answer.plan import Marked, Plan
from etl.answer.styles import Formats
from etl.contract.header import DEPTH
from etl.reading import Grid

# A drop-down list that names cells of this very workbook; anything else could be a formula.
LIST = re.compile(r"('[^'!\[\]]{1,31}'|\w{1,31})!(\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})")
MOST_RANGES = 1_000
PADDING = 0.7109375  # what Excel adds to the width that a person sets, in characters
LONG_NUMBER = 10**10


def draw(path: Path, drawn: Plan, made: Path) -> list[Grid]:
    """Write the workbook to `made`. Nothing is handed back: the list is empty."""
    with path.open("rb") as file:
        source = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        marked = {item.sheet: item for item in drawn.sheets}
        names = {item.name for item in drawn.sheets if item.name == item.sheet}
        with opened(made, source.epoch == MAC_EPOCH) as book:
            first_sheet(book, drawn)
            for sheet in source.worksheets:
                if sheet.title in marked:
                    _sheet(book, sheet, marked[sheet.title], names)
    return []


def _sheet(book: xlsxwriter.Workbook, sheet: ReadOnlyWorksheet, marked: Marked, names: set[str]) -> None:
    target, formats = book.add_worksheet(marked.name), Formats(sheet, book)
    comment(target, marked)
    with sheet._get_source() as xml:
        parser = WorkSheetParser(xml, sheet._shared_strings, data_only=True)
        wide = False
        for row, cells in parser.parse():
            wide = wide or _columns(target, parser, formats)
            if row <= DEPTH and "ht" in parser.row_dimensions.get(str(row), {}):
                target.set_row(row - 1, float(parser.row_dimensions[str(row)]["ht"]))
            _row(target, row - 1, cells, marked, formats)
            parser.row_dimensions.clear()
        wide or _columns(target, parser, formats)
    _frame(target, parser)
    _lists(target, parser, names)
    if sheet.sheet_state != "visible":
        target.hide()


def _columns(target: Worksheet, parser: WorkSheetParser, formats: Formats) -> bool:
    """Widths, and the formats of cells that are still empty; True, as once is enough."""
    for told in parser.column_dimensions.values():
        width = float(told["width"]) - PADDING if "width" in told else None
        look = formats.of(int(told["style"])) if "style" in told else None
        target.set_column(int(told["min"]) - 1, int(told["max"]) - 1, width and max(width, 1), look)
    return True


def _row(target: Worksheet, row: int, cells: list[dict[str, Any]], marked: Marked, formats: Formats) -> None:
    """The cells of one row, then those that are marked and not there."""
    for cell in cells:
        _cell(target, row, cell, marked, formats)
    for column in marked.columns(row) - {cell["column"] - 1 for cell in cells}:
        target.write_blank(row, column, None, formats.of(0, "wrong"))


def _cell(target: Worksheet, row: int, cell: dict[str, Any], marked: Marked, formats: Formats) -> None:
    place, value, style = (row, cell["column"] - 1), cell["value"], cell["style_id"]
    if place in marked.masked or _personal(value, marked):
        target.write_string(*place, personal.MASK, formats.of(style, "hidden"))
        return
    look = formats.of(style, "wrong" if place in marked.comments else "")
    if place in marked.unresolved:
        target.write_string(*place, NO_RESULT, look)
    elif value is None:
        target.write_blank(*place, None, look)
    elif isinstance(value, bool):
        target.write_boolean(*place, value, look)
    elif isinstance(value, int | float):
        target.write_number(*place, value, look)
    else:  # a text, or a day that the file holds as ISO 8601
        target.write_string(*place, str(value)[:LONGEST], look)


def _personal(value: Any, marked: Marked) -> bool:
    """Whether a value looks personal that the contract has not seen as it stands here."""
    if isinstance(value, str):
        return len(value) > 10 and value.strip() not in marked.spared and _seen(value)
    if isinstance(value, int | float) and abs(value) >= LONG_NUMBER:
        return f"{value:.0f}" not in marked.spared and _seen(f"{value:.0f}")
    return False


@lru_cache(100_000)
def _seen(text: str) -> bool:
    return bool(personal.kinds(text))


def _frame(target: Worksheet, parser: WorkSheetParser) -> None:
    """What stays in view when scrolling, and merged cells."""
    views = getattr(parser, "views", None)
    pane = views.sheetView[0].pane if views and views.sheetView else None
    if pane is not None and pane.state in ("frozen", "frozenSplit"):
        target.freeze_panes(int(pane.ySplit or 0), int(pane.xSplit or 0))
    told = parser.merged_cells.mergeCell if parser.merged_cells else []
    areas = (range_boundaries(area.ref) for area in told)
    merge(target, ((top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in areas))


def _lists(target: Worksheet, parser: WorkSheetParser, names: set[str]) -> None:
    """Drop-down lists that stand on a sheet of this workbook."""
    told = getattr(parser, "data_validations", None)
    for rule in (told.dataValidation if told else [])[:MOST_RANGES]:
        found = LIST.fullmatch(rule.formula1 or "") if rule.type == "list" else None
        if found and found[1].strip("'") in names:
            for area in list(rule.sqref.ranges)[:MOST_RANGES]:
                where = (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
                target.data_validation(*where, {"validate": "list", "source": f"={rule.formula1}"})
