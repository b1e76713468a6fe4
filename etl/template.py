"""The blank workbook that staff fill in, printed from a source's declaration."""

from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cockpit import codes, districts
from etl.column import Column, Source
from etl.contract.header import NEVER_DATA
from etl.contract.values import areas, towns
from etl.contract.wording import expects, quoted
from etl.sources import SOURCES

EXPLANATION, EXAMPLE, CODES, _ = NEVER_DATA
TITLE = "{district} · {label} · 数据截至（填日期，写成2023-06-30的样子）"
UNNAMED = "（填区县名）"
HEADER_ROW = 1
PREPARED_ROWS = 2_000
TYPES = {
    "text": "文字",
    "uscc": "统一社会信用代码",
    "town": "镇街代码",
    "district": "区划代码",
    "code": "选一项",
    "codes": "选若干项",
    "flag": "是否",
    "whole": "整数",
    "number": "数",
    "date": "日期",
    "month": "月份",
    "years": "年度",
    "person_key": "散列值",
    "indicator": "指标",
}
Formats = dict[str, Any]
# Column key -> what may be written -> what it means.
Lists = dict[str, dict[str, str]]


def write_template(source: str, path: Path, district: str | None = None) -> Path:
    """Write the template of a source (a key of SOURCES) as an xlsx; returns its path.

    `district`, a code of `areas()`: its name stands in the title, and the lists offer its own towns alone.

    A sheet to fill in (title, headers, drop-down lists, text format for codes), and the sheets 填写说明, 示例
    and 代码表, which are never read as data.

    Raises:
        OSError: the folder is missing or not writable.
    """
    declared, lists = SOURCES[source], _lists(SOURCES[source], district)
    title = TITLE.format(district=areas()[district] if district else UNNAMED, label=declared.label)
    with path.open("wb") as file, xlsxwriter.Workbook(file) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(declared.label)
        _explain(book.add_worksheet(EXPLANATION), declared, formats)
        example = book.add_worksheet(EXAMPLE)
        _headers(example, declared, title, formats)
        _example(example, declared, lists, formats)
        ranges = _code_lists(book.add_worksheet(CODES), declared, lists, formats)
        _headers(sheet, declared, title, formats)
        _prepare(sheet, declared, ranges, formats)
        sheet.activate()
    return path


def _formats(book: xlsxwriter.Workbook) -> Formats:
    base = {"font_name": "微软雅黑", "font_size": 11, "valign": "vcenter"}
    header = base | {"bold": True, "border": 1, "text_wrap": True, "align": "center"}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 14}),
        "required": book.add_format(header | {"bg_color": "#C00000", "font_color": "#FFFFFF"}),
        "optional": book.add_format(header | {"bg_color": "#D9E1F2"}),
        "wrapped": book.add_format(base | {"text_wrap": True, "num_format": "@"}),
        "exact": book.add_format(base | {"num_format": "@"}),
        "date": book.add_format(base | {"num_format": "yyyy-mm-dd"}),
        "plain": book.add_format(base),
    }


def _headers(sheet: Worksheet, source: Source, title: str, formats: Formats) -> None:
    """Title and header row; required columns are red and carry an asterisk."""
    sheet.write_string(0, 0, title, formats["title"])
    for place, column in enumerate(source.sheet_columns):
        mark = "required" if column.required else "optional"
        sheet.write_string(HEADER_ROW, place, column.label + "*" * column.required, formats[mark])
        sheet.set_column(place, place, max(14, 2 * len(column.label) + 4), formats[_cell_format(column)])
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(HEADER_ROW + 1, 1)


def _cell_format(column: Column) -> str:
    """Text, so that Excel keeps every digit; dates as dates; numbers as they are."""
    return {"date": "date", "whole": "plain", "number": "plain"}.get(column.type, "exact")


def _explain(sheet: Worksheet, source: Source, formats: Formats) -> None:
    sheet.write_string(0, 0, f"{source.label}:{source.meaning}", formats["title"])
    notes = (
        "第一行标题写明区县名和“数据截至”日期；红色带*的列必填；表头不要改名，列的次序可以调整。",
        "不要填写身份证号、手机号、银行卡号和个人姓名：任何单元格中发现，整份退回。",
        f"{quoted(source, source.key)}相同的只能有一行；以后更正时重报该行，以后报的为准。",
        f"要撤掉以前报过的一行：重报{quoted(source, source.key)}，并在“作废”列填“是”。",
    )
    for row, note in enumerate(notes, 1):
        sheet.write_string(row, 0, note, formats["plain"])
    start = len(notes) + 2
    for place, head in enumerate(("列名", "类型", "必填", "含义", "规则", "示例")):
        sheet.write_string(start, place, head, formats["optional"])
    for row, column in enumerate(source.sheet_columns, start + 1):
        must = "是" if column.required else "否"
        cells = (column.label, TYPES[column.type], must, column.meaning, expects(column), column.example)
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, formats["wrapped"])
    for place, width in enumerate((20, 18, 8, 40, 60, 28)):
        sheet.set_column(place, place, width)


def _example(sheet: Worksheet, source: Source, lists: Lists, formats: Formats) -> None:
    """One row; a place outside the district gives way to the first of the district's own."""
    for place, column in enumerate(source.sheet_columns):
        own = lists[column.key] if column.type in ("town", "district") else {}
        example = column.example if column.example in own or not own else next(iter(own))
        sheet.write_string(HEADER_ROW + 1, place, example, formats["exact"])


def _code_lists(sheet: Worksheet, source: Source, lists: Lists, formats: Formats) -> dict[str, str]:
    """Every list of allowed words, one per column; returns column key -> range for the drop-down."""
    ranges = {}
    place = 0
    for column in source.sheet_columns:
        listed = lists[column.key]
        if not listed:
            continue
        sheet.write_string(0, place, column.label, formats["optional"])
        for row, (word, meaning) in enumerate(listed.items(), 1):
            sheet.write_string(row, place, word, formats["exact"])
            sheet.write_string(row, place + 1, meaning, formats["exact"])
        sheet.set_column(place, place + 1, 22)
        if column.type != "codes":
            letter = xl_col_to_name(place, col_abs=True)
            ranges[column.key] = f"={CODES}!{letter}$2:{letter}${len(listed) + 1}"
        place += 2
    return ranges


def _lists(source: Source, district: str | None) -> Lists:
    within = districts.prefix(district or districts.ROOT.code)
    return {column.key: _choices(column, within) for column in source.sheet_columns}


def _choices(column: Column, within: str) -> dict[str, str]:
    """What may be written -> what it means, where that is another word."""
    if column.type == "town":
        own = {code: name for code, name in towns().items() if code.startswith(within)}
        return {code: f"{areas()[code[:6]]}{name}" for code, name in own.items()}
    if column.type == "district":
        return {code: name for code, name in areas().items() if code.startswith(within)}
    if column.type == "flag":
        return dict.fromkeys(codes.YES_NO.values(), "")
    return dict.fromkeys(column.codes.values(), "")


def _prepare(sheet: Worksheet, source: Source, ranges: dict[str, str], formats: Formats) -> None:
    """Drop-down lists below the headers."""
    for place, column in enumerate(source.sheet_columns):
        if column.key in ranges:
            rule = {
                "validate": "list",
                "source": ranges[column.key],
                "error_title": column.label,
                "error_message": "请从下拉列表中选一项，见“代码表”。",
            }
            sheet.data_validation(HEADER_ROW + 1, place, HEADER_ROW + PREPARED_ROWS, place, rule)
