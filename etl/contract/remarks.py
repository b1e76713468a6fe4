"""What the sender should know of a file although nothing is refused for it."""

from collections.abc import Iterator

from etl.contract import sentences
from etl.contract.header import NEVER_DATA, Misfit, Sheet
from etl.contract.sentences import Sentence

MOST_TOLD = 5


def notes(file: str, found: list[Sheet | Misfit]) -> Iterator[Sentence]:
    """On hidden sheets and rows, on columns without a place, and on formulas that read other files."""
    for item in found:
        name = item.grid.sheet
        if name in NEVER_DATA or not len(item.grid):
            continue
        if item.grid.hidden:
            yield sentences.whole(file, "是隐藏的，没有读取；要报送的请取消隐藏后重发", sheet=name)
        elif isinstance(item, Sheet):
            yield from (sentences.whole(file, told, sheet=name) for told in _of_rows(item))


def _of_rows(sheet: Sheet) -> Iterator[str]:
    if sheet.unread:
        yield f"“{'”“'.join(sentences.shorten(label) for label in sheet.unread)}”不是模板中的列，没有读取"
    first = sheet.grid.row_numbers[sheet.header]
    rows = [row for row in sheet.grid.hidden_rows if row > first]
    if rows:
        which = "、".join(map(str, rows[:MOST_TOLD])) + ("等" if len(rows) > MOST_TOLD else "")
        yield f"第{which}行是隐藏的，也一并读入（共{len(rows)}行），请核对"
    if sheet.grid.linked:
        yield "有公式引用别的文件，按保存时的结果读入，请核对"
