"""Which cells are numbers is found without the parser; it must never differ from what the parser says."""

from datetime import datetime, time
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from etl.reading import excel_file, package, sheet_xml, stored

CELLS = ["文字", "330521102", 330521102, 12.5, -3, 1e21, 1e-7, True, None, datetime(2023, 5, 1), time(8, 30)]
HEAD = b'<?xml version="1.0"?><worksheet><sheetData><row r="1">'
TAIL = b"</row></sheetData></worksheet>"


def written(path: Path, by: str) -> bytes:
    """The same cells in every column once, by one of the programs."""
    rows = [CELLS[i:] + CELLS[:i] for i in range(len(CELLS))]
    if by == "openpyxl":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.active["AB30"] = 7
        book.active["A31"] = "=1+1"
        book.save(path)
    else:
        with xlsxwriter.Workbook(
            path, {"in_memory": by == "inline", "constant_memory": by == "inline"}
        ) as made:
            sheet, dated = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    of = (dated,) if isinstance(value, (datetime, time)) else ()
                    sheet.write(at, column, value, *of)
            sheet.write_formula("AB30", "=1+1", None, 2)
            sheet.write_formula("A31", '="a"', None, "330521")
    return path.read_bytes()


@pytest.mark.parametrize("by", ["openpyxl", "shared", "inline"])
def test_numbers_are_the_parsers_numbers(tmp_path: Path, by: str) -> None:
    data = written(tmp_path / "a.xlsx", by)
    parts = package.new_book(data)
    (name, part), *_ = sheet_xml.contents(parts).sheets.items()
    found = stored.places(parts[part])
    assert found is not None
    texts, typed = (excel_file._load(data, name, kind)[1] for kind in ("string", "boolean"))
    marked = stored.numbers_of(found, texts)
    told = {i: c.is_valid().to_numpy(zero_copy_only=False) for i, c in typed.items()}
    assert {i: mask.tolist() for i, mask in marked.items()} == {i: mask.tolist() for i, mask in told.items()}
    assert sum(int(mask.sum()) for mask in marked.values()) > 6 * len(CELLS)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (b'<c r="A1" s="1" t="n"><v>1</v></c><c r="B1" t="s"><v>0</v></c>', [(0, 0)]),
        (b'<c r="A1" t="str"><f>B1</f><v>1</v></c><c r="XFD1048576"><v>2</v></c>', [(1048575, 16383)]),
        (b'<c r="C7" s="2" cm="1"><v>1</v></c><c r="D7" t="inlineStr"><is><t>1</t></is></c>', [(6, 2)]),
        (b'<c r="B2" t="b"><v>1</v></c><c r="AA3" s="4"/>', [(1, 1), (2, 26)]),
        (b"", []),
    ],
)
def test_places_of_numbers(cells: bytes, expected: list[tuple[int, int]]) -> None:
    found = stored.places(HEAD + cells + TAIL)
    assert found is not None
    assert list(zip(*np.array(found).tolist(), strict=True)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        b"<c><v>1</v></c>",
        b'<c t="n"><v>1</v></c>',
        b'<c s="1" r="A1"><v>1</v></c>',
        b"<c r='A1'><v>1</v></c>",
        b'<c  r="A1"><v>1</v></c>',
        b'<c\nr="A1"><v>1</v></c>',
        b'<c r = "A1"><v>1</v></c>',
        b'<x:c r="A1"><v>1</v></x:c>',
        b'<c r="a1"><v>1</v></c>',
        b'<c r="A1" t="&#110;"><v>1</v></c>',
        b'<c r="A1" t="s" t="n"><v>1</v></c>',
        b'<c r="A1" other="x"><v>1</v></c>',
        b"<c/>",
    ],
)
def test_an_unusual_cell_is_left_to_the_parser(cell: bytes) -> None:
    assert stored.places(HEAD + b'<c r="A1"><v>1</v></c>' + cell + TAIL) is None
