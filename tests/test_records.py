"""Breakdowns, series and the records behind a number all add up to the card."""

from datetime import date
from pathlib import Path

import pytest

from cockpit import slices
from cockpit.indicators import BREAKDOWNS, CATALOGUE
from cockpit.labels import COUNTED
from cockpit.reading import breakdown, readings, series, untold
from cockpit.records import Side, records, tally
from cockpit.slices import BadSlice, Slice
from cockpit.warehouse import Snapshot, Warehouse

DISTRICTS = ("330500", "330502", "330521", "330523", "330521101")
PERIODS = ("2023-Q2", "2023-06-01..2023-06-19", "2022")


@pytest.fixture(scope="module")
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


def sliced(snapshot: Snapshot, district: str = "330500", period: str = "2023-Q2", **filters: str) -> Slice:
    return slices.parse({"district": district, "period": period, **filters}, snapshot.info.data_date)


def every_slice(snapshot: Snapshot, key: str) -> list[Slice]:
    """Every district and period, and the city with each code of each breakdown."""
    indicator = CATALOGUE[key]
    whole = {indicator.only_by: next(iter(BREAKDOWNS[indicator.only_by][1]))} if indicator.only_by else {}
    slices = [sliced(snapshot, district, period, **whole) for district in DISTRICTS for period in PERIODS]
    pairs = [(by, code) for by in indicator.breakdowns for code in BREAKDOWNS[by][1]]
    return slices + [sliced(snapshot, **{**whole, by: code}) for by, code in pairs]


@pytest.mark.parametrize("side", ["numerator", "denominator"])
@pytest.mark.parametrize("key", CATALOGUE)
def test_the_records_add_up_to_the_card(snapshot: Snapshot, key: str, side: Side) -> None:
    told = 0
    for slice in every_slice(snapshot, key):
        reading = readings(snapshot, [key], slice)[key]
        counted = (
            reading.numerator
            if side == "numerator" or not reading.indicator.is_ratio
            else reading.denominator
        )
        frame = records(snapshot, key, slice, side)
        if CATALOGUE[key].guarded(slice.filters):
            assert frame.empty  # tests/test_small_groups.py
            continue
        assert frame[COUNTED].sum() == (counted or 0), slice.label()
        assert 0 not in set(frame[COUNTED])
        assert tally(snapshot, key, slice, side) == (len(frame), frame[COUNTED].sum())
        assert records(snapshot, key, slice, side, 2).equals(frame.head(2))
        told += len(frame)
    assert told > 0 or CATALOGUE[key].guarded()


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_parts_of_a_breakdown_add_up_to_the_card(snapshot: Snapshot, key: str) -> None:
    indicator = CATALOGUE[key]
    for by in (b for b in indicator.breakdowns if indicator.only_by in ("", b)):
        for slice in (sliced(snapshot, district) for district in DISTRICTS):
            frame = breakdown(snapshot, key, slice, by)
            reading = readings(snapshot, [key], slice)[key]
            if indicator.only_by:
                chosen = [
                    readings(snapshot, [key], sliced(snapshot, slice.district.code, **{by: c}))[key]
                    for c in frame["code"]
                ]
                assert list(frame["numerator"]) == [c.numerator for c in chosen]
            elif reading.numerator is None or untold(snapshot, key, slice, by):
                assert frame.empty
            else:
                assert frame["numerator"].sum() == reading.numerator
                assert not indicator.is_ratio or frame["denominator"].sum() == reading.denominator


def test_coverage_falls_into_three_parts(snapshot: Snapshot) -> None:
    frame = breakdown(snapshot, "enterprises_covered", sliced(snapshot), "coverage_split")
    assert frame[["code", "label", "value"]].values.tolist() == [
        ["single", "仅单签", 1],  # A1
        ["area", "仅区域行业", 5],  # W2 D1 D2 D3 D4
        ["both", "两者都有", 1],  # W1
    ]


def test_a_part_that_is_filtered_stands_alone(snapshot: Snapshot) -> None:
    frame = breakdown(snapshot, "unions_new", sliced(snapshot, method="area"), "method")
    assert frame[["code", "value"]].values.tolist() == [["area", 1]]
    split = breakdown(snapshot, "unions_new", sliced(snapshot, method="area"), "nef")
    assert split[["code", "value"]].values.tolist() == [["yes", 0], ["no", 1]]


def test_a_rate_of_a_part_without_denominator_is_missing(snapshot: Snapshot) -> None:
    frame = breakdown(snapshot, "union_rate_25", sliced(snapshot), "ownership").set_index("code")
    assert frame["value"]["private"] == 80
    assert frame.loc["hmt", ["numerator", "denominator"]].tolist() == [0, 0]
    assert frame["value"].isna()["hmt"]


def test_an_unknown_breakdown_is_refused_with_the_known_ones(snapshot: Snapshot) -> None:
    with pytest.raises(BadSlice, match=r"“培训期数”不按“channel”统计。可用的分组：form\(培训形式\)。"):
        breakdown(snapshot, "training_sessions", sliced(snapshot, "330521"), "channel")


def test_a_series_has_flows_of_months_and_stocks_at_their_ends(snapshot: Snapshot) -> None:
    ends = [date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)]
    flow = series(snapshot, "skill_promotions", sliced(snapshot), months=4)
    assert (list(flow["month"]), list(flow["value"])) == (ends, [0, 1, 3, 2])
    assert list(series(snapshot, "stations_open", sliced(snapshot), months=4)["value"]) == [3, 4, 3, 4]
    assert list(series(snapshot, "skill_promoted_persons", sliced(snapshot), months=4)["value"]) == [
        0,
        1,
        3,
        4,
    ]
    rate = series(snapshot, "union_rate_100", sliced(snapshot, "330521"), months=4)
    assert list(rate["denominator"]) == [2, 2, 2, 2]


def test_a_series_ends_with_the_slice_and_is_cut_at_the_data(snapshot: Snapshot) -> None:
    week = series(snapshot, "stations_open", sliced(snapshot, period="2023-W22"), months=2)
    assert list(week["month"]) == [date(2023, 5, 31), date(2023, 6, 4)]
    assert len(series(snapshot, "stations_open", sliced(snapshot))) == 18


def test_a_month_in_progress_ends_at_the_data_date(warehouse_root: Path) -> None:
    snapshot = Warehouse(warehouse_root).snapshot()
    snapshot.states["certificate", "330502"] = date(2023, 6, 19)
    found = series(snapshot, "skill_promotions", sliced(snapshot), months=2)
    assert list(found["month"]) == [date(2023, 5, 31), date(2023, 6, 19)]
    assert list(found["value"]) == [3, 1]  # C11 is of 30 June


def test_a_series_tells_why_a_month_is_missing(snapshot: Snapshot) -> None:
    early = series(snapshot, "unions_new", sliced(snapshot, period="2021-01"), months=2)
    assert early["value"].isna().tolist() == [True, False]
    assert early["reason"].tolist()[0] == "2021-01-01之前没有完整记录"
    assert set(series(snapshot, "training_sessions", sliced(snapshot))["reason"]) == {
        "未收到安吉县的培训数据"
    }
    assert set(series(snapshot, "contest_entries", sliced(snapshot, nef="yes"))["reason"]) == {
        "不按新业态统计"
    }


def test_records_are_told_in_chinese_with_their_origin(snapshot: Snapshot) -> None:
    frame = records(snapshot, "skill_promotions", sliced(snapshot, "330521"))
    assert list(frame.columns) == [
        *("区县", "镇街", "发证日期", "镇街代码", "取得渠道", "晋升等级", "行业", "评价机构"),
        *("证书编号", "职业名称", "原等级", "文件", "工作表", "行号", "计入"),
    ]
    assert frame["证书编号"].tolist() == ["C03", "C06", "C07"]  # newest first
    assert frame.loc[0, ["镇街", "取得渠道", "晋升等级", "原等级", "行业"]].tolist() == [
        *("乾元镇", "自主评价", "高级工", "中级工", "制造业"),
    ]
    assert frame.loc[0, "发证日期"] == date(2023, 6, 5)


def test_several_codes_and_empty_reasons_are_told_in_words(snapshot: Snapshot) -> None:
    stations = records(snapshot, "stations_open", sliced(snapshot, "330502")).set_index("站点编号")
    assert stations.loc["S1", ["设施", "高德上图", "百度上图"]].tolist() == ["微波炉、饮水机", "是", "否"]
    ledger = records(snapshot, "clearance_baseline", sliced(snapshot, "330523")).set_index("台账编号")
    assert (ledger.loc["L2", "销号原因"], ledger.loc["L2", "销号日期"]) == ("", date(2023, 6, 30))


def test_no_person_can_be_found_in_the_records(snapshot: Snapshot) -> None:
    for key in CATALOGUE:
        frame = records(snapshot, key, every_slice(snapshot, key)[-1])
        assert not {"p1", "p2", "p3", "p4", "p5"} & {str(cell) for cell in frame.to_numpy().ravel()}


def test_there_are_no_records_behind_a_figure_that_is_not_shown(snapshot: Snapshot) -> None:
    frame = records(snapshot, "training_sessions", sliced(snapshot))
    assert frame.empty and "开班日期" in frame.columns
    assert records(snapshot, "contest_entries", sliced(snapshot, channel="contest")).empty
