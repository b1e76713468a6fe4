"""Cells whose value is not what it seems: merged, without a result, an error, or of another calendar."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.column import Column
from etl.contract.header import Sheet
from etl.reading.grid import Mask

ERROR = r"^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|ERROR!)$"
SERIAL = r"^\d{1,5}(?:\.\d+)?$"
# What stands after “应为” for each; for an empty cell the second, a clause.
PHRASES = {
    "merged": (
        "不合并的单元格，请取消合并后逐行填写",
        "它在合并单元格里，请取消合并后逐行填写",
    ),
    "uncomputed": (
        "有结果的公式，请用 Excel 或 WPS 打开、保存后重发，或直接填数值",
        "公式没有算出结果，请用 Excel 或 WPS 打开、保存后重发，或直接填数值",
    ),
    "error": ("正确的结果，请改正公式或直接填数值", ""),
    "since_1904": ("日期格式的单元格（这份工作簿的日期从1904年算起，数字认不准是哪一天）", ""),
}


def marked(sheet: Sheet, column: Column) -> dict[str, Mask]:
    """Kind -> cells of the column, over all rows of the grid; only kinds that occur."""
    place = sheet.places.get(column.key)
    if place is None:
        return {}
    found = dict(_blocks(sheet, place))
    cells = sheet.grid.columns[place]
    if pc.any(pc.starts_with(cells, "#")).as_py():
        found["error"] = _matches(cells, ERROR)
    if sheet.grid.since_1904 and column.type in ("date", "month"):
        found["since_1904"] = sheet.grid.stored_as_number(place) & _matches(cells, SERIAL)
    return found


def _blocks(sheet: Sheet, place: int) -> Iterator[tuple[str, Mask]]:
    for kind in {spot.kind for spot in sheet.grid.spots}:
        cells = np.zeros(len(sheet.grid), dtype=bool)
        for spot in sheet.grid.spots:
            if spot.kind == kind and spot.columns[0] <= place <= spot.columns[1]:
                cells[spot.rows[0] : spot.rows[1] + 1] = True
        yield kind, cells


def _matches(cells: pa.Array, pattern: str) -> Mask:
    flags: Mask = pc.fill_null(pc.match_substring_regex(cells, pattern), False).to_numpy(zero_copy_only=False)
    return flags
