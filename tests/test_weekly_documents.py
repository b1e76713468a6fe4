"""Slides, sheet and workbook read back with other libraries: every number is what `manage.py value` says."""

import io
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from cockpit import numbers
from cockpit.indicators import CATALOGUE
from cockpit.site import HEADLINES, PAGES
from cockpit.value import value
from cockpit.warehouse import Warehouse
from report import Refused, deck, glyphs, sheet, story, workbook
from report.story import LEADING, Story
from report.week import chosen

WEEK, YEAR = "2023-W23", "2023-01-01..2023-06-11"
NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")
COUNTS = re.compile(r"第\d+位|共\d+个|\d+项|↑\d+|↓\d+|近\d+周|90天")
DATES = re.compile(r"\d{4}-\d\d-\d\d|\d+月\d+日|\d\d-\d\d|2023年第\d+周|\d{8}-[0-9a-f]{10}")
NAMES = re.compile("|".join(sorted((i.name for i in CATALOGUE.values()), key=len, reverse=True)))
SLIDE_NUMBER = re.compile(r"\d{1,2}")
PNG = Path(__file__).parent / "data" / "weekly" / "map.png"


@pytest.fixture(scope="module")
def told(warehouse_root: Path) -> Story:
    snapshot = Warehouse(warehouse_root).snapshot()
    return story.read(snapshot, chosen(WEEK, "330521", snapshot.info))


@pytest.fixture(scope="module")
def city(warehouse_root: Path) -> Story:
    snapshot = Warehouse(warehouse_root).snapshot()
    return story.read(snapshot, chosen(WEEK, None, snapshot.info))


@pytest.fixture(autouse=True)
def one_warehouse(warehouse_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`manage.py value` opens the warehouse anew each time; here it is asked hundreds of times."""
    shared = _opened(warehouse_root)
    monkeypatch.setattr("cockpit.value.Warehouse", lambda _: shared)


@cache
def _opened(root: Path) -> Warehouse:
    return Warehouse(root)


def slides(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


@pytest.fixture(scope="module")
def county_deck(told: Story) -> list[Any]:
    return slides(deck.build(told, {}))


@pytest.fixture(scope="module")
def city_deck(city: Story) -> list[Any]:
    return slides(deck.build(city, {}))


def tables(slide: Any) -> list[list[list[str]]]:
    found = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
    for table in tables(slide):
        yield from (cell for row in table for cell in row)


def figures_of(told: dict[str, Any]) -> Iterator[str]:
    """Every spelling of a figure that a value may be told in."""
    indicator = CATALOGUE[told["indicator"]]
    for name in ("value", "previous", "year_ago", "target"):
        yield numbers.figure(told[name], indicator.unit, indicator.decimals)
    yield from (numbers.percent(told[name]) for name in ("done", "plan"))
    for name in ("change", "year_change", "gap"):
        yield from (numbers.points(told[name]), numbers.change(told[name]))
        yield str(abs(numbers.rounded(told[name] or 0, 1)))
    if told["value"] is not None and told["previous"] is not None:
        yield numbers.figure(abs(told["value"] - told["previous"]), indicator.unit, indicator.decimals)


@pytest.mark.parametrize("which", ["city_deck", "county_deck"])
def test_every_number_on_the_slides_is_one_of_manage_py_value(
    request: pytest.FixtureRequest, warehouse_root: Path, which: str
) -> None:
    mine = request.getfixturevalue({"county_deck": "told", "city_deck": "city"}[which])
    places = [mine.scope.week.district.code]
    places += sorted({one.week.slice.district.code for below in mine.below.values() for one in below})
    allowed: set[str] = set()
    for place in places:
        for key in story.keys_told():
            for period in (WEEK, YEAR):
                for figure in figures_of(value(warehouse_root, key, place, period)):
                    allowed |= set(NUMBER.findall(figure))
    for slide in request.getfixturevalue(which):
        if "指标口径" in slide.shapes.title.text:
            continue  # definitions are the catalogue's own text
        for text in texts(slide):
            plain = COUNTS.sub("", DATES.sub("", NAMES.sub("", text)))
            lost = [one for one in NUMBER.findall(plain) if one not in allowed]
            assert lost == [] or SLIDE_NUMBER.fullmatch(text), (text, lost)


def test_the_headline_table_says_what_value_says(warehouse_root: Path, county_deck: list[Any]) -> None:
    [table] = tables(county_deck[1])
    assert [row[0] for row in table[1:]] == [CATALOGUE[key].name for key in HEADLINES]
    for key, row in zip(HEADLINES, table[1:], strict=True):
        week, year = value(warehouse_root, key, "330521", WEEK), value(warehouse_root, key, "330521", YEAR)
        indicator = CATALOGUE[key]
        flow = indicator.rule == "flow"
        stands = year if flow else week
        show = {n: numbers.figure(week[n], indicator.unit, indicator.decimals) for n in ("value", "previous")}
        change = numbers.points if indicator.unit == "%" else numbers.change
        assert row[1:9] == [
            numbers.figure(stands["value"], indicator.unit, indicator.decimals),
            show["value"] if flow else "　",
            show["previous"],
            change(week["change"]),
            change(stands["year_change"]),
            numbers.figure(week["target"], indicator.unit, indicator.decimals),
            numbers.percent(week["done"]),
            numbers.percent(week["plan"]),
        ], key


def test_every_chart_is_native_and_plots_what_value_says(
    warehouse_root: Path, city: Story, city_deck: list[Any]
) -> None:
    themes = city_deck[2:6]
    for key, slide in zip(LEADING.values(), themes, strict=True):
        weekly, by_district = [shape.chart.plots[0] for shape in slide.shapes if shape.has_chart]
        weeks = [one.slice.period.code for one in city.weeks[key]]
        assert len(weeks) == 12 and weeks[-1] == WEEK
        assert list(weekly.series[0].values) == [
            value(warehouse_root, key, "330500", week)["value"] for week in weeks
        ]
        names = list(by_district.categories)
        codes = {one.week.slice.district.name: one.week.slice.district.code for one in city.below[key]}
        done = [value(warehouse_root, key, codes[name], WEEK)["done"] for name in names]
        if any(one is not None for one in done):
            assert [s.name for s in by_district.series] == ["完成年度目标（%）", "计划进度（%）"]
            expected = [None if one is None else float(numbers.rounded(one, 1)) for one in done]
            assert list(by_district.series[0].values) == expected


def test_every_slide_carries_title_slice_data_date_version_and_status(
    told: Story, county_deck: list[Any]
) -> None:
    for slide in county_deck:
        whole = " ".join(texts(slide))
        for mark in ("德清县 · 2023年第23周", "数据截至2023-06-30", f"版本{told.info.version}", "演示数据"):
            assert mark in whole, mark
        assert slide.shapes.title.text


def test_every_run_has_an_east_asian_typeface(county_deck: list[Any]) -> None:
    for slide in county_deck:
        for run in slide._element.iter(qn("a:r")):
            faces = [one.get("typeface") for one in run.iter(qn("a:ea"))]
            assert faces == ["微软雅黑"], run.text


def test_the_order_of_the_slides(told: Story) -> None:
    titles = [slide.shapes.title.text for slide in slides(deck.build(told, {"overview": PNG.read_bytes()}))]
    themes = ["技能提升", "工资集体协商", "工会组建", "户外站点"]
    assert titles[0].endswith("周报") and titles[1].startswith("本周要览：8项主要指标：")
    assert [title.split("：")[0] for title in titles[2:6]] == themes
    assert titles[6:8] == ["德清县：区县分布", f"需要关注（{len(told.attention)}项）"]
    assert all(title.startswith("指标口径（") for title in titles[8:])


def test_definitions_of_all_indicators_shown_stand_at_the_end(county_deck: list[Any]) -> None:
    rows = [row for slide in county_deck for table in tables(slide) for row in table]
    defined = {
        row[0]: row[1] for row in rows if row[0] in {i.name for i in CATALOGUE.values()} and len(row) == 4
    }
    for theme in LEADING:
        for key in PAGES[theme].indicators:
            assert defined[CATALOGUE[key].name] == CATALOGUE[key].definition


def test_the_same_story_gives_the_same_bytes(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [(deck.build(told, {}), sheet.build(told), workbook.build(told))]
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 100_000)
    made.append((deck.build(told, {}), sheet.build(told), workbook.build(told)))
    assert made[0] == made[1]


def test_no_clock_time_is_left_in_the_slides(told: Story) -> None:
    with ZipFile(io.BytesIO(deck.build(told, {}))) as file:
        assert {info.date_time[:3] for info in file.infolist()} == {(2023, 6, 30)}
        inner = [name for name in file.namelist() if name.endswith(".xlsx")]
        assert len(inner) == 8
        with ZipFile(io.BytesIO(file.read(inner[0]))) as book:
            assert b"2023-06-30T00:00:00Z" in book.read("docProps/core.xml")


def test_the_workbook_holds_the_numbers_unrounded(warehouse_root: Path, told: Story) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(told)))
    heads, *lines = book["本周与累计"].iter_rows(values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    assert {row["指标代码"] for row in rows} == set(story.keys_told())
    for row in rows:
        own = value(warehouse_root, row["指标代码"], row["区划代码"], row["周期"])
        assert row["数值"] == pytest.approx(own["value"]), row["指标代码"]
        assert (row["分子"], row["分母"], row["说明"]) == (
            own["numerator"],
            own["denominator"],
            own["reason"],
        )
        assert row["完成%"] == pytest.approx(own["done"])


def test_the_sheet_is_refused_without_its_font(
    told: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(glyphs, "FOLDER", tmp_path)
    with pytest.raises(Refused, match="缺少字体文件 report/fonts/NotoSansSC-Regular"):
        sheet.build(told)


def test_a_letter_the_font_lacks_is_named() -> None:
    assert glyphs.missing(["工会 123 ↑●", "\U0001f600甲", "\U0003fffd"]) == "\U0001f600\U0003fffd"


def test_the_sheet_is_refused_when_it_runs_over_one_page(
    told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.sentences.lamps", lambda _: "长" * 6000)
    with pytest.raises(Refused, match="内容超过一页"):
        sheet.build(told)
