"""The sentences, on records few enough to count by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.warehouse import Snapshot, Warehouse
from report import remarks, sentences, sheet, story
from report.story import Story, behind
from report.week import chosen


@pytest.fixture(scope="module")
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


def told(snapshot: Snapshot, week: str, district: str) -> Story:
    return story.read(snapshot, chosen(week, district, snapshot.info))


@pytest.mark.parametrize(
    ("key", "week", "district", "sentence"),
    [
        (
            "skill_promotions",
            "2023-W23",
            "330521",
            "截至6月11日，德清县技能晋级人次累计3人次，本周1人次，比上周多1人次，"
            "完成年度目标的30.0%，落后计划3.7个百分点，列第1位（共5个，按数值）。",
        ),
        ("stations_open", "2023-W24", "330500", "截至6月18日，全市在用站点3家，比上周少1家（−25.0%）。"),
        ("members", "2023-W24", "330500", "截至6月18日，全市会员数1,095人，与上周持平。"),
        (
            "members",
            "2023-W23",
            "330521",
            "截至6月11日，德清县会员数709人，比上周多6人（+0.9%），"
            "列第1位（共5个，按数值），位次与上周持平。",
        ),
        (
            "training_attendances",
            "2023-W24",
            "330500",
            "截至6月18日，全市培训人次—（未收到安吉县的培训数据）。",
        ),
        (
            "eight_have_rate",
            "2023-W25",
            "330500",
            "截至6月25日，全市“八有”达标率50.0%，比上周上升50.0个百分点。",
        ),
        (
            "contest_promotion_rate",
            "2023-W25",
            "330500",
            "截至6月25日，全市竞赛晋级转化率今年以来2.9%，本周—（分母为零）。",
        ),
        (
            "station_visits",
            "2023-W25",
            "330500",
            "截至6月25日，全市站点服务人次累计1,910人次（按月上报，不分周）。",
        ),
    ],
)
def test_a_sentence_says_what_the_records_say(
    snapshot: Snapshot, key: str, week: str, district: str, sentence: str
) -> None:
    found = told(snapshot, week, district)
    assert sentences.headline(found.figures[key], found.scope) == sentence


def test_who_stands_first_and_last_is_named_with_the_figure_of_the_ranking(snapshot: Snapshot) -> None:
    found = told(snapshot, "2023-W25", "330500")
    assert remarks.leader_and_last("skill_promotions", found) == (
        "技能晋级人次第1位德清县（3人次），末位南浔区、长兴县、安吉县并列（0人次）。"
    )


def test_who_is_behind_the_plan_stands_furthest_behind_first(snapshot: Snapshot) -> None:
    found = told(snapshot, "2023-W25", "330500")
    late = behind("skills", found)
    assert [(one.week.slice.district.name, one.week.lamp) for one in late] == [
        ("安吉县", "red"),
        ("德清县", "yellow"),
    ]
    assert remarks.who_is_behind("skills", found) == (
        "落后计划的有安吉县技能晋级人次（落后计划38.3个百分点）、德清县技能晋级人次（落后计划8.3个百分点）。"
        "2个区县不能评价（南浔区、长兴县的技能晋级人次：未下达目标）。"
    )


def test_of_many_behind_three_are_named_and_all_are_counted(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(snapshot, "2023-W25", "330500")
    late = behind("skills", found) * 2
    monkeypatch.setattr(remarks, "behind", lambda *_: late)
    said = remarks.who_is_behind("skills", found).split("。")[0] + "。"
    assert said.count("（") == 3 and said.endswith("等4项。")


def test_a_text_says_when_and_where_once(snapshot: Snapshot) -> None:
    found = told(snapshot, "2023-W25", "330500")
    said = sentences.headlines(found.of(("skill_promotions", "stations_open")), found.scope)
    assert [one.startswith("截至6月25日，全市") for one in said] == [True, False]
    assert said[1] == "在用站点3家，与上周持平。"


def test_each_reason_for_a_dash_is_told_once_with_what_it_holds_for(snapshot: Snapshot) -> None:
    found = told(snapshot, "2023-W25", "330500")
    keys = ("skill_promotions", "training_attendances", "contest_promotion_rate")
    below = found.below["training_attendances"]
    assert remarks.unknown([*found.of(keys), *below], "湖州市") == (
        "“—”的原因：技能晋级人次（比上周）：对比期不大于零，不算百分比；"
        "培训人次、安吉县培训人次：未收到安吉县的培训数据；竞赛晋级转化率（本周）：分母为零。"
    )
    county = told(snapshot, "2023-W25", "330521")
    assert remarks.unknown(county.of(("stations_open",)), "德清县", years=True) == ""


def test_no_targets_say_nothing(snapshot: Snapshot) -> None:
    assert remarks.who_is_behind("skills", told(snapshot, "2023-W25", "330521")) == ""  # towns have none


def test_a_difference_that_rounds_to_nothing_is_no_difference(snapshot: Snapshot) -> None:
    reading = told(snapshot, "2023-W25", "330500").figures["wage_bargain_rate"].week
    near = replace(reading, value=78.34, previous=78.30, change=0.04)
    assert sentences.against_last_week(near) == "与上周持平"


def test_the_lamps_are_counted(snapshot: Snapshot) -> None:
    found = told(snapshot, "2023-W25", "330500")
    keys = ("skill_promotions", "contest_entries", "unions_new")
    assert sentences.lamps(found.of(keys)) == "3项主要指标：红灯1项、灰灯2项。"


def test_a_dash_under_the_year_before_or_the_week_before_has_its_reason(warehouse_root: Path) -> None:
    """In 2022 no enterprise had a 能级 contract; in the week before nobody was promoted."""
    snapshot = Warehouse(warehouse_root).snapshot()
    found = story.read(snapshot, chosen("2023-W18", "330521", snapshot.info))
    first, second = found.figures["skill_promotions"], found.figures["nengji_enterprises"]
    assert (first.week.previous, first.week.change, second.week.year_change) == (0, None, None)
    why = "对比期不大于零，不算百分比"
    told = remarks.unknown([first, second], "德清县", years=True)
    assert "技能晋级人次（比上周）、" in told and f"能级工资覆盖企业（同比）：{why}" in told
    assert "同比" not in remarks.unknown([first, second], "德清县")  # where there is no such column
    assert "能级工资覆盖企业（同比）" in sheet.words(found)["unknown"]
