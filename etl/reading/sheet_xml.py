"""What the parser does not tell of a sheet: merged cells, formulas without a result, hidden rows, disorder.

It looks for single marks in the sheet's own text and never builds a tree, as a tree would cost more than all
the reading.
"""

import posixpath
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow.compute as pc

from etl.reading.grid import Spot, Unreadable
from etl.reading.package import RESAVE
from etl.reading.stored import TRAITS, whole

ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
LINKED = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\[\d+\]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z0-9:$]+)")
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
# Literal at its start: this runs over every row of every workbook.
ROW_NUMBER = re.compile(rb"row [^>]*?\br=[\"'](\d{1,15})[\"']")
NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)")
HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)")
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
# From a formula to the end of its cell, when no result stands there.
NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
MOST_CELLS = 30_000_000  # as many as a sheet has rows, times 28
TOO_FAR = "工作表里有离得很远的单元格，没有读取；请删去数据右边和下边多余的行列后另存，再重新发送。"
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True)
class Traits:
    """Of one sheet; `hidden_rows` by the number that Excel shows."""

    spots: tuple[Spot, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    linked: bool = False


@dataclass(frozen=True)
class Contents:
    """Of the whole workbook: sheet name -> part; do serials count from 1904; are formulas to be computed."""

    sheets: dict[str, str]
    since_1904: bool
    uncomputed: bool


def contents(parts: dict[str, bytes]) -> Contents:
    """Raises xml.etree.ElementTree.ParseError and KeyError when the package contradicts itself."""
    rels = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    book = ET.fromstring(parts["xl/workbook.xml"])
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets[sheet.get(ID) or sheet.get(STRICT_ID)]
        found[sheet.attrib["name"]] = posixpath.normpath(posixpath.join("/xl", target))[1:].lower()
    settings, computing = book.find("{*}workbookPr"), book.find("{*}calcPr")
    return Contents(found, _is_on(settings, "date1904"), _is_on(computing, "fullCalcOnLoad"))


def _is_on(element: ET.Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def traits(part: bytes, uncomputed: bool, plain: bool) -> Traits:
    """`uncomputed`: the program that wrote the workbook has left all results to be computed.

    `plain`: the sheet is known to be `usual` (etl.reading.stored).
    """
    spots = [_block("merged", ref.decode()) for ref in MERGED.findall(part, part.rfind(b"sheetData"))]
    any_trait = not plain and bool(pc.match_substring_regex(whole(part), TRAITS)[0].as_py())
    has_formulas = any_trait and (b"f>" in part or b"<f " in part or b":f " in part)
    if has_formulas:
        ends = (FORMULA if uncomputed else NO_RESULT).finditer(part)
        spots += [spot for end in ends if (spot := _uncomputed(part, end.start(), uncomputed))]
    marked = (
        (row for row in ROW.findall(part) if HIDDEN.search(row)) if any_trait and b"hidden" in part else ()
    )
    hidden = [NUMBER.search(row) for row in marked]
    numbers = tuple(int(found[1]) for found in hidden if found)
    return Traits(tuple(spots), numbers, has_formulas and LINKED.search(part) is not None)


def refuse_misplaced(part: bytes) -> None:
    """Rows out of order, which the parser would drop; cells far from all others.

    The parser holds everything between the first cell and the farthest: few cells can fill the memory. Only
    cells beyond column Z, or with a longer number than the last row has, are looked at one by one.
    """
    numbers = np.fromiter(map(int, ROW_NUMBER.findall(part)), np.int64)
    if bool((np.diff(numbers) <= 0).any()):
        raise Unreadable(f"工作簿打不开：行的次序混乱，内容已损坏，{RESAVE}")
    last = int(numbers[-1]) if len(numbers) else 0
    beyond = rb'c r="((?:[A-Z]{2}[A-Z]*\d|[A-Z]\d{%d})[^"]{0,20})"' % (len(str(last)) + 1)
    some = pc.match_substring_regex(whole(part), beyond)[
        0
    ].as_py()  # faster than re, and mostly there are none
    far = [_cell(ref.decode("latin-1")) for ref in (re.findall(beyond, part) if some else ())]
    rows, columns = (max((place[axis] + 1 for place in far), default=0) for axis in (0, 1))
    if max(rows, last) * max(columns, 26) > MOST_CELLS:
        raise Unreadable(TOO_FAR)


def _uncomputed(part: bytes, place: int, any_result: bool) -> Spot | None:
    """The cell around a formula; None when its result is the empty text and results can be relied on."""
    start = max(part.rfind(b"<c ", 0, place), part.rfind(b":c ", 0, place) - 5)
    cell = CELL.search(part, max(0, start), place)
    if cell and not any_result and re.search(rb"\st\s*=\s*[\"']str[\"']", cell[0]):
        return None
    ref = cell and re.search(rb"\sr\s*=\s*[\"']([A-Z]+\d+)[\"']", cell[0])
    if not ref:
        raise Unreadable("工作簿里有公式没有算出结果，没有读取；请用 Excel 或 WPS 打开、保存后重新发送。")
    return _block("uncomputed", ref[1].decode())


def _block(kind: Literal["merged", "uncomputed"], ref: str) -> Spot:
    first, _, last = ref.partition(":")
    (row, column), (row_end, column_end) = _cell(first), _cell(last or first)
    return Spot(kind, (row, row_end), (column, column_end))


def _cell(ref: str) -> tuple[int, int]:
    found = REF.fullmatch(ref)
    if found is None:
        raise Unreadable("工作簿打不开：单元格的位置认不出，内容已损坏，请另存为 xlsx 重新发送。")
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return int(found[2]) - 1, place - 1
