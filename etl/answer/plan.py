"""Where a return workbook is marked: cells with errors, cells to be masked, lines of the first sheet."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count

import numpy as np

from etl import personal
from etl.answer.mending import mend
from etl.contract import FileVerdict, Sentence
from etl.contract.header import NEVER_DATA, OVERFLOW, RETURNED, Misfit, Sheet, recognise
from etl.contract.privacy import no_keys, own
from etl.contract.spots import PHRASES
from etl.reading import Grid

Place = tuple[int, int]  # row and column, both from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0
MASKED = "疑似含有个人信息，已遮盖。请填写不含身份证号、手机号、银行卡号的内容，或清空。"
LINES_PER_COMMENT = 4
CSV_SHEET = "数据"
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Marked:
    """One sheet of the file. `name`: its name in the return workbook.

    `comments`: what is wrong, by place. `masked`: places never to be shown. `spared`: texts that look
    personal and are not, being numbers in their own column. `headers`: what is added to the header row.
    `unresolved`: formulas without a result that can be relied on. `hidden`: such sheets are never read as
    data, and must not become data on their way back.
    """

    sheet: str
    name: str
    comments: dict[Place, str] = field(default_factory=dict)
    masked: frozenset[Place] = frozenset()
    spared: frozenset[str] = frozenset()
    headers: dict[Place, str] = field(default_factory=dict)
    unresolved: frozenset[Place] = frozenset()
    merged: tuple[Area, ...] = ()
    hidden: bool = False

    def columns(self, row: int) -> set[int]:
        """Columns with something to mark in this row."""
        return self._by_row.get(row, set())

    @cached_property
    def _by_row(self) -> dict[int, set[int]]:
        rows: dict[int, set[int]] = {}
        for row, column in (*self.comments, *self.headers):
            rows.setdefault(row, set()).add(column)
        return rows


@dataclass(frozen=True)
class Line:
    """One error on the first sheet. `link`: sheet name in the return workbook and place."""

    sheet: str
    row: int | None
    column: str
    found: str
    says: str
    mend: str
    link: tuple[str, Place] | None


@dataclass(frozen=True)
class Plan:
    """`result`: what became of the file, in words."""

    file: str
    result: str
    lines: tuple[Line, ...]
    sheets: tuple[Marked, ...]


def planned(grids: list[Grid], verdict: FileVerdict) -> Plan:
    """The return workbook of a file that was read as `grids`, none when it could not be read."""
    found = [recognise(grid) for grid in grids if grid.sheet != RETURNED]
    names = sheet_names([item.grid.sheet for item in found])
    places = {item.grid.sheet: _Places(item, name) for item, name in zip(found, names, strict=True)}
    lines, comments = [], {sheet: dict[Place, list[str]]() for sheet in places}
    for told in verdict.sentences:
        where = places.get(told.sheet)
        place = where.of(told) if where else None
        link = (where.name, place or (0, 0)) if where else None
        shown = where.name if where else told.sheet
        lines.append(Line(shown, told.row, told.column, told.found, _says(told), mend(told), link))
        if where and place and told.expected in PHRASES["uncomputed"]:
            where.unresolved.add(place)
        if place:
            comments[told.sheet].setdefault(place, []).append(f"{_says(told)}{mend(told)}")
    sheets = tuple(_marked(item, places[item.grid.sheet], comments[item.grid.sheet]) for item in found)
    return Plan(verdict.file, _result(verdict), tuple(lines), sheets)


class _Places:
    """Finds the cell that a sentence is about."""

    def __init__(self, item: Sheet | Misfit, name: str) -> None:
        self.name = name
        self.unresolved: set[Place] = set()
        self._labels: dict[str, int] = {}
        self._first = 0
        if isinstance(item, Sheet):
            self._labels = {item.source.column(key).label: place for key, place in item.places.items()}
            self._first = item.places[item.source.key[0]]

    def of(self, told: Sentence) -> Place | None:
        """The place of its row and column; of a column that the sheet lacks, the row's key."""
        if told.row is None:
            return None
        if re.fullmatch("[A-Z]{1,3}", told.column):
            return told.row - 1, _number(told.column)
        return told.row - 1, self._labels.get(told.column, self._first)


def _number(letters: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for char in letters:
        number = 26 * number + ord(char) - 64
    return number - 1


def _marked(item: Sheet | Misfit, where: _Places, comments: dict[Place, list[str]]) -> Marked:
    masked, spared = set(), set()
    for column, cells in enumerate(item.grid.columns):
        mine = personal.suspects(cells, own(item, column))
        masked |= {(int(item.grid.row_numbers[row]) - 1, column) for row in np.flatnonzero(mine)}
        alike = np.flatnonzero(personal.suspects(cells) & ~mine)
        spared |= {cells[int(row)].as_py() for row in alike}
    said = {place: "\n".join(words[:LINES_PER_COMMENT]) for place, words in comments.items()}
    said |= dict.fromkeys(masked, MASKED)
    unread = no_keys(item)
    said = dict.fromkeys(unread, MASKED) | said
    merged = [s for s in item.grid.spots if s.kind == "merged"]
    return Marked(
        item.grid.sheet,
        where.name,
        said,
        frozenset(masked | unread),
        frozenset(spared),
        _headers(item),
        frozenset(where.unresolved),
        tuple((s.rows[0], s.columns[0], s.rows[1], s.columns[1]) for s in merged),
        item.grid.hidden,
    )


def _headers(item: Sheet | Misfit) -> dict[Place, str]:
    """A header over the cells of a CSV beyond its own: in a workbook they would pass for notes."""
    if isinstance(item, Misfit) or item.grid.sheet:
        return {}
    row = int(item.grid.row_numbers[item.header]) - 1
    return {(row, column): OVERFLOW for column in range(item.width, len(item.grid.columns))}


def sheet_names(sheets: list[str]) -> list[str]:
    """Names that Excel takes: 1 to 31 characters, none of []:*?/\\, none twice, nothing personal."""
    names: list[str] = []
    for sheet in sheets:
        plain = FORBIDDEN.sub(" ", personal.masked(sheet)).strip("' ") or CSV_SHEET
        name = plain if len(plain.encode("utf-16-le")) <= 62 else plain[:12]
        met = {other.lower() for other in names} | (set(NEVER_DATA) - {sheet})
        numbered = (f"{name[:12]} {number}" for number in count(2))
        names.append(next(free for free in chain([name], numbered) if free.lower() not in met))
    return names


def _says(told: Sentence) -> str:
    """The sentence without file, sheet, row, column and what was found, which stand in their own cells."""
    starts = (start for start in ("没有填，", "应为") if f"{start}{told.expected}" in told.message)
    words = next(starts, "") + told.expected
    return words if words.endswith("。") else f"{words}。"


def _result(verdict: FileVerdict) -> str:
    if verdict.refused:
        return "整份退回，没有收下任何一行"
    waits = f"（其中{verdict.waiting}行在等所指的记录报来）" if verdict.waiting else ""
    return f"读{verdict.read}行，收下{verdict.accepted}行，退回{verdict.rejected}行{waits}"
