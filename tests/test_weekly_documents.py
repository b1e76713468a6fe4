"""Slides, sheet and workbook read back: what stands on them beside the numbers; the same bytes each time."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from cockpit.indicators import CATALOGUE, THEMES
from cockpit.reading import Reading
from cockpit.site import PAGES
from cockpit.warehouse import Warehouse
from report import Refused, deck, glyphs, sheet, story, workbook
from report.deck import charts
from report.deck.style import Box
from report.story import LEADING, Story, Told
from report.week import chosen

WEEK = "2023-W23"
PNG = Path(__file__).parent / "data" / "weekly" / "map.png"


@pytest.fixture(scope="module")
def told(warehouse_root: Path) -> Story:
    snapshot = Warehouse(warehouse_root).snapshot()
    return story.read(snapshot, chosen(WEEK, "330521", snapshot.info))


def slides(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


@pytest.fixture(scope="module")
def county_deck(told: Story) -> list[Any]:
    return slides(deck.build(told, {}))


def tables(slide: Any) -> list[list[list[str]]]:
    found = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
    for table in tables(slide):
        yield from (cell for row in table for cell in row)


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
    assert titles[6:8] == ["德清县：地区分布", f"需要关注（{len(told.attention)}项）"]
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


HIDDEN = "不足5人或可由此推算，不显示"


@pytest.fixture(scope="module")
def nothing(told: Story) -> Story:
    """The same district, and not one figure that may be told."""
    gone = dict.fromkeys(
        ("value", "numerator", "denominator", "previous", "change", "year_ago", "year_change")
    )
    gone |= dict.fromkeys(("year_change", "done", "gap", "rank", "siblings", "rank_change", "rank_basis"))

    def hidden(reading: Reading) -> Reading:
        return replace(reading, **gone, lamp="grey", reason=HIDDEN, previous_reason=HIDDEN)

    def both(one: Told) -> Told:
        return Told(hidden(one.week), hidden(one.to_date))

    return replace(
        told,
        figures={key: both(one) for key, one in told.figures.items()},
        below={key: [both(one) for one in ones] for key, ones in told.below.items()},
        weeks={key: [hidden(one) for one in ones] for key, ones in told.weeks.items()},
    )


def test_what_may_not_be_told_is_a_dash_with_its_reason_and_no_empty_chart(nothing: Story) -> None:
    shown = slides(deck.build(nothing, {}))
    [table] = tables(shown[1])
    assert {cell for row in table[1:] for cell in row[1:6]} <= {"—", "　"}
    at = {slide.shapes.title.text.split("：")[0]: n for n, slide in enumerate(shown)}
    for name in ("本周要览", *THEMES.values()):
        assert not any(shape.has_chart for shape in shown[at[name]].shapes)
        near = [*texts(shown[at[name] - 1]), *texts(shown[at[name]])]  # the reasons, where long, come second
        assert any(text.startswith("“—”的原因：") and HIDDEN in text for text in near)
    assert f"技能晋级人次：—（{HIDDEN}）" in [text for slide in shown for text in texts(slide)]
    words = sheet.words(nothing)
    assert HIDDEN in words["unknown"] and words["sentences"][0].endswith(f"技能晋级人次—（{HIDDEN}）。")
    assert sheet.build(nothing).startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(nothing)))
    heads, *lines = book["本周与累计"].iter_rows(values_only=True)
    assert {dict(zip(heads, line, strict=True))["说明"] for line in lines} == {HIDDEN}


def test_a_chart_tells_a_percentage_as_the_tables_do(told: Story) -> None:
    """99.96 is 99.9%, 0.04 is <0.1%; a label that is rounded by itself would say 100.0 and 0.0."""
    first, second = told.below["unions_new"][:2]
    made = [
        replace(one, week=replace(one.week, done=done, plan=50.0))
        for one, done in ((first, 99.96), (second, 0.04))
    ]
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    charts.by_district(page, Box(1, 1, 5, 3), made)
    [chart] = [shape.chart for shape in page.shapes if shape.has_chart]
    assert list(chart.plots[0].series[0].values) == [99.9, 0.04]
    assert chart.plots[0].data_labels.number_format == '[<=0]#,##0.0;[<0.1]"<0.1";#,##0.0'
