"""Personal data anywhere in a file: the file is refused, the places are told, the values never."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import personal
from etl.contract import credit_code, sentences
from etl.contract.frame import read_cells
from etl.contract.header import NEVER_DATA, Misfit, Sheet
from etl.contract.sentences import Sentence
from etl.reading.grid import Grid, Mask

MOST_TOLD = 50
PERSON_KEY = "^[0-9A-Fa-f]{64}$"


def refusals(
    file: str, name: str, sheets: list[Sheet | Misfit], asides: Iterable[tuple[str, str]] = ()
) -> list[Sentence]:
    """One sentence per cell that looks personal, the first fifty of them.

    `name`: the file's own name. `asides`: text beside the cells, one sentence per kind of place.
    """
    found = []
    if personal.kinds(name):
        found.append(sentences.whole(file, "文件名疑似含有个人信息，整份退回；请改名后重发"))
    for sheet in sheets:
        found += _cells(file, sheet)
    beside = {where: None for where, text in asides if personal.kinds(text)}
    found += [
        sentences.whole(file, f"{where}中疑似含有个人信息（内容不予显示），整份退回；请删去后重发")
        for where in beside
    ]
    if len(found) > MOST_TOLD:
        rest = sentences.whole(file, f"另有{len(found) - MOST_TOLD}处疑似个人信息")
        found = [*found[:MOST_TOLD], rest]
    return found


def _cells(file: str, sheet: Sheet | Misfit) -> Iterator[Sentence]:
    grid = sheet.grid
    shown = personal.masked(grid.sheet)
    if grid.sheet not in NEVER_DATA:
        yield from _still_masked(file, shown, grid)
    if shown != grid.sheet:
        yield sentences.whole(file, "工作表名疑似含有个人信息，整份退回；请改名后重发")
    for place, column in enumerate(grid.columns):
        for row in np.flatnonzero(personal.suspects(column, own(sheet, place))):
            kinds = "、".join(personal.kinds(column[int(row)].as_py()))
            what = f"疑似含有{kinds}（内容不予显示），整份退回；请删去后重发"
            yield sentences.place(file, shown, int(grid.row_numbers[row]), letter(place), what)


def _still_masked(file: str, shown: str, grid: Grid) -> Iterator[Sentence]:
    """What a return workbook has masked is nobody's data: it must be filled in anew, or emptied."""
    for place, column in enumerate(grid.columns):
        same = pc.fill_null(pc.equal(column, personal.MASK), False)
        for row in np.flatnonzero(same.to_numpy(zero_copy_only=False)):
            what = "仍是退回时遮盖的内容，整份退回；请重新填写或清空后重发"
            yield sentences.place(file, shown, int(grid.row_numbers[row]), letter(place), what)


def own(sheet: Sheet | Misfit, place: int) -> Mask | None:
    """Cells that hold a valid number of the kind their own column is for."""
    if isinstance(sheet, Misfit):
        return None
    key = next((key for key, i in sheet.places.items() if i == place), None)
    column = sheet.source.column(key) if key else None
    cells = sheet.grid.columns[place]
    if column is None or not column.exact:
        return None
    if column.type == "uscc":
        return credit_code.sound(cells)
    if column.type == "person_key":
        return _matches(cells, PERSON_KEY)
    return personal.own_identifier(cells)


def no_keys(item: Sheet | Misfit) -> set[tuple[int, int]]:
    """Row and column, from 0, of cells under 人员标识 that hold no key: perhaps a name or a number."""
    if isinstance(item, Misfit):
        return set()
    found = set()
    for column in (c for c in item.source.columns if c.type == "person_key" and c.key in item.places):
        place, below = item.places[column.key], item.header + 1
        cells = item.grid.columns[place].slice(below)
        wrong = pc.and_(cells.is_valid(), pc.is_null(read_cells(column, cells)))
        rows = item.grid.row_numbers[below:][wrong.to_numpy(zero_copy_only=False)]
        found |= {(int(row) - 1, place) for row in rows}
    return found


def _matches(cells: pa.Array, pattern: str) -> Mask:
    flags: Mask = pc.fill_null(pc.match_substring_regex(cells, pattern), False).to_numpy(zero_copy_only=False)
    return flags


def letter(place: int) -> str:
    """Column 0 -> A, 26 -> AA, as Excel names them."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
