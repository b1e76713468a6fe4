"""周报.pdf: one A4 page, set by typst from sheet.typ."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import typst

from cockpit import numbers, pace
from cockpit.attention import Item
from cockpit.districts import SITE
from cockpit.pace import LAMP_WORDS
from cockpit.site import HEADLINES
from report import Refused, glyphs, remarks, sentences
from report.deck import rows
from report.deck.style import LAMP_SHAPES
from report.sentences import shown
from report.story import LEADING, Story, Told

TEMPLATE = Path(__file__).with_name("sheet.typ")
ATTENTION = 8
UNDER = {"city": "各区县（括号内为完成年度目标）", "county": "各镇街", "town": ""}
SIZES = ("10.3pt", "9.6pt", "9pt", "8.4pt", "7.8pt")  # the largest at which everything fits one page


def build(story: Story) -> bytes:
    """The PDF's bytes; the same story gives the same.

    Raises:
        Refused: the font is absent or lacks a character, or the text does not fit one page.
    """
    told = json.dumps(words(story), ensure_ascii=False)
    _check_fonts(told)
    *larger, smallest = SIZES
    for size in larger:
        with suppress(typst.TypstError):
            return _set(told, size)
    try:
        return _set(told, smallest)
    except typst.TypstError as error:
        raise Refused(f"周报.pdf 没有排成：{error}。") from error


def _set(told: str, size: str) -> bytes:
    given = {"told": told, "size": size}
    return typst.compile(TEMPLATE, font_paths=[glyphs.FOLDER], ignore_system_fonts=True, sys_inputs=given)


def _check_fonts(told: str) -> None:
    if absent := [name for name in glyphs.FILES if not (glyphs.FOLDER / name).is_file()]:
        raise Refused(f"缺少字体文件 report/fonts/{absent[0]}，周报.pdf 会全是方框。请重新部署本软件。")
    if lacking := glyphs.missing([told]):
        raise Refused(f"周报.pdf 缺字：字体中没有“{lacking}”。")


def words(story: Story) -> dict[str, Any]:
    """All words of the sheet, ready made: the template only places them."""
    figures = story.of(HEADLINES)
    return {
        "title": f"{SITE['title']}周报",
        "slice": sentences.title(story.scope),
        "marks": sentences.marks(story),
        "summary": sentences.lamps(figures),
        "sentences": sentences.headlines(figures, story.scope),
        "heads": ["指标", "累计/期末", "本周", "比上周", "同比", "年度目标", "完成", "计划", "亮灯"],
        "figures": [_figure(told) for told in figures],
        "districts": _districts(story),
        "unknown": remarks.unknown([*figures, *_leading_below(story)], story.scope.name, years=True),
        "under": UNDER[story.scope.week.district.level],
        "clear": story.clear,
        "attention": [[LAMP_SHAPES[item.lamp], item.sentence] for item in _attention(story.attention)],
        "rule": pace.RULE,
    }


def _attention(items: list[Item]) -> list[Item]:
    """The first of those behind the plan, and all of the rarer kinds."""
    rare = [item for item in items if item.kind != "behind"]
    return [*(item for item in items if item.kind == "behind")][: ATTENTION - len(rare)] + rare


def _figure(told: Told) -> list[str]:
    week = told.week
    return [
        told.indicator.name,
        sentences.stands(told),
        rows.this_week(told),
        rows.against_week(told),
        rows.year_changed(told.standing),
        shown(week.target, week),
        numbers.percent(week.done),
        numbers.percent(week.plan),
        f"{LAMP_SHAPES[week.lamp]}{LAMP_WORDS[week.lamp]}",
    ]


def _districts(story: Story) -> list[list[str]]:
    """Heads and rows: each district right below, its leading figures; empty for a town."""
    keys = list(LEADING.values())
    by_code = {
        told.week.slice.district.code: told.week.slice.district.name
        for key in keys
        for told in story.below[key]
    }
    if not by_code:
        return []
    heads = ["区划", *(story.figures[key].indicator.name for key in keys)]
    cells = {
        (key, told.week.slice.district.code): _completed(told) for key in keys for told in story.below[key]
    }
    return [heads, *([name, *(cells[key, code] for key in keys)] for code, name in sorted(by_code.items()))]


def _leading_below(story: Story) -> list[Told]:
    return [told for key in LEADING.values() for told in story.below[key]]


def _completed(told: Told) -> str:
    """The figure, with completion and lamp where there is a target."""
    figure = sentences.stands(told)
    if told.week.done is None:
        return figure
    return f"{figure}（{numbers.percent(told.week.done)}{LAMP_SHAPES[told.week.lamp]}）"
