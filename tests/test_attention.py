"""What needs attention: furthest behind first, every kind gets a place, sentences that name who and what."""

from datetime import date

from cockpit import attention, districts
from cockpit.attention import Report
from tests.readings_made import children, reading

DEQING, ANJI = districts.get("330521"), districts.get("330523")


def behind(district: str, gap: float, lamp: str):
    return reading("skill_promotions", district, 100.0, gap=gap, done=50.0 + gap, plan=50.0, lamp=lamp)


def test_behind_plan_is_told_with_name_gap_and_completion_worst_first() -> None:
    found = attention.behind([behind("330521", -3.0, "yellow"), behind("330523", -12.5, "red")])
    assert [(item.lamp, item.sentence) for item in found] == [
        ("red", "安吉县技能晋级人次落后计划12.5个百分点（完成37.5%）"),
        ("yellow", "德清县技能晋级人次落后计划3.0个百分点（完成47.0%）"),
    ]
    assert (found[0].page, found[0].query["district"]) == ("skills", "330523")


def test_green_and_targetless_readings_are_left_out() -> None:
    assert attention.behind([behind("330521", 2.0, "green"), reading("unions", "330521", 3.0)]) == []


def test_contracts_about_to_expire_are_told_most_first_and_none_is_no_item() -> None:
    contracts = children("contracts_expiring_90d", "330500", [0.0, 5.0, 74.0, None, 1.0])
    assert [item.sentence for item in attention.expiring(contracts)] == [
        "德清县有74份合同90天内到期",
        "南浔区有5份合同90天内到期",
        "安吉县有1份合同90天内到期",
    ]


def test_never_reported_comes_before_stale_and_fresh_sources_are_left_out() -> None:
    reports = [
        Report(DEQING, "站点月报", date(2023, 3, 31), 45, True),
        Report(DEQING, "企业", date(2023, 6, 30), 100, False),
        Report(ANJI, "培训", None, 35, False),
    ]
    found = attention.unreported(reports)
    assert [(item.kind, item.sentence) for item in found] == [
        ("missing", "安吉县“培训”从未报送"),
        ("stale", "德清县“站点月报”停在2023-03-31，超过45天"),
    ]


def test_a_long_list_of_laggards_leaves_room_for_the_other_kinds() -> None:
    late = [behind("330523", -float(n), "red") for n in range(1, 20)]
    contracts = children("contracts_expiring_90d", "330500", [9.0, 8.0, 7.0, 6.0, 5.0])
    reports = [Report(ANJI, "培训", None, 35, False)]
    found = attention.items(late, contracts, reports, most=6)
    assert [item.kind for item in found] == ["behind"] * 3 + ["expiring"] * 2 + ["missing"]
    assert "落后计划19.0个" in found[0].sentence
