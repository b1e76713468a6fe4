"""Every number of a pack is the one that `manage.py value` prints (tests/weekly_answers.py).

City, county and town: they differ in targets, ranks and what lies below them.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from cockpit import districts, numbers
from cockpit.indicators import CATALOGUE, THEMES
from cockpit.site import HEADLINES, PAGES
from cockpit.value import value
from cockpit.warehouse import Warehouse
from report import deck, sentences, sheet, story, workbook
from report.deck.style import lamp
from report.story import LEADING, Story
from report.week import chosen
from tests.weekly_answers import (
    DATES,
    MONTHS,
    NONE,
    NUMBER,
    WEEK,
    YEAR,
    Ask,
    behind,
    below,
    by_week,
    changed,
    difference,
    found,
    headline_row,
    said,
    show,
    standing,
    week_of,
)

CITY, COUNTY, TOWN = "330500", "330521", "330521102"
COUNTS = re.compile(r"\d+项|等\d+个|\d+个区县|近\d+周|90天|（后8位）")


@pytest.fixture(scope="module")
def ask(warehouse_root: Path) -> Iterator[Ask]:
    """value() on one open warehouse; it would be opened anew each time."""
    shared = Warehouse(warehouse_root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cockpit.value.Warehouse", lambda _: shared)
        asked = cache(lambda *given: value(warehouse_root, *given))
        yield lambda key, place, period=WEEK: asked(key, place, period)


@pytest.fixture(scope="module", params=[CITY, COUNTY, TOWN])
def told(request: pytest.FixtureRequest, warehouse_root: Path) -> Story:
    snapshot = Warehouse(warehouse_root).snapshot()
    return story.read(snapshot, chosen(WEEK, request.param, snapshot.info))


@pytest.fixture(scope="module")
def slides(told: Story) -> list[Any]:
    return list(Presentation(io.BytesIO(deck.build(told, {}))).slides)


def place_of(told: Story) -> str:
    return told.scope.week.district.code


def test_every_sentence_has_the_numbers_of_value_in_their_order(ask: Ask, told: Story) -> None:
    heard = 0
    for key, figure in told.figures.items():
        expected = said(ask, key, place_of(told))
        assert found(sentences.headline(figure, told.scope)) == expected, key
        heard += len(expected)
    assert heard > 50


def test_a_sentence_says_more_or_less_as_value_does(ask: Ask, told: Story) -> None:
    for key, figure in told.figures.items():
        week, words = week_of(ask, key, place_of(told)), sentences.headline(figure, told.scope)
        if (
            week["previous"] is None
            or week["value"] is None
            or "与上周持平，" in words
            or "比上周" not in words
        ):
            continue
        grew = week["value"] > week["previous"]
        assert (("比上周多" in words) or ("比上周上升" in words)) == grew, words
        if week["gap"] is not None:
            assert ("落后计划" in words) == (numbers.rounded(week["gap"], 1) < 0), words


def tables(slide: Any) -> list[list[list[str]]]:
    grids = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in grid.rows] for grid in grids]


def themed(slides: list[Any]) -> list[Any]:
    """The themes' own slides, without what a note had to go on to."""
    return [slide for slide in slides if not slide.shapes.title.text.endswith("：说明")][2:6]


def test_the_headline_table(ask: Ask, told: Story, slides: list[Any]) -> None:
    [table] = tables(slides[1])
    assert table[1:] == [headline_row(ask, key, place_of(told)) for key in HEADLINES]


def test_the_table_of_each_theme(ask: Ask, told: Story, slides: list[Any]) -> None:
    for theme, slide in zip(THEMES, themed(slides), strict=True):
        full = [headline_row(ask, key, place_of(told)) for key in PAGES[theme].indicators]
        assert tables(slide)[0][1:] == [[*row[:3], row[4], row[7], row[9]] for row in full]


def test_who_is_behind_in_each_theme(ask: Ask, told: Story, slides: list[Any]) -> None:
    shown = 0
    for theme, slide in zip(THEMES, themed(slides), strict=True):
        late = behind(ask, theme, place_of(told))
        rows = [
            [
                *(
                    one["district_name"],
                    one["name"],
                    numbers.percent(one["done"]),
                    numbers.percent(one["plan"]),
                ),
                *(numbers.points(one["gap"]), lamp(one["lamp"])),
            ]
            for one in late
        ]
        if late:
            assert tables(slide)[1][1:] == rows[:8]
            gaps = [found(numbers.points(one["gap"]))[0].lstrip("−") for one in late[:3]]
            text = next(line for line in lines(slide) if "落后计划的有" in line)
            heard = found(text.split("落后计划的有")[1].split("。")[0])
            assert heard == gaps + [str(len(late))] * (len(late) > 3)
        shown += len(late)
    assert (shown > 0) == (place_of(told) == CITY)


def lines(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)


def test_towns_without_targets_are_listed_by_their_figures(ask: Ask, told: Story, slides: list[Any]) -> None:
    if place_of(told) != COUNTY:
        return
    for key, slide in zip(LEADING.values(), themed(slides), strict=True):
        rows = tables(slide)[1][1:]
        names = {one.name: one.code for one in districts.children(COUNTY)}
        for place, name, figure, week in rows:
            stands = standing(ask, key, names[name])
            assert [place, figure] == [str(stands["rank"]), show(stands["value"], key)]
            assert week == (show(ask(key, names[name])["value"], key) if by_week(key) else NONE)
        assert len(rows) == 8


def plotted(figure: float | None, decimals: int) -> float | None:
    return None if figure is None else float(numbers.rounded(figure, decimals))


def test_every_chart_is_native_and_plots_what_value_says(ask: Ask, told: Story, slides: list[Any]) -> None:
    for key, slide in zip(LEADING.values(), themed(slides), strict=True):
        weekly, *others = [shape.chart.plots[0] for shape in slide.shapes if shape.has_chart]
        weeks, digits = [one.slice.period.code for one in told.weeks[key]], CATALOGUE[key].decimals
        assert len(weeks) == 12 and weeks[-1] == WEEK
        figures = [ask(key, place_of(told), week)["value"] for week in weeks]
        assert list(weekly.series[0].values) == [plotted(one, digits) for one in figures]
        assert len(others) == (place_of(told) != TOWN)
        for chart in others:
            codes = {one.name: one.code for one in districts.children(place_of(told))}
            order = [codes[name] for name in chart.categories]
            assert sorted(order) == sorted(codes.values())
            done = [ask(key, one)["done"] for one in order]
            expected = [
                [plotted(one, 1) for one in done],
                [plotted(ask(key, one)["plan"], 1) for one in order],
            ]
            if all(one is None for one in done):
                expected = [[plotted(standing(ask, key, one)["value"], digits) for one in order]]
            assert [list(series.values) for series in chart.series] == expected


def known(ask: Ask, place: str) -> set[str]:
    """Every spelling of a number that value() knows of a place and of those right below it."""
    spelt: set[str] = set()
    for key in story.keys_told():
        for one in (place, *below(place)):
            for period in (WEEK, YEAR, MONTHS):
                answer = ask(key, one, period)
                figures = [show(answer[n], key) for n in ("value", "previous", "year_ago", "target")]
                figures += [numbers.percent(answer[n]) for n in ("done", "plan")]
                figures += [changed(answer), changed(answer, "year_change"), numbers.points(answer["gap"])]
                figures += [str(answer["rank"]), str(answer["siblings"])]
                figures += [numbers.places(answer["rank_change"])]
                spelt |= {number for figure in figures for number in NUMBER.findall(figure)}
                spelt |= set(difference(answer)) if answer["value"] is not None else set()
    return spelt | {number.lstrip("+−") for number in spelt}


def test_no_other_number_stands_on_the_slides(ask: Ask, told: Story, slides: list[Any]) -> None:
    allowed, heard = known(ask, place_of(told)), 0
    for number, slide in enumerate(slides, start=1):
        if "指标口径" in slide.shapes.title.text:
            continue  # definitions are the catalogue's own text
        cells = [cell for table in tables(slide) for row in table for cell in row]
        for text in [*lines(slide), *cells]:
            here = [] if text == str(number) else found(COUNTS.sub("", DATES.sub("", text)))
            assert [one for one in here if one not in allowed] == [], text
            heard += len(here)
    assert heard > 90


def test_the_sheet_has_the_cells_of_the_slides(ask: Ask, told: Story) -> None:
    words, place = sheet.words(told), place_of(told)
    full = [headline_row(ask, key, place) for key in HEADLINES]
    assert words["figures"] == [[*row[:3], *row[4:]] for row in full]
    heard = [found(one) for one in words["sentences"]]
    assert heard == [said(ask, key, place) for key in HEADLINES]
    codes = {one.name: one.code for one in districts.children(place)}
    for name, *cells in words["districts"][1:]:
        for key, cell in zip(LEADING.values(), cells, strict=True):
            week = week_of(ask, key, codes[name])
            shown = show(standing(ask, key, codes[name])["value"], key)
            rate = "" if week["done"] is None else numbers.percent(week["done"])
            assert found(cell) == found(f"{shown} {rate}"), (name, key)
    assert len(words["districts"]) == (len(codes) + 1 if codes else 0)


COLUMNS = {
    **{"数值": "value", "分子": "numerator", "分母": "denominator", "说明": "reason", "上期": "previous"},
    **{"环比说明": "previous_reason", "同比说明": "year_ago_reason"},
    **{"环比": "change", "去年同期": "year_ago", "同比": "year_change", "年度目标": "target"},
    **{
        "完成%": "done",
        "计划%": "plan",
        "序时进度差": "gap",
        "亮灯说明": "lamp_reason",
        "目标文件": "target_document",
    },
    **{"位次": "rank", "参与排名": "siblings", "位次变化": "rank_change", "排名依据": "rank_basis"},
    **{"数据截至": "as_of"},
}


def test_the_workbook_holds_the_numbers_unrounded(ask: Ask, told: Story) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(told)))
    places = {"本周与累计": [place_of(told)], "下级区划": below(place_of(told))}
    for name, codes in places.items():
        heads, *cells = book[name].iter_rows(values_only=True)
        rows = [dict(zip(heads, line, strict=True)) for line in cells]
        assert {(row["指标代码"], row["区划代码"]) for row in rows} == {
            (key, code) for key in story.keys_told() for code in codes
        }
        for row in rows:
            own = ask(row["指标代码"], row["区划代码"], row["周期"])
            for column, key in COLUMNS.items():
                expected = own[key] or None if isinstance(own[key], str) else own[key]
                assert row[column] == (pytest.approx(expected) if isinstance(expected, float) else expected)
    heads, *cells = book["近几周"].iter_rows(values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in cells]
    assert len(rows) == 12 * len(LEADING)
    keys = {CATALOGUE[key].name: key for key in LEADING.values()}
    for row in rows:
        assert row["数值"] == ask(keys[row["指标"]], place_of(told), row["周次"])["value"]
