"""What every return workbook has: the file itself, its colours, the comments, the first sheet."""

from collections.abc import Iterable
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.answer.plan import Area, Line, Marked, Plan
from etl.contract.header import RETURNED

# Fills of our own, known again when the workbook comes back: no office program offers them.
WRONG, HIDDEN = "#FFC9CE", "#C9C4CE"
# Excel takes 65,530 links on a sheet, and opens a workbook with more comments than this very slowly.
MOST_LINKS, MOST_COMMENTS = 60_000, 10_000
MOST_MERGED = 1_000
# What the contract refuses in any column: a formula whose result cannot be relied on.
NO_RESULT = "#N/A"
LONGEST = 32_767  # characters that a cell holds
COMMENT = {"author": "工会驾驶舱", "font_name": "微软雅黑", "font_size": 9, "width": 320, "height": 110}
FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
HEADS = (("序号", 7), ("位置", 20), ("行", 8), ("列", 18), ("填的内容", 24), ("说明", 46), ("怎么改", 44))
LINE = 16.5  # points
HOW = (
    "各表中标红的格有错，标灰的格因疑似个人信息已遮盖；鼠标移到格上可看说明，点下面的“位置”直达该格。",
    "请在本文件中改正后，整份重新报送；本表不用删除。已经收下的行再报一次，以后报的为准，不会重复计数。",
    "本文件只带来文的数值、格式、列宽和合并单元格；公式已换成数值，宏、外部链接、图片、批注都没有带。",
)
UNREAD = ("来文的内容没有读出，所以本文件只有这一张表；请按说明处理原文件后，重新报送。",)
HEAD_ROW = len(HOW) + 3


def opened(made: Path, since_1904: bool = False) -> xlsxwriter.Workbook:
    """A workbook that keeps one row in memory; text is never taken for a formula or a link."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    disk = {"constant_memory": True, "tmpdir": str(made.parent)}
    return xlsxwriter.Workbook(str(made), {**never, **disk, "date_1904": since_1904})


def merge(sheet: Worksheet, areas: Iterable[Area]) -> None:
    """Merge cells; an area that overlaps an earlier one is left out, as Excel would call the file damaged.

    xlsxwriter's own merge_range() would write the cells again, which are on disk by now.
    """
    taken: list[Area] = []
    for area in islice(areas, MOST_MERGED):
        top, left, bottom, right = area
        if all(top > b or bottom < t or left > r or right < x for t, x, b, r in taken):
            taken.append(area)
            sheet.merge.append(list(area))


def comment(sheet: Worksheet, marked: Marked) -> None:
    """To be called before any row is written: a row on disk takes no comment any more."""
    for (row, column), words in islice(marked.comments.items(), MOST_COMMENTS):
        sheet.write_comment(row, column, words, COMMENT)


def first_sheet(book: xlsxwriter.Workbook, drawn: Plan) -> None:
    """退回说明: every error in a sentence, with a link to its cell."""
    sheet = book.add_worksheet(RETURNED)
    looks = _looks(book)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"退回说明：{drawn.file}", looks["title"])
    for row, words in enumerate((f"结果：{drawn.result}。", *(HOW if drawn.sheets else UNREAD)), 1):
        sheet.write_string(row, 0, words, looks["plain"])
    for row in range(1, HEAD_ROW + 1):
        sheet.set_row(row, LINE)
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


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "title": book.add_format(FONT | {"bold": True, "font_size": 16, "font_color": "#C00000"}),
        "plain": book.add_format(FONT),
        "head": book.add_format(FONT | {"bold": True, "bg_color": "#D9E1F2", "border": 1}),
        "cell": book.add_format(FONT | {"border": 1, "text_wrap": True, "num_format": "@"}),
        "link": book.add_format(
            FONT | {"border": 1, "text_wrap": True, "font_color": "#0563C1", "underline": 1}
        ),
    }


def _line(sheet: Worksheet, row: int, line: Line, looks: dict[str, Any]) -> None:
    texts = (str(line.row or ""), line.column, line.found, line.says, line.mend)
    # A row whose height is not given is cut to one line by some office programs.
    sheet.set_row(
        row, LINE * max(_lines(text, width) for text, (_, width) in zip(texts, HEADS[2:], strict=True))
    )
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
    for column, text in enumerate(texts, 2):
        sheet.write_string(row, column, text, looks["cell"])


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many narrow characters; Chinese ones are two wide."""
    return max(1, ceil(sum(1 if char.isascii() else 2 for char in text) / (1.15 * width)))
