"""Rows that are no records: totals, the header once more, remarks below the table. One sentence each."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.contract.frame import Fault, Frame
from etl.contract.header import plain
from etl.contract.rules import mask
from etl.reading.grid import Mask

TOTAL = re.compile(
    r"(?:本页|本月|本季|本年|全年|全市|全县|全区|各镇街?)?(?:合计|小计|总计|共计|累计|总数)[:：]?"
)
REMARK = re.compile(
    r"(?:备注|说明|注|填报人|填表人|填报单位|制表人?|审核人?|负责人|联系人|填报日期|单位盖章)[:：]"
)


def told(frame: Frame, faults: list[Fault]) -> list[Fault]:
    """The faults, those of stray rows replaced by one. Only rows that break a rule are looked at."""
    bad = np.flatnonzero(np.any([fault.rows for fault in faults], axis=0))
    strays = list(_strays(frame, bad[_maybe(frame, bad)]))
    if not strays:
        return faults
    others = ~np.any([fault.rows for fault in strays], axis=0)
    return [*(replace(fault, rows=fault.rows & others) for fault in faults), *strays]


def _maybe(frame: Frame, rows: npt.NDArray[np.int64]) -> Mask:
    """Which of the rows have a cell with a character of a total, of a remark or of its own header: few."""
    found = np.zeros(len(rows), dtype=bool)
    for key, cells in frame.text.items():
        signs = f"[计数:：\ufe55{plain(frame.source.column(key).label)[0]}]"
        found |= mask(pc.match_substring_regex(cells.take(pa.array(rows)), signs))
    return found


def _strays(frame: Frame, rows: np.ndarray) -> Iterator[Fault]:
    found: dict[tuple[str, str], Mask] = {}
    for row in rows:
        cells = {k: text for k in frame.text if (text := frame.text[k][int(row)].as_py())}
        what = _kind(frame, cells)
        if what:
            found.setdefault(what, np.zeros(len(frame), dtype=bool))[row] = True
    for (key, phrase), those in found.items():
        yield Fault(those, key, phrase)


def _kind(frame: Frame, cells: dict[str, str]) -> tuple[str, str] | None:
    """(column that shows it, what is expected there) of a row that is no record."""
    for key, text in cells.items():
        if TOTAL.fullmatch(plain(text)):
            return key, "一条记录：合计行没有计入，请删去"
        if REMARK.match(plain(text)) and len(cells) <= 2:
            return key, "一条记录：表下的说明没有计入，请删去"
    heads = [k for k, text in cells.items() if plain(text) == plain(frame.source.column(k).label)]
    if len(heads) > 1:
        return heads[0], "一条记录：这一行又是表头，没有计入，请删去"
    return None
