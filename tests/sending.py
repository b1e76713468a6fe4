"""Files as districts send them, made from the example rows of the declarations."""

import csv
import io
from datetime import date
from pathlib import Path

import xlsxwriter

from etl.check import check_files
from etl.contract import FileVerdict
from etl.contract.known import PARENTS
from etl.sources import SOURCES

TODAY = date(2023, 7, 1)
TITLE = "德清县 · 数据截至2023-06-30"
# Real check digits, invented companies.
USCC = "91330500MA28C0000Y"
OTHER_USCC = "91330521MA2B00001A"


def row(source: str, **cells: str) -> dict[str, str]:
    """The source's example row, keyed by column key, with some cells replaced."""
    return {c.key: c.example for c in SOURCES[source].columns} | cells


def lines(source: str, *rows: dict[str, str], title: str = TITLE) -> list[list[str]]:
    columns = SOURCES[source].columns
    return [[title], [c.label for c in columns], *([r[c.key] for c in columns] for r in rows)]


def csv_bytes(table: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode(encoding)


def send(path: Path, source: str, *rows: dict[str, str], title: str = TITLE) -> Path:
    """Write a CSV with these rows under a title; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes(lines(source, *rows, title=title)))
    return path


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """An xlsx; str cells are stored as text, int and float as numbers, dates as dates."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for r, cells in enumerate(table):
                for c, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write(r, c, cell)
    return path


def verdict(folder: Path, source: str, *rows: dict[str, str], title: str = TITLE) -> FileVerdict:
    """The verdict on a file with these rows, when the records that others refer to have been sent with it."""
    sent = [
        send(folder / "a" / f"{name}.csv", name, row(name), title="") for name in PARENTS if name != source
    ]
    file = send(folder / "报送.csv", source, *rows, title=title)
    return next(v for v in check_files(folder / "none", [*sent, file], TODAY) if v.file == file.name)


def told(judged: FileVerdict) -> list[str]:
    """Messages without the file's name."""
    return [str(sentence).removeprefix(f"文件“{judged.file}”：") for sentence in judged.sentences]
