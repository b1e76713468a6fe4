"""Writing one file as a district sends it: title row, header, blank rows; CSV or workbook, byte for byte
the same for the same rows."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from etl.column import Source
from etl.demo.rendering import Cells, Style, ordered_columns

CREATED = datetime(2023, 7, 1)
BLANK_AFTER = 40  # an empty row, as left by someone who pasted in two parts


def title(place: str, label: str, as_of: str) -> str:
    return f"【演示数据】{place} · {label} · 数据截至{as_of}"


def with_blanks(rows: Cells, width: int) -> Cells:
    """The rows with one empty row inside and one at the end."""
    empty: Any = ("",) * width
    return [*rows[:BLANK_AFTER], empty, *rows[BLANK_AFTER:], empty]


def write_csv(path: Path, encoding: str, heading: str, header: list[str], rows: Cells) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([heading] + [""] * (len(header) - 1))
        writer.writerow(header)
        writer.writerows(with_blanks(rows, len(header)))
    return path


def write_workbook(
    path: Path, source: Source | None, style: Style, heading: str, header: list[str], rows: Cells
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy/m/d"})
    book.set_properties({"created": CREATED, "title": heading})
    for name in style.sheets:
        if not name:
            _fill(book.add_worksheet(source.label if source else "Sheet1"), heading, header, rows)
        elif source:
            _explain(book.add_worksheet(name), name, source)
    book.close()
    return path


def _fill(sheet: Any, heading: str, header: list[str], rows: Cells) -> None:
    sheet.write_string(0, 0, heading)
    sheet.write_row(1, 0, header)
    for number, row in enumerate(with_blanks(rows, len(header)), start=2):
        for place, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    sheet.write_string(number, place, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, place, value)
            else:
                sheet.write_number(number, place, value)


def _explain(sheet: Any, name: str, source: Source) -> None:
    """What the template brings along and no reader may take for data."""
    if name == "示例":
        sheet.write_row(0, 0, [column.label for column in source.columns])
        sheet.write_row(1, 0, [column.example for column in source.columns])
        return
    sheet.write_row(0, 0, ["字段", "含义", "示例"])
    for number, column in enumerate(source.columns, start=1):
        sheet.write_row(number, 0, [column.label, column.meaning, column.example])


def header_of(source: Source, style: Style) -> list[str]:
    return [column.label for column in ordered_columns(source, style)]
