"""Which source a sheet holds, where its columns stand, and what the title above them says."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from etl.column import Source
from etl.contract import sentences
from etl.contract.dates import parse_date
from etl.contract.values import areas
from etl.reading import Grid
from etl.sources import SOURCES

# Sheets of our own templates and return workbooks that hold no data.
RETURNED = "退回说明"
NEVER_DATA = ("填写说明", "示例", "代码表", RETURNED)
# Header of the cells of a CSV beyond its own header, once it has become a return workbook.
OVERFLOW = "多出的格"
DEPTH = 10
# Columns that everybody adds and nobody misses.
UNREAD = ("序号", "备注", "说明", OVERFLOW)
# The id of the key that the person keys of a file were made with (`manage.py pseudonymise`).
KEY_NOTE = "标识密钥"
KEY_ID = re.compile(rf"{KEY_NOTE}([0-9a-f]{{8}})(?![0-9a-f])")
AS_OF = re.compile(r"数据截至[日期时间]{0,2}[:：\s]*(\d[\d年月日\s./-]*\d日?)")


@dataclass(frozen=True)
class Title:
    """What stands above the header: declared district (code), 数据截至, 演示数据, 标识密钥."""

    district: str | None = None
    as_of: date | None = None
    demo: bool = False
    unread: str = ""
    key_id: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A recognised sheet: `places` maps column keys to columns of the grid, data starts after `header`.

    Columns from `width` on have no header. `unread`: headers that no column of the source has.
    """

    grid: Grid
    source: Source
    header: int
    places: dict[str, int]
    width: int
    title: Title
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misfit:
    """A sheet that fits no source; `reason` is a Chinese clause."""

    grid: Grid
    reason: str


def recognise(grid: Grid) -> Sheet | Misfit:
    """The source whose required labels all stand in one of the first ten rows."""
    best: tuple[int, Source, list[str]] | None = None
    for index in range(min(DEPTH, len(grid))):
        labels = _labels(grid, index)
        for source in SOURCES.values():
            found = {LABELS[source.name][label] for label in labels if label in LABELS[source.name]}
            missing = [c.label for c in source.columns if c.required and c.key not in found]
            if not missing:
                return _sheet(grid, source, index, labels)
            if best is None or len(found) > best[0]:
                best = (len(found), source, missing)
    return Misfit(grid, _why(best))


def plain(label: str) -> str:
    """A header without blanks, line breaks, width and the asterisk that marks required columns."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", label))


# source -> plain label or alias -> column key
LABELS = {
    name: {plain(label): c.key for c in source.sheet_columns for label in (c.label, *c.aliases)}
    for name, source in SOURCES.items()
}


ANY_LABEL = {label for known in LABELS.values() for label in known}


def _labels(grid: Grid, index: int) -> list[str]:
    """One row's cells; where one is empty a header in the cell above it, as in a header of two rows."""
    labels = [plain(cell or "") for cell in grid.row(index)]
    above = [plain(cell or "") for cell in grid.row(index - 1)] if index else labels
    return [label or (over if over in ANY_LABEL else "") for label, over in zip(labels, above, strict=True)]


def read_title(text: str) -> Title:
    named = [code for code, name in areas().items() if name in text]
    counties = [code for code in named if not code.endswith("00")]
    district = counties[0] if len(counties) == 1 else named[0] if named and not counties else None
    found = AS_OF.search(text)
    as_of = parse_date(found[1]) if found else None
    unread = found[1].strip() if found and not as_of else ""
    key = KEY_ID.search(text)
    return Title(district, as_of, "演示数据" in text, unread, key[1] if key else None)


def _sheet(grid: Grid, source: Source, index: int, labels: list[str]) -> Sheet | Misfit:
    known = LABELS[source.name]
    places = {known[label]: place for place, label in enumerate(labels) if label in known}
    met = [known[label] for label in labels if label in known]
    twice = sorted({source.column(key).label for key in met if met.count(key) > 1})
    if twice:
        return Misfit(grid, f"表头中“{'”“'.join(twice)}”出现了两次，请只留一列")
    unread = tuple(label for label in labels if label and label not in known and label not in UNREAD)
    wanted = [column.label for column in source.columns if column.key not in met]
    for label in unread:
        if meant := get_close_matches(label, wanted, 1, 0.6):
            return Misfit(grid, f"表头中“{sentences.shorten(label)}”像是“{meant[0]}”，请改成后者")
    above = " ".join(cell for row in range(index) for cell in grid.row(row) if cell)
    width = max(place for place, label in enumerate(labels, 1) if label)
    return Sheet(grid, source, index, places, width, read_title(above), unread)


def _why(best: tuple[int, Source, list[str]] | None) -> str:
    if best is None or best[0] < 2:
        return "前10行中没有找到任何一种数据的表头，请使用“数据上报”页“下载模板”中的模板"
    _, source, missing = best
    return f"表头最像“{source.label}”，但缺少必需的列“{'”“'.join(missing)}”"
