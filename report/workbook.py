"""数据.xlsx: every number of the pack as a number, with its reason where there is none."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cockpit.attention import KINDS
from cockpit.export import neutral
from cockpit.pace import LAMP_WORDS, RULE
from cockpit.reading import Reading
from report import sentences
from report.story import Story, Told

FIGURE = (
    *("区划代码", "区划", "指标代码", "指标", "单位", "周期", "算至", "数值", "分子", "分母", "说明"),
    *(
        "上期",
        "环比",
        "环比说明",
        "去年同期",
        "同比",
        "同比说明",
        "年度目标",
        "完成%",
        "计划%",
        "序时进度差",
        "亮灯",
        "亮灯说明",
    ),
    *("目标文件", "位次", "参与排名", "位次变化", "排名依据", "位次算至", "数据截至", "过期"),
)
WEEKLY = ("区划", "指标", "单位", "周次", "开始", "结束", "数值", "说明")
DEFINITION = ("指标代码", "指标", "单位", "口径", "公式", "依据", "来源", "版本")
ATTENTION = ("亮灯", "类别", "事项")
WIDE = {"口径": 90, "公式": 40, "依据": 40, "事项": 60, "内容": 70, "说明": 40, "亮灯说明": 30}


def build(story: Story) -> bytes:
    """The workbook's bytes; the same story gives the same."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = story.info.data_date
    book.set_properties(
        {"title": sentences.title(story.scope), "created": datetime(day.year, day.month, day.day)}
    )
    _sheet(book, "说明", ("项目", "内容"), _about(story))
    _sheet(book, "本周与累计", FIGURE, _figures(story.figures.values()))
    _sheet(book, "下级区划", FIGURE, _figures(told for below in story.below.values() for told in below))
    _sheet(book, "近几周", WEEKLY, (_weekly(one) for weeks in story.weeks.values() for one in weeks))
    lines = [(LAMP_WORDS[item.lamp], KINDS[item.kind], item.sentence) for item in story.attention]
    _sheet(book, "需要关注", ATTENTION, lines)
    _sheet(book, "指标口径", DEFINITION, (_definition(told) for told in story.figures.values()))
    book.close()
    return made.getvalue()


def _about(story: Story) -> list[tuple[str, str]]:
    lines = [("范围", sentences.title(story.scope))]
    lines += [("标记", mark) for mark in sentences.marks(story)]
    lines += [
        ("判断过期的日期", f"{story.judged_on}"),
        ("亮灯规则", RULE),
        ("单位", "环比、同比是百分之几；指标本身是百分比的，是百分点。序时进度差是百分点。"),
        ("空格", "没有可以担保的数；原因见后面的“说明”一列。空格不是零。"),
    ]
    return lines


def _figures(told: Iterable[Told]) -> Iterable[Sequence[Any]]:
    """Each indicator in the week, and flows from 1 January too."""
    for one in told:
        if one.by_week or not one.is_flow:
            yield _figure(one.week)
        if one.is_flow:
            yield _figure(one.to_date)


def _figure(r: Reading) -> Sequence[Any]:
    district, indicator = r.slice.district, r.indicator
    return (
        *(district.code, district.name, indicator.key, indicator.name, indicator.unit, r.slice.period.code),
        _day(r.until) if r.value is not None else None,
        *(r.value, r.numerator, r.denominator, r.reason),
        *(r.previous, r.change, r.previous_reason, r.year_ago, r.year_change, r.year_ago_reason),
        *(r.target, r.done, r.plan, r.gap),
        *(
            LAMP_WORDS[r.lamp],
            r.lamp_reason,
            r.target_document,
            r.rank,
            r.siblings,
            r.rank_change,
            r.rank_basis,
            _day(r.rank_until),
        ),
        *(_day(r.as_of), "过期" if r.stale else None),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _weekly(r: Reading) -> Sequence[Any]:
    period = r.slice.period
    span = (period.code, period.start.isoformat(), period.end.isoformat())
    return (r.slice.district.name, r.indicator.name, r.indicator.unit, *span, r.value, r.reason)


def _definition(told: Told) -> Sequence[str]:
    i = told.indicator
    return (i.key, i.name, i.unit, i.definition, i.formula, i.basis, "、".join(i.sources), i.version)


def _sheet(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]
) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    bold, wrapped = (
        book.add_format({"bold": True, "bg_color": "#DCE6F1"}),
        book.add_format({"text_wrap": True}),
    )
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, WIDE.get(head, 14), wrapped if head in WIDE else None)
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, str(neutral(cell)))
            elif cell is not None:
                sheet.write_number(row, column, cell)
    sheet.freeze_panes(1, 0)
