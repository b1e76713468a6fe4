"""Workbooks made part by part, so that any part can be as no office program would write it."""

import struct
import warnings
import zipfile
from html import escape
from pathlib import Path

from tests.sending import lines, row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
Cell = str | int | float | None


def related(*targets: tuple[str, str]) -> str:
    """A .rels part: (kind, target) as rId1, rId2, …"""
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def letters(place: int) -> str:
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def cell(ref: str, value: Cell) -> str:
    """A text starting with '<' stands for itself: the inside of a cell, its type in front of a bar."""
    if value is None or value == "":
        return ""
    if isinstance(value, str) and value.startswith("<"):
        inside, _, kind = value.partition("|")
        return f'<c r="{ref}"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}>{inside}</c>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{ref}"><v>{value}</v></c>'


def rows(table: list[list[Cell]], marks: dict[int, str] | None = None) -> str:
    """`marks`: attributes of single rows, by their number."""
    return "".join(
        f'<row r="{n}" {(marks or {}).get(n, "")}>'
        + "".join(cell(f"{letters(c)}{n}", value) for c, value in enumerate(cells))
        + "</row>"
        for n, cells in enumerate(table, 1)
    )


def sheet(data: str, before: str = "", after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def book(
    path: Path,
    *sheets: str,
    settings: str = "",
    calc: str = "",
    states: tuple[str, ...] = (),
    more: dict[str, str | bytes] | None = None,
    replace: dict[str, str | bytes] | None = None,
    names: str | list[str] = "一二三四",
) -> Path:
    """Sheets 一, 二, … or `names`; `more`: further parts, `replace`: parts instead of the ordinary ones."""
    listed = "".join(
        f'<sheet name="{names[n]}" sheetId="{n + 1}" r:id="rId{n + 1}" {states[n] if states else ""}/>'
        for n in range(len(sheets))
    )
    namespaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"{HEAD}<workbook {namespaces}>"
        f"{settings}<sheets>{listed}</sheets>{calc}</workbook>",
        "xl/_rels/workbook.xml.rels": related(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
        ),
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
    }
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # a name twice is what some tests are about
        for name, content in [*{**parts, **(replace or {})}.items(), *(more or {}).items()]:
            package.writestr(name, content)
    return path


def trainings(*given: dict[str, Cell]) -> list[list[Cell]]:
    """Title, header and one training per dictionary of changed cells, numbered PX-1, PX-2, …"""
    table: list[list[Cell]] = [list(line) for line in lines("training")]
    for number, cells in enumerate(given, 1):
        changed = {**row("training", training_id=f"PX-{number}"), **cells}
        table.append([changed[key] for key in row("training")])
    return table


def ole(stream: str, content: bytes = b"\0" * 4096) -> bytes:
    """A compound file (the form before zip) with one stream of at least 4,096 bytes."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    count = -(-len(content) // sector)
    fat = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    fat += [free] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header = (header + struct.pack("<I", 0)).ljust(sector, b"\xff")
    directory = _entry("Root Entry", 5, free, 1, end, 0) + _entry(stream, 2, free, free, 2, len(content))
    body = content.ljust(count * sector, b"\0")
    return header + struct.pack("<128I", *fat) + directory.ljust(sector, b"\0") + body


def _entry(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII16x4x16xIQ", text, len(text), kind, 1, sibling, sibling, child, start, size)
