"""Readings of the hand-countable warehouse: every expectation is counted from tests/data/hand by hand."""

from datetime import date
from pathlib import Path

import pytest

from cockpit import districts, slices
from cockpit.indicators import CATALOGUE
from cockpit.pace import Target
from cockpit.reading import Reading, children, readings
from cockpit.warehouse import Snapshot

CURVE = (5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100)


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    """A snapshot of one's own: tests may change its targets and states."""
    version = (warehouse_root / "published" / "current").read_text().strip()
    return Snapshot(warehouse_root / "published" / f"cockpit-{version}.duckdb")


def reading(
    snapshot: Snapshot, key: str, district: str = "330500", period: str = "2023-Q2", **more: str
) -> Reading:
    slice = slices.parse({"district": district, "period": period, **more}, snapshot.info.data_date)
    return readings(snapshot, [key], slice)[key]


# City, 吴兴区, 德清县, 安吉县, 新市镇 (330521102) in the second quarter of 2023, as numerator/denominator.
COUNTED = """
skill_promotions         6         2        3        1       0
skill_promoted_persons   4         2        1        1       0
new_skill_certs          11        3        5        3       0
high_skill_share         3/5       0/1      2/2      1/2     0/0
training_sessions        -         2        1        -       0
training_attendances     -         420      45       -       0
contest_events           3         2        1        0       0
contest_entries          102       82       20       0       0
contest_promotion_rate   3/102     1/82     2/20     0/0     0/0
wage_contracts_in_force  6         2        3        1       1
enterprises_covered      7         2        4        1       1
wage_bargain_rate        6/7       2/2      3/3      1/2     0/0
wage_bargain_worker_rate 1205/1245 180/180  725/725  300/340 0/0
nengji_contracts         2         1        1        0       0
nengji_enterprises       3         1        2        0       0
nengji_workers           630       80       550      0       0
nengji_above_scale_rate  3/3       1/1      2/2      0/0     0/0
contracts_expiring_90d   0         0        0        0       0
contract_renewal_rate    3/5       1/2      1/1      1/2     0/0
bargain_step_on_time     10/15     2/2      6/11     2/2     2/4
unions                   7         2        3        2       1
unions_new               4         1        2        1       1
units_covered            7         2        3        2       0
union_rate_100           4/4       1/1      2/2      1/1     0/0
union_rate_25            7/8       2/2      3/3      2/3     0/0
union_rate_above_scale   3/3       1/1      2/2      0/0     0/0
members                  1125      136      709      280     200
members_new              276       46       200      30      200
members_net              275       36       209      30      200
nef_members_new          240       10       200      30      200
clearance_rate           3/4       0/0      2/2      1/2     0/0
clearance_baseline       4         0        2        2       0
clearance_closed         3         0        2        1       0
clearance_added          2         1        0        1       0
stations_open            4         2        2        0       1
stations_new             3         1        2        0       1
benchmark_share          2/4       1/2      1/2      0/0     0/1
h24_share                1/4       1/2      0/2      0/0     0/1
benchmark_per_town       2/66      1/18     1/13     0/12    0/1
eight_have_rate          1/2       1/2      0/0      0/0     0/0
mapped_rate              2/3       2/2      0/1      0/0     0/1
station_visits           2920      2770     100      50      0
stations_per_10k_workers 4/1368    2/180    2/749    0/439   1/24
"""
LINES = [line.split() for line in COUNTED.strip().splitlines()]


def told(found: Reading) -> str:
    if found.numerator is None:
        return "-"
    return f"{found.numerator}/{found.denominator}" if found.indicator.is_ratio else str(found.numerator)


@pytest.mark.parametrize(
    ("key", "counted"), [(key, counted) for key, *counted in LINES], ids=[k for k, *_ in LINES]
)
def test_every_indicator_is_what_was_counted_by_hand(
    snapshot: Snapshot, key: str, counted: list[str]
) -> None:
    codes = ("330500", "330502", "330521", "330523", "330521102")
    assert [told(reading(snapshot, key, code)) for code in codes] == counted


def test_every_indicator_is_counted_by_hand_somewhere() -> None:
    only_split = {key for key, indicator in CATALOGUE.items() if indicator.only_by}
    assert {key for key, *_ in LINES} == set(CATALOGUE) - only_split


def test_a_rate_is_divided_once_and_never_averaged(snapshot: Snapshot) -> None:
    city = reading(snapshot, "union_rate_25")
    parts = [
        child.value for child in children(snapshot, "union_rate_25", city.slice) if child.value is not None
    ]
    assert (city.value, len(parts)) == (87.5, 3)
    assert sum(parts) / len(parts) == pytest.approx(88.9, abs=0.1)
    assert reading(snapshot, "stations_per_10k_workers").value == pytest.approx(4 / 1368 * 10000)


def test_overlapping_contracts_of_one_enterprise_count_once(snapshot: Snapshot) -> None:
    """D2 has two 能级 contracts from 1 to 19 June, for 50 and 90 workers: 90, and it is one enterprise."""
    period = "2023-06-01..2023-06-19"
    assert reading(snapshot, "nengji_workers", "330521", period).value == 500 + 90
    assert reading(snapshot, "nengji_enterprises", "330521", period).value == 2
    assert reading(snapshot, "nengji_contracts", "330521", period).value == 2


def test_filters_reach_numerator_and_denominator(snapshot: Snapshot) -> None:
    assert reading(snapshot, "skill_promotions", channel="contest").value == 3
    assert reading(snapshot, "skill_promotions", channel="contest", industry="H").value == 0
    found = reading(snapshot, "union_rate_25", ownership="private")
    assert (found.numerator, found.denominator) == (4, 5)


def test_an_indicator_without_the_filtered_breakdown_has_no_figure(snapshot: Snapshot) -> None:
    found = reading(snapshot, "contest_entries", channel="contest")
    assert (found.value, found.numerator, found.reason) == (None, None, "不按取得渠道统计")


def test_a_city_with_a_missing_county_has_no_figure(snapshot: Snapshot) -> None:
    city, county = reading(snapshot, "training_sessions"), reading(snapshot, "training_sessions", "330523")
    assert (city.value, city.as_of, city.lamp) == (None, None, "grey")
    assert city.reason == county.reason == "未收到安吉县的培训数据"
    assert reading(snapshot, "training_sessions", "330503").value == 0  # an empty file is a reported zero


def test_before_the_complete_records_there_is_no_figure(snapshot: Snapshot) -> None:
    assert reading(snapshot, "unions_new", period="2020-H2").reason == "2021-01-01之前没有完整记录"
    assert reading(snapshot, "unions_new", period="2021-H1").year_ago_reason == "2021-01-01之前没有完整记录"
    assert (
        reading(snapshot, "unions", period="2020-07-01..2021-06-30").value == 3
    )  # a stock looks at its last day


def test_a_ratio_of_nothing_has_no_figure(snapshot: Snapshot) -> None:
    found = reading(snapshot, "eight_have_rate", "330521")
    assert (found.value, found.numerator, found.denominator, found.reason) == (None, 0, 0, "分母为零")


def test_what_counts_one_record_under_several_codes_has_no_total(snapshot: Snapshot) -> None:
    assert reading(snapshot, "bargain_stages").reason == "没有合计，请按协商阶段分开看"
    assert reading(snapshot, "bargain_stages", stage="offer").value == 8
    assert reading(snapshot, "eight_have_item_rate", item="has_sign").value == 50


def test_comparisons_are_relative_for_counts_and_points_for_percentages(snapshot: Snapshot) -> None:
    stations = reading(snapshot, "stations_open")
    assert (stations.previous, stations.year_ago) == (3, 3)
    assert stations.change == stations.year_change == pytest.approx(100 / 3)
    rate = reading(snapshot, "union_rate_25")
    assert (rate.previous, rate.change) == (62.5, 25.0)
    sessions = reading(snapshot, "training_sessions", "330521")
    assert (sessions.year_ago, sessions.year_change) == (1, 0)
    assert (sessions.previous, sessions.change) == (0, None)
    assert sessions.previous_reason == "对比期不大于零，不算百分比"


def test_year_to_date_has_no_previous_period(snapshot: Snapshot) -> None:
    found = reading(snapshot, "stations_open", period="2023-YTD")
    assert (found.value, found.previous, found.change, found.year_ago) == (4, None, None, 3)
    assert found.previous_reason == "年初至今没有上期，请看同比"
    assert reading(snapshot, "skill_promoted_persons").previous_reason == "年内累计，不作环比"


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("330500", (20, 30, 40, -10, "yellow", "完成30.0%，落后计划10.0个百分点")),
        ("330502", (4, 50, 40, 10, "green", "完成50.0%，超计划10.0个百分点")),
        ("330523", (5, 20, 40, -20, "red", "完成20.0%，落后计划20.0个百分点")),
        ("330503", (None, None, None, None, "grey", "未下达目标")),
        ("330521101", (None, None, None, None, "grey", "未下达到镇街")),
    ],
)
def test_lamps_compare_the_year_to_date_with_the_plan(
    snapshot: Snapshot, district: str, expected: tuple
) -> None:
    found = reading(snapshot, "skill_promotions", district, "2023-06")  # the month has 2, the year to date 6
    assert (found.target, found.done, found.plan, found.gap, found.lamp, found.lamp_reason) == expected


def test_stocks_and_rates_are_compared_with_their_target_as_they_stand(snapshot: Snapshot) -> None:
    stations = reading(snapshot, "stations_open", "330521", "2023-01-01..2023-01-15")
    assert (stations.value, stations.plan) == (1, 10)  # no half of January's 10
    rate = reading(snapshot, "union_rate_100", "330521")
    assert (rate.value, rate.done, rate.gap, rate.lamp) == (100, 100, 0, "green")
    assert rate.target_document == "组建工作方案"


def test_a_filtered_figure_is_not_compared_with_the_target(snapshot: Snapshot) -> None:
    found = reading(snapshot, "skill_promotions", channel="contest")
    assert (found.target, found.done, found.lamp) == (None, None, "grey")
    assert found.lamp_reason == "有筛选条件，不与目标比较"


def test_data_is_stale_one_day_after_its_rhythm(snapshot: Snapshot) -> None:
    snapshot.states["certificate", "330523"] = date(2023, 5, 26)  # 35 days before the demonstration's clock
    fresh = reading(snapshot, "skill_promotions")
    assert (fresh.stale, fresh.as_of, fresh.lamp) == (False, date(2023, 5, 26), "yellow")
    snapshot.states["certificate", "330523"] = date(2023, 5, 25)
    stale = reading(snapshot, "skill_promotions")
    assert (stale.stale, stale.lamp, stale.lamp_reason) == (True, "grey", "数据过期，不亮灯")
    assert (stale.value, stale.gap) == (4, 20 - (20 + 10 * 25 / 31))  # told up to 25 May, but not judged
    assert reading(snapshot, "skill_promotions", "330523").rank is None
    assert not reading(snapshot, "skill_promotions", "330521").stale


def test_counts_are_ranked_by_completion_only_where_all_siblings_have_a_target(snapshot: Snapshot) -> None:
    by_value = {c.slice.district.name: (c.rank, c.rank_basis) for c in _children(snapshot)}
    assert by_value == {
        "德清县": (1, "数值"),
        "吴兴区": (2, "数值"),
        "安吉县": (3, "数值"),
        "南浔区": (4, "数值"),
        "长兴县": (4, "数值"),
    }
    for code in ("330503", "330522"):
        snapshot.targets["skill_promotions", code, 2023] = Target(8, CURVE, "要点")
    by_completion = [(c.slice.district.name, c.rank, c.rank_change) for c in _children(snapshot)]
    # At the end of March all had 0 % and shared the first place.
    assert by_completion == [
        ("吴兴区", 1, 0),
        ("德清县", 2, -1),
        ("安吉县", 3, -2),
        ("南浔区", 4, -3),
        ("长兴县", 4, -3),
    ]
    county = reading(snapshot, "skill_promotions", "330521")
    assert (county.rank, county.siblings, county.rank_change, county.rank_basis) == (2, 5, -1, "完成率")


def _children(snapshot: Snapshot, key: str = "skill_promotions", period: str = "2023-Q2") -> list[Reading]:
    return children(snapshot, key, slices.parse({"period": period}, snapshot.info.data_date))


def test_a_change_of_basis_is_no_change_of_place(snapshot: Snapshot) -> None:
    for code in ("330503", "330522"):
        snapshot.targets["skill_promotions", code, 2023] = Target(8, CURVE, "要点")
    half = _children(snapshot, period="2023-H1")  # 2022 had no targets
    assert (half[0].rank, half[0].rank_change, half[0].rank_basis) == (1, None, "完成率")


def test_those_without_a_figure_have_no_place(snapshot: Snapshot) -> None:
    found = _children(snapshot, "training_sessions")
    assert [c.slice.district.code for c in found] == ["330502", "330521", "330503", "330522", "330523"]
    assert [c.rank for c in found] == [1, 2, 3, 3, None]
    assert [c.siblings for c in found] == [4, 4, 4, 4, None]
    rates = _children(snapshot, "union_rate_25")
    assert [(c.slice.district.code, c.rank) for c in rates][:3] == [
        ("330502", 1),
        ("330521", 1),
        ("330523", 3),
    ]


def test_neither_the_city_nor_an_unranked_indicator_has_a_place(snapshot: Snapshot) -> None:
    assert reading(snapshot, "skill_promotions").rank is None
    assert {c.rank for c in _children(snapshot, "contest_promotion_rate")} == {None}


def test_children_of_a_county_are_its_towns_and_a_town_has_none(snapshot: Snapshot) -> None:
    slice = slices.parse({"district": "330521", "period": "2023-Q2"}, snapshot.info.data_date)
    found = children(snapshot, "skill_promotions", slice)
    assert [(c.slice.district.name, c.value) for c in found][:2] == [("武康街道", 2), ("乾元镇", 1)]
    assert len(found) == 13 and sum(c.value or 0 for c in found) == 3
    assert children(snapshot, "skill_promotions", slice.at(districts.get("330521101"))) == []


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_child_reads_the_same_as_its_own_page(snapshot: Snapshot, key: str) -> None:
    assert {c.slice.district.code: c for c in _children(snapshot, key)} == {
        code.code: reading(snapshot, key, code.code) for code in districts.children("330500")
    }


def test_a_reading_says_where_it_is_from(snapshot: Snapshot) -> None:
    found = reading(snapshot, "unions")
    assert (found.status, found.version, found.as_of) == ("demo", snapshot.version, date(2023, 6, 30))
