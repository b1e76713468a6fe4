"""The return workbook of a large file with many errors, beside reading its cells with openpyxl alone.

python -m bench.answers [rows] [errors]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import openpyxl
import xlsxwriter

from bench.served import machine
from etl.answer import write
from etl.check import check_files
from etl.demo.firms import credit_codes
from etl.reading import child
from etl.sources import SOURCES


def made(path: Path, rows: int, errors: int) -> Path:
    """Enterprises, every so many with an industry that is none; texts with borders, real dates, numbers."""
    columns = SOURCES["enterprise"].columns
    codes = credit_codes(np.array(["330521"] * rows), np.arange(rows) + 880_000_000)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("企业")
        text = book.add_format({"num_format": "@", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        sheet.write_row(0, 0, ["德清县 · 企业 · 数据截至2023-06-30"])
        sheet.write_row(1, 0, [column.label for column in columns])
        for row, code in enumerate(codes):
            wrong = {"industry": "不知道"} if row % (rows // errors) == 0 else {}
            for place, column in enumerate(columns):
                cell = {"uscc": str(code), **wrong}.get(column.key, column.example)
                if column.key == "employees":
                    sheet.write_number(row + 2, place, 120)
                elif column.key == "opened_on":
                    sheet.write_number(row + 2, place, 42_000 + row % 1000, day)
                elif cell:
                    sheet.write_string(row + 2, place, cell, text)
    return path


def bare(path: Path) -> int:
    """Cells that openpyxl reads, none kept."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows())


def measure(rows: int, errors: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder) / "企业.xlsx", rows, errors)
        (verdict,) = check_files(Path(folder) / "none", [path])
        begun = time.perf_counter()
        cells = bare(path)
        read = time.perf_counter()
        write(path, verdict, Path(folder) / "退回.xlsx")
        done = time.perf_counter()
        child._stop(*child._child())
        floor, spent = read - begun, done - read
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{rows:>7}{len(verdict.sentences):>8}{cells:>10}{floor:>9.1f}{spent:>9.1f}"
            f"{spent / floor:>8.2f}{peak:>12.0f}"
        )


if __name__ == "__main__":
    print(machine())
    print("   rows  errors     cells   bare s   spent s   ratio   child MB")
    measure(*[int(each) for each in [*sys.argv[1:], "100000", "5000"][:2]])
