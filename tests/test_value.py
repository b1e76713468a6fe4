"""The command line tells what the cards show."""

import json
from pathlib import Path

import pytest

from cockpit import slices
from cockpit.indicators import CATALOGUE, UnknownIndicator
from cockpit.reading import readings
from cockpit.slices import BadSlice
from cockpit.value import render, value
from cockpit.warehouse import NoData, Warehouse

KEYS = (
    "indicator name unit district district_name period start end value numerator denominator reason previous "
    "change year_ago year_change target done plan gap lamp rank siblings rank_change rank_basis as_of stale "
    "version status"
)


CASES = [(key, "330521") for key in CATALOGUE] + [("unions", "330500"), ("unions", "330521101")]


@pytest.mark.parametrize(("key", "district"), CASES)
def test_it_is_the_reading_of_the_card(warehouse_root: Path, key: str, district: str) -> None:
    told = value(warehouse_root, key, district, "2023-Q2")
    snapshot = Warehouse(warehouse_root).snapshot()
    slice = slices.parse({"district": district, "period": "2023-Q2"}, snapshot.info.data_date)
    card = readings(snapshot, [key], slice)[key]
    assert set(KEYS.split()) <= set(told) and "rows" not in told
    shared = set(told) & set(vars(card)) - {"indicator", "as_of"}
    assert len(shared) > 20
    assert {name: told[name] for name in shared} == {name: getattr(card, name) for name in shared}
    assert told["as_of"] == (card.as_of.isoformat() if card.as_of else None)
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_defaults_are_the_city_and_the_half_year_of_the_data(warehouse_root: Path) -> None:
    told = value(warehouse_root, "unions")
    assert (told["district"], told["period"], told["start"], told["end"]) == (
        *("330500", "2023-H1"),
        *("2023-01-01", "2023-06-30"),
    )


def test_rows_by_breakdown_district_and_month(warehouse_root: Path) -> None:
    split = value(warehouse_root, "unions_new", None, "2023-Q2", "method")["rows"]
    assert [(row["label"], row["value"]) for row in split] == [
        *(("单独组建", 0), ("区域联建", 1), ("行业统建", 1), ("兜底建", 1), ("党群共建", 1)),
    ]
    below = value(warehouse_root, "skill_promotions", None, "2023-Q2", "district")["rows"]
    assert [(row["district"], row["value"], row["rank"]) for row in below][:2] == [
        ("330521", 3, 1),
        ("330502", 2, 2),
    ]
    months = value(warehouse_root, "training_sessions", "330521", "2023-Q2", "month")["rows"]
    assert (len(months), months[-1]["month"], months[-1]["value"]) == (18, "2023-06-30", 1)
    missing = value(warehouse_root, "union_rate_25", None, "2023-Q2", "ownership")
    assert json.loads(json.dumps(missing, allow_nan=False))["rows"][3]["value"] is None


def test_wrong_arguments_are_told_apart_from_missing_data(warehouse_root: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownIndicator):
        value(tmp_path, "unoins")
    with pytest.raises(BadSlice, match="没有代码为“330182”的区划"):
        value(warehouse_root, "unions", "330182")
    with pytest.raises(BadSlice, match="不按“channel”统计"):
        value(warehouse_root, "unions", by="channel")
    with pytest.raises(NoData, match="还没有发布过数据"):
        value(tmp_path, "unions")


def test_what_is_printed_is_aligned_and_complete(warehouse_root: Path) -> None:
    told = value(warehouse_root, "skill_promotions", "330521", "2023-Q2", "channel")
    assert render({**told, "version": "20230630-0123456789"}).splitlines() == [
        "指标        技能晋级人次（skill_promotions）",
        "区划        德清县（330521）",
        "周期        2023-Q2（2023-04-01至2023-06-30）",
        "数值        3人次",
        "分子        3",
        "分母        —",
        "上期        0人次（对比期不大于零，不算百分比）",
        "环比        —",
        "去年同期    0人次（对比期不大于零，不算百分比）",
        "同比        —",
        "目标        10人次（工会工作要点）",
        "完成        30.0%",
        "计划        40.0%",
        "序时进度差  −10.0个百分点",
        "亮灯        黄灯（完成30.0%，落后计划10.0个百分点）",
        "位次        第1名（共5个，按数值），比上期持平",
        "数据截至    2023-06-30",
        "版本        20230630-0123456789",
        "状态        演示数据",
        "",
        "代码        分组      分子  分母  数值",
        "contest     竞赛      2     —     2",
        "training    培训      0     —     0",
        "assessment  自主评价  1     —     1",
    ]


def test_a_missing_figure_is_printed_with_its_reason(warehouse_root: Path) -> None:
    lines = render(value(warehouse_root, "training_sessions")).splitlines()
    assert lines[3] == "数值        —（未收到安吉县的培训数据）"
    assert lines[16] == "数据截至    —"
