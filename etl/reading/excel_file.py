"""xlsx and xls by fastexcel."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Literal

import fastexcel
import numpy as np
import pyarrow as pa
import python_calamine

from etl.reading.aside import asides
from etl.reading.grid import Book, Grid, Mask, Spot, Unreadable, seen, tidy
from etl.reading.package import RESAVE, ZIP, new_book, old_book
from etl.reading.sheet_xml import Traits, contents, refuse_misplaced, traits
from etl.reading.stored import Places, numbers_of, places, usual

DAMAGED = f"工作簿打不开：内容已损坏，{RESAVE}"
ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
ERROR = re.compile(r"Error\((\w+)\)")
# The record DATEMODE of an xls whose serials count from 1904.
SINCE_1904 = b"\x22\x00\x02\x00\x01\x00"
LONGEST_NAME = 100  # Excel allows 31, others more


def read_excel(data: bytes) -> Book:
    """Every sheet, hidden ones too, and the text beside them.

    Raises:
        Unreadable: damaged, locked, with macros, or larger unpacked than a real workbook is.
    """
    try:
        return _new(data) if data.startswith(ZIP) else _old(data)
    except (fastexcel.FastExcelError, python_calamine.CalamineError, ET.ParseError, KeyError) as error:
        raise Unreadable(DAMAGED) from error


def _refuse_names(names: list[str]) -> list[str]:
    if any(len(name) > LONGEST_NAME or seen(name) != name.strip() for name in names):
        raise Unreadable("工作表名过长，或含有看不见的字符，没有读取；请改名后重新发送。")
    return names


def _new(data: bytes) -> Book:
    parts = new_book(data)
    told = contents(parts)
    for part in told.sheets.values():
        refuse_misplaced(parts[part])
    with ThreadPoolExecutor(1) as beside:
        plain = {name: usual(parts[part]) for name, part in told.sheets.items()}
        of_sheets = {
            name: beside.submit(traits, parts[part], told.uncomputed, plain[name])
            for name, part in told.sheets.items()
        }
        texts = beside.submit(lambda: tuple(asides(parts)))
        names = _refuse_names(fastexcel.read_excel(data).sheet_names)
        if list(told.sheets) != names:
            raise Unreadable(DAMAGED)
        sheets = [
            _read_sheet(
                data, name, of_sheets[name].result, told.since_1904, parts[told.sheets[name]], plain[name]
            )
            for name in names
        ]
    return Book(sheets, texts.result())


def _old(data: bytes) -> Book:
    old_book(data)
    names = _refuse_names(fastexcel.read_excel(data).sheet_names)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for name in names:
        merged = book.get_sheet_by_name(name).merged_cell_ranges or ()
        spots = [Spot("merged", (start[0], end[0]), (start[1], end[1])) for start, end in merged]
        sheets.append(_read_sheet(data, name, partial(Traits, tuple(spots)), SINCE_1904 in data))
    return Book(sheets)


def _read_sheet(
    data: bytes, name: str, told: Any, since_1904: bool, part: bytes | None = None, plain: bool = False
) -> Grid:
    """As text, and which cells are stored as numbers; `part` is the sheet's own text in an xlsx."""
    with ThreadPoolExecutor(1) as other:
        beside = other.submit(_stored, data, name, part, plain)
        hidden, columns = _load(data, name, "string")
    stored = beside.result()
    numbers = stored if isinstance(stored, dict) else numbers_of(stored, columns)
    length = max((len(column) for column in columns.values()), default=0)
    empty = pa.nulls(length, pa.string())
    tidied = [tidy(columns[i]) if i in columns else empty for i in range(max(columns, default=-1) + 1)]
    found = told()
    return Grid(
        name,
        tidied,
        np.arange(1, length + 1),
        numbers,
        found.spots,
        hidden,
        found.hidden_rows,
        found.linked,
        since_1904,
    )


def _stored(data: bytes, name: str, part: bytes | None, plain: bool) -> Places | dict[int, Mask]:
    """Where cells stored as numbers stand; the marks themselves when only the parser can tell.

    Then the sheet is parsed again, as booleans, which only such cells give.
    """
    if part and (found := places(part, plain)):
        return found
    columns = _load(data, name, "boolean")[1]
    return {i: c.is_valid().to_numpy(zero_copy_only=False) for i, c in columns.items()}


def _load(data: bytes, name: str, dtype: Literal["boolean", "string"]) -> tuple[bool, dict[int, pa.Array]]:
    """Is it hidden; position in the sheet -> cells from row 1 on (skip_rows=0 keeps leading blank rows)."""
    sheet = fastexcel.read_excel(data).load_sheet(name, header_row=None, skip_rows=0, dtypes=dtype)
    # Of the booleans every text would be an error.
    batch, errors = sheet.to_arrow_with_errors() if dtype == "string" else (sheet.to_arrow(), None)
    places = [info.absolute_index for info in sheet.selected_columns]
    columns = list(batch.columns)
    if errors:
        _show_errors(columns, errors.errors)
    return sheet.visible != "visible", dict(zip(places, columns, strict=True))


def _show_errors(columns: list[pa.Array], errors: Iterable[Any]) -> None:
    """Error values such as #N/A as the text that Excel shows: left empty they would pass for not given."""
    texts: dict[int, list[str | None]] = {}
    for error in errors:
        row, place = error.offset_position
        found = ERROR.search(error.detail)
        if place not in texts:
            texts[place] = columns[place].to_pylist()
        texts[place][row] = ERRORS.get(found[1], "#ERROR!") if found else "#ERROR!"
    for place, cells in texts.items():
        columns[place] = pa.array(cells, pa.string())
