"""A week is told whole or not at all; nobody is called on plan who could not be judged; years do not mix."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from cockpit import attention
from cockpit.pace import Target
from cockpit.warehouse import Snapshot
from report import deck, remarks, sentences, sheet, story, workbook
from report.story import Story
from report.week import chosen
from tests.readings_made import reading

CITY, WUXING, DEQING = "330500", "330502", "330521"
WHY = "德清县的技能证书数据截至2023-06-21，本周尚未报全"


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    """A snapshot of one's own: tests change its states, its targets and its day."""
    version = (warehouse_root / "published" / "current").read_text().strip()
    return Snapshot(warehouse_root / "published" / f"cockpit-{version}.duckdb")


@pytest.fixture
def late(snapshot: Snapshot) -> Snapshot:
    """德清县's certificates end on the Wednesday of week 25."""
    snapshot.states["certificate", DEQING] = date(2023, 6, 21)
    return snapshot


def told(snapshot: Snapshot, district: str = CITY, week: str = "2023-W25") -> Story:
    return story.read(snapshot, chosen(week, district, snapshot.info))


def said(found: Story, key: str) -> str:
    return sentences.headline(found.figures[key], found.scope)


def test_a_week_that_one_county_has_not_reported_whole_has_no_figure(late: Snapshot) -> None:
    assert said(told(late), "skill_promotions") == (
        f"截至6月25日，全市技能晋级人次累计5人次（截至6月21日），本周—（{WHY}），"
        "完成年度目标的25.0%，落后计划12.0个百分点。"
    )


def test_a_stock_that_ends_early_has_its_own_date_and_no_week_before(snapshot: Snapshot) -> None:
    snapshot.states["station", DEQING] = date(2023, 6, 21)
    assert said(told(snapshot), "stations_open") == (
        "截至6月25日，全市在用站点3家（截至6月21日），"
        "没有可比的上周数（德清县的服务站点数据截至2023-06-21，本周尚未报全）。"
    )


def test_a_county_that_reported_is_told_and_its_place_says_up_to_when(late: Snapshot) -> None:
    assert said(told(late, WUXING), "skill_promotions") == (
        "截至6月25日，吴兴区技能晋级人次累计2人次，本周0人次，与上周持平，"
        "完成年度目标的50.0%，超计划11.7个百分点，列第2位（共5个，按数值，截至6月21日）。"
    )


def test_no_week_of_the_chart_is_half_a_week(late: Snapshot) -> None:
    weeks = {r.slice.period.code: r for r in told(late).weeks["skill_promotions"]}
    assert (weeks["2023-W25"].value, weeks["2023-W25"].reason) == (None, WHY)
    assert weeks["2023-W24"].value is not None


def cells(found: Story) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(deck.build(found, {}))).slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            elif shape.has_chart:
                yield from shape.chart.plots[0].categories
            elif shape.has_text_frame:
                yield shape.text_frame.text


def test_a_figure_that_ends_early_is_marked_wherever_it_stands_and_the_mark_is_explained(
    late: Snapshot,
) -> None:
    found = told(late)
    shown = list(cells(found))
    assert shown.count("5人次*") == 2  # headlines and theme
    assert shown.count("德清县*") == 2  # its column of the chart, its row among those behind
    assert "5人次" not in shown and "5人次*" in sheet.words(found)["figures"][0]
    note = "带*的数未报全：截至6月21日的有技能晋级人次"
    assert note in sheet.words(found)["unknown"] and any(note in text for text in shown)


def test_the_workbook_has_no_amount_of_the_week_and_the_day_up_to_which_the_sum_goes(late: Snapshot) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(told(late))))
    heads, *lines = book["本周与累计"].iter_rows(values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    week, year = [row for row in rows if row["指标代码"] == "skill_promotions"]
    assert (week["数值"], week["上期"], week["环比"], week["说明"]) == (None, None, None, WHY)
    assert (year["数值"], year["算至"]) == (5, "2023-06-21")


def test_a_gap_that_ends_early_is_dated_in_the_list_of_attention(late: Snapshot) -> None:
    late.states["certificate", "330523"] = date(2023, 6, 24)
    [item] = [one for one in told(late).attention if one.sentence.startswith("安吉县技能晋级人次")]
    assert item.sentence.endswith("，截至2023-06-24）")


COUNTIES = (WUXING, "330503", DEQING, "330522", "330523")


def on_plan(snapshot: Snapshot) -> None:
    """Every county has a target for members whose plan begins in December: nobody can be behind."""
    snapshot.targets.clear()
    for code in COUNTIES:
        snapshot.targets["members", code, 2023] = Target(1000.0, (0.0,) * 12, "文件")


def test_nobody_behind_is_said_of_the_theme_in_which_everybody_is_judged(snapshot: Snapshot) -> None:
    on_plan(snapshot)
    city = told(snapshot)
    assert remarks.who_is_behind("unions", city) == "各区县均不落后计划。"
    assert remarks.who_is_behind("skills", city) == ""  # there is no plan in it


def test_with_stale_data_nobody_is_called_on_plan(snapshot: Snapshot) -> None:
    on_plan(snapshot)
    snapshot.info = replace(snapshot.info, clock_date=date(2024, 6, 30))
    names = "吴兴区、南浔区、德清县、长兴县、安吉县"
    assert remarks.who_is_behind("unions", told(snapshot)) == (
        f"5个区县不能评价（{names}的会员数：数据过期，不亮灯）。"
    )


def test_one_county_that_never_reported_is_named_with_the_reason(snapshot: Snapshot) -> None:
    for code in COUNTIES:
        snapshot.targets["training_attendances", code, 2023] = snapshot.targets[
            "skill_promotions", DEQING, 2023
        ]
    said_of = remarks.who_is_behind("skills", told(snapshot))
    assert "安吉县的培训人次：未收到安吉县的培训数据" in said_of


def test_one_county_without_a_lamp_keeps_the_theme_from_being_called_on_plan(snapshot: Snapshot) -> None:
    on_plan(snapshot)
    del snapshot.states["member_event", DEQING]
    city = told(snapshot)
    words = "1个区县不能评价（德清县的会员数：未收到德清县的会员变动数据）"
    assert remarks.who_is_behind("unions", city) == f"{words}。"
    shown = list(cells(city))
    assert any(words in text for text in shown) and not any("不落后计划" in text for text in shown)


def test_the_sentence_of_an_empty_list_claims_no_more_than_was_judged() -> None:
    lit = reading("skill_promotions", WUXING, 5.0, target=10.0, gap=2.0, lamp="green")
    dark = reading("skill_promotions", DEQING, None, target=10.0, lamp_reason="未收到德清县的技能证书数据")
    assert attention.clear([lit]) == "没有需要关注的事项：各项不落后于计划，数据没有过期。"
    assert attention.clear([lit, dark]) == (
        "没有列出的事项，但是否落后于计划不能断定："
        "1个区县不能评价（德清县的技能晋级人次：未收到德清县的技能证书数据）。"
    )
    assert attention.clear([]) == "没有列出的事项，但是否落后于计划不能断定：没有可以评价的目标。"


def test_the_last_week_of_a_year_is_counted_to_that_year(snapshot: Snapshot) -> None:
    """2022-W52 ends on 1 January 2023; p3's promotion of 30 December 2022 lies in it."""
    snapshot.targets["skill_promotions", "330523", 2022] = Target(
        2.0, tuple([100 / 12] * 11 + [100.0]), "文件"
    )
    found = told(snapshot, "330523", "2022-W52")
    assert said(found, "skill_promotions") == (
        "截至2023年1月1日，安吉县技能晋级人次2022年累计1人次（至12月31日），本周1人次，比上周多1人次，"
        "完成2022年度目标的50.0%，落后计划50.0个百分点，列第1位（共5个，按数值）。"
    )
    assert said(found, "skill_promoted_persons") == (
        "截至2023年1月1日，安吉县本年技能晋级人数1人（2022年，至12月31日），列第1位（共5个，按数值）。"
    )


def test_a_first_week_that_begins_in_december_says_what_its_sum_covers(snapshot: Snapshot) -> None:
    snapshot.info = replace(snapshot.info, data_date=date(2025, 1, 31))
    for source, county in list(snapshot.states):
        snapshot.states[source, county] = date(2025, 1, 31)
    assert said(told(snapshot, WUXING, "2025-W01"), "skill_promotions").startswith(
        "截至2025年1月5日，吴兴区技能晋级人次2025年累计0人次（1月1日起），本周0人次，与上周持平"
    )


def test_places_by_completion_are_those_of_the_week_or_none(snapshot: Snapshot) -> None:
    """A county whose data ends before the week is not put among them by an older ranking."""
    for code in COUNTIES:
        snapshot.targets["skill_promotions", code, 2023] = Target(10.0, (0.0,) * 12, "文件")
    snapshot.states["certificate", DEQING] = date(2023, 6, 10)
    found = {one.week.slice.district.code: one for one in told(snapshot).below["skill_promotions"]}
    assert found[DEQING].place.rank is None and found[DEQING].to_date.rank is not None
    assert (found[WUXING].place.rank, found[WUXING].place.siblings) == (1, 4)


def test_a_year_s_first_completion_has_no_change_of_place(snapshot: Snapshot) -> None:
    for code in COUNTIES:
        for year in (2022, 2023):
            snapshot.targets["skill_promotions", code, year] = Target(10.0, (0.0,) * 12, "文件")
    first, later = (
        told(snapshot, WUXING, week).figures["skill_promotions"].week for week in ("2023-W01", "2023-W20")
    )
    assert (first.rank_basis, first.rank_change) == ("完成率", None)
    assert later.rank_change is not None


def test_a_county_whose_year_is_whole_is_not_marked_though_the_week_is_not(snapshot: Snapshot) -> None:
    """Its data ends on 31 December 2022, inside 2022-W52: what is drawn of it is complete."""
    for code in COUNTIES:
        snapshot.targets["skill_promotions", code, 2022] = Target(2.0, (100 / 12,) * 12, "文件")
    snapshot.states["certificate", DEQING] = date(2022, 12, 31)
    shown = list(cells(told(snapshot, CITY, "2022-W52")))
    assert "德清县" in shown and not any("*" in text for text in shown)


def test_a_mark_beside_a_county_behind_is_explained_whatever_the_indicator(snapshot: Snapshot) -> None:
    for code in COUNTIES:
        snapshot.targets["contest_entries", code, 2023] = Target(1000.0, (10.0,) * 12, "文件")
    snapshot.states["contest", DEQING] = date(2023, 6, 21)
    shown = list(cells(told(snapshot)))
    assert "德清县*" in shown
    assert any("截至6月21日的有" in text and "德清县竞赛参赛人次" in text for text in shown)
