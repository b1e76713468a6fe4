"""A district's file with its ID column replaced by person keys, made on the district's own machine."""

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl import person_key
from etl.answer import rewritten
from etl.contract import privacy
from etl.contract.header import DEPTH, KEY_NOTE, NEVER_DATA, plain, recognise
from etl.person_key import NoNumber
from etl.personal import masked
from etl.reading import Grid, Unreadable, read
from etl.sources import SOURCES

HEADER = SOURCES["certificate"].column("person_key").label
# What clerks call the column of ID numbers.
USUAL = (HEADER, "身份证号", "身份证号码", "公民身份号码", "居民身份证号码", "证件号码")
MOST_TOLD = 50
# In the title of a changed file, so that a file under another key is seen.
NOTED = re.compile(rf"\s*·?\s*{KEY_NOTE}[0-9a-f]{{8}}")


class Refused(Exception):
    """Nothing was written; args[0] is one or more Chinese sentences without any value."""


@dataclass(frozen=True)
class Done:
    """`persons`: different keys in `numbers` cells."""

    out: Path
    numbers: int
    persons: int


def default_place(path: Path) -> Path:
    """Beside the file: a CSV stays one, a workbook becomes an xlsx."""
    return path.with_name(f"{path.stem}_散列{_suffix(path)}")


def _suffix(path: Path) -> str:
    return ".csv" if path.suffix.lower() == ".csv" else ".xlsx"


def pseudonymise(path: Path, key: bytes, column: str | None, out: Path) -> Done:
    """Write `out`, the same cells with person keys under 人员标识 and the key's id above the header.

    `column`: header of the ID numbers; None for one of USUAL. `path` is only read.

    Raises:
        Refused: unreadable, no such column, a cell that is no ID number, other personal data, `out` taken,
            cells that would be lost: merged ones, formulas without a result.
    """
    if out.exists():
        raise Refused(f"{out} 已存在，不覆盖；请换一个 --out。")
    if out.suffix.lower() != _suffix(path):
        raise Refused(f"--out 应以 {_suffix(path)} 结尾。")
    try:
        grids = [grid for grid in read(path).sheets if len(grid) and not grid.hidden]
    except Unreadable as reason:
        raise Refused(str(reason)) from reason
    if any(spot.kind == "uncomputed" or spot.rows[0] < spot.rows[1] for g in grids for spot in g.spots):
        raise Refused("有没有结果的公式或跨行的合并单元格，没有写出文件，请先在原文件中改正。")
    changed, keys = _changed(grids, key, _wanted(column))
    if left := privacy.refusals(out.name, out.name, [recognise(grid) for grid in changed]):
        raise Refused("\n".join(["换完后仍有个人信息，没有写出文件，请先在原文件中删去：", *map(str, left)]))
    _write(changed, out)
    return Done(out, len(keys), len(set(keys)))


def _wanted(column: str | None) -> set[str]:
    return {plain(column)} if column else {plain(name) for name in USUAL}


def _changed(grids: list[Grid], key: bytes, wanted: set[str]) -> tuple[list[Grid], list[str]]:
    """The sheets with keys, and all keys."""
    keys: list[str] = []
    faults: list[str] = []
    changed = []
    for grid in grids:
        place = None if grid.sheet in NEVER_DATA else _place(grid, wanted)
        changed.append(_hashed(grid, *place, key, keys, faults) if place else grid)
    if faults:
        more = [f"另有{len(faults) - MOST_TOLD}处"] if len(faults) > MOST_TOLD else []
        raise Refused(
            "\n".join(["有的格换不了，没有写出文件，请在原文件中改正：", *faults[:MOST_TOLD], *more])
        )
    if not keys:
        raise Refused(f"没有找到要换的号码：前{DEPTH}行的表头中应有一列叫“{'”或“'.join(sorted(wanted))}”。")
    return changed, keys


def _place(grid: Grid, wanted: set[str]) -> tuple[int, int] | None:
    """Row of the header and place of the one column."""
    for row in range(min(DEPTH, len(grid))):
        places = [place for place, cell in enumerate(grid.row(row)) if plain(cell or "") in wanted]
        if len(places) > 1:
            raise Refused(
                f"{_where(grid)}表头中有{len(places)}列可能是身份证号，请用 --column 写明是哪一列。"
            )
        if places:
            return row, places[0]
    return None


def _hashed(grid: Grid, header: int, place: int, key: bytes, keys: list[str], faults: list[str]) -> Grid:
    cells = grid.columns[place].to_pylist()
    cells[header] = HEADER
    for row in range(header + 1, len(cells)):
        if cells[row] is not None:
            try:
                cells[row] = person_key.person_key(key, cells[row])
                keys.append(cells[row])
            except NoNumber as why:
                spoilt = (
                    "（按数字存储的18位号码已被Excel改掉末几位）" if grid.stored_as_number(place)[row] else ""
                )
                faults.append(f"{_where(grid)}第{grid.row_numbers[row]}行的内容{why}{spoilt}")
    columns = list(grid.columns)
    columns[place] = pa.array(cells, pa.string())
    numbers = {at: mask for at, mask in grid.numbers.items() if at != place}
    return _titled(replace(grid, columns=columns, numbers=numbers), header, person_key.key_id(key))


def _titled(grid: Grid, header: int, key_id: str) -> Grid:
    """The key's id in the title above the header; a row for it where the header stands first."""
    if header == 0:
        none = pa.array([None], pa.string())
        grid = Grid(
            grid.sheet,
            [pa.concat_arrays([none, column]) for column in grid.columns],
            np.concatenate([[1], grid.row_numbers + 1]),
            {place: np.concatenate([[False], mask]) for place, mask in grid.numbers.items()},
        )
    first = grid.columns[0].to_pylist()
    title = NOTED.sub("", first[0] or "")
    first[0] = f"{title} · {KEY_NOTE}{key_id}" if title else f"{KEY_NOTE}{key_id}"
    return replace(grid, columns=[pa.array(first, pa.string()), *grid.columns[1:]])


def _write(grids: list[Grid], out: Path) -> None:
    """Whole, or not at all."""
    unfinished = out.with_name(out.name + ".tmp")
    if out.suffix.lower() == ".csv":
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_lines(grids[0]))
    else:
        rewritten.copy(grids, unfinished)
    os.replace(unfinished, out)


def _lines(grid: Grid) -> Iterator[tuple[str, ...]]:
    """Rows at their numbers, empty ones between them."""
    number = 1
    for row, cells in zip(
        grid.row_numbers, zip(*(c.to_pylist() for c in grid.columns), strict=True), strict=True
    ):
        yield from ((),) * (int(row) - number)
        yield tuple(cell or "" for cell in cells)
        number = int(row) + 1


def _where(grid: Grid) -> str:
    return f"工作表“{masked(grid.sheet)}”" if grid.sheet else ""
