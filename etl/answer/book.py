"""What every return workbook has: the file itself, its colours, the comments, the first sheet."""

from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.answer.plan import Line, Marked, Plan
from etl.contract.header import RETURNED

# Fills of our own, known again when the workbook comes back: no office program offers them.
WRONG, HIDDEN = "#FFC9CE", "#C9C4CE"
# Excel takes 65,530 links on a sheet, and opens a workbook with more comments than this very slowly.
MOST_LINKS, MOST_COMMENTS = 60_000, 10_000
LONGEST = 32_767  # characters that a cell holds
COMMENT = {"author": "工会驾驶舱", "font_name": "微软雅黑", "font_size": 9, "width": 320, "height": 110}
FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
HEADS = (("序号", 7), ("位置", 20), ("行", 8), ("列", 22), ("填的内容", 28), ("说明", 58), ("怎么改", 58))
HOW = (
    "各表中标红的格有错，标灰的格因疑似个人信息已遮盖；鼠标移到格上可看说明，点下面的“位置”直达该格。",
    "请在本文件中改正后，整份重新报送：本表不用删除，没有标色的行已经收下的，重报不会重复计数。",
    "本文件只带来文的数值、格式、列宽和合并单元格；公式已换成数值，宏、外部链接、图片、批注都没有带。",
)
HEAD_ROW = len(HOW) + 3


def opened(made: Path, since_1904: bool = False) -> xlsxwriter.Workbook:
    """A workbook that keeps one row in memory; text is never taken for a formula or a link."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    disk = {"constant_memory": True, "tmpdir": str(made.parent)}
    return xlsxwriter.Workbook(str(made), {**never, **disk, "date_1904": since_1904})


def comment(sheet: Worksheet, marked: Marked) -> None:
    """To be called before any row is written: a row on disk takes no comment any more."""
    for (row, column), words in islice(marked.comments.items(), MOST_COMMENTS):
        sheet.write_comment(row, column, words, COMMENT)


def first_sheet(book: xlsxwriter.Workbook, drawn: Plan) -> None:
    """退回说明: every error in a sentence, with a link to its cell."""
    sheet = book.add_worksheet(RETURNED)
    looks = {
        "title": book.add_format(FONT | {"bold": True, "font_size": 16, "font_color": "#C00000"}),
        "plain": book.add_format(FONT),
        "head": book.add_format(FONT | {"bold": True, "bg_color": "#D9E1F2", "border": 1}),
        "cell": book.add_format(FONT | {"border": 1, "text_wrap": True, "num_format": "@"}),
        "link": book.add_format(
            FONT | {"border": 1, "text_wrap": True, "font_color": "#0563C1", "underline": 1}
        ),
    }
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"退回说明：{drawn.file}", looks["title"])
    for row, words in enumerate((f"结果：{drawn.result}。", *HOW), 1):
        sheet.write_string(row, 0, words, looks["plain"])
    for column, (head, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, head, looks["head"])
    for number, line in enumerate(drawn.lines, 1):
        _line(sheet, HEAD_ROW + number, line, looks)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(drawn.lines), len(HEADS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _line(sheet: Worksheet, row: int, line: Line, looks: dict[str, Any]) -> None:
    sheet.write_number(row, 0, row - HEAD_ROW, looks["cell"])
    where = line.sheet or "整份文件"
    if line.link:
        name, place = line.link
        cell = xl_rowcol_to_cell(*place)
        where = f"{name}!{cell}" if line.row is not None else name
        if row - HEAD_ROW <= MOST_LINKS:
            sheet.write_url(row, 1, f"internal:{quote_sheetname(name)}!{cell}", looks["link"], where)
    if not line.link or row - HEAD_ROW > MOST_LINKS:
        sheet.write_string(row, 1, where, looks["cell"])
    for column, text in enumerate((str(line.row or ""), line.column, line.found, line.says, line.mend), 2):
        sheet.write_string(row, column, text, looks["cell"])
