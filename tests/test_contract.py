"""The contract: each rule broken once, and the exact sentence the sender gets."""

from pathlib import Path

import pytest

from etl.check import check_files
from etl.sources import SOURCES
from tests.sending import OTHER_USCC, TODAY, row, send, told, verdict


@pytest.mark.parametrize("source", SOURCES)
def test_the_example_of_every_source_is_accepted(tmp_path: Path, source: str) -> None:
    judged = verdict(tmp_path, source, row(source))
    assert told(judged) == []
    assert (judged.read, judged.accepted, judged.rejected, judged.source) == (1, 1, 0, source)


def test_values_are_stored_as_codes_numbers_and_days(tmp_path: Path) -> None:
    judged = verdict(tmp_path, "station", row("station", facilities="微波炉;饮水机"))
    assert judged.rows is not None
    stored = judged.rows.to_pylist()[0]
    assert (stored["type"], stored["crs"], stored["open_24h"]) == ("benchmark", "gcj02", "no")
    assert (stored["facilities"], stored["area_m2"], stored["closed_on"]) == ("microwave;water", 35.0, None)
    assert (stored["opened_on"].isoformat(), stored["lon"]) == ("2022-06-18", 119.967)
    assert stored["lon_wgs84"] == pytest.approx(119.9622, abs=2e-4)
    assert (stored["_file"], stored["_sheet"], stored["_row"], stored["_status"]) == (
        "报送.csv",
        "",
        3,
        "reported",
    )


@pytest.mark.parametrize(
    ("source", "cells", "expected"),
    [
        ("training", {"name": ""}, "第3行“培训名称”没有填，这一列必填，应为500字以内的文字。"),
        ("training", {"form": "网上"}, "第3行“形式”填的是“网上”，应为下列之一：线下、线上。"),
        ("training", {"attendances": "0"}, "第3行“培训人次”填的是“0”，应为1到20000之间的整数。"),
        ("training", {"attendances": "12.5"}, "第3行“培训人次”填的是“12.5”，应为1到20000之间的整数。"),
        (
            "training",
            {"held_on": "2023-02-30"},
            "第3行“开班日期”填的是“2023-02-30”，应为日期，如2023-06-30。",
        ),
        (
            "training",
            {"held_on": "2023-07-01"},
            "第3行“开班日期”填的是“2023-07-01”，应为不晚于数据截至日（2023-06-30）的日期。",
        ),
        (
            "training",
            {"town": "330182100"},
            "第3行“镇街代码”填的是“330182100”，应为湖州市的9位镇街代码，如330521102。",
        ),
        (
            "training",
            {"town": "330522101"},
            "第3行“镇街代码”填的是“330522101”，应为德清县的记录（标题写明的区划）。",
        ),
        (
            "member_event",
            {"female": "37"},
            "第3行“其中女”填的是“37”，应为不大于“人数”的数。",
        ),
        (
            "enterprise",
            {"uscc": "91330500MA28C0000X"},
            "第3行“统一社会信用代码”填的是“91330500MA28C0000X”，应为18位统一社会信用代码，末位校验码须正确。",
        ),
        (
            "enterprise",
            {"closed_on": "2023-05-01"},
            "第3行“退出原因”没有填，“注销迁出日期”填了时必填，应为下列之一：注销、迁出。",
        ),
        (
            "enterprise",
            {"exit": "迁出"},
            "第3行“注销迁出日期”没有填，“退出原因”填了时必填，应为日期，如2023-06-30。",
        ),
        (
            "enterprise",
            {"above_scale_years": "22年"},
            "第3行“规上年度”填的是“22年”，应为四位年度，多个用顿号隔开，如2022、2023。",
        ),
        (
            "clearance_ledger",
            {"closed_on": "2023-05-01"},
            "第3行“销号原因”没有填，“销号日期”填了时必填，应为下列之一：已建会、被覆盖、注销迁出、不足人数。",
        ),
        (
            "union",
            {"uscc": ""},
            "第3行“统一社会信用代码”没有填，“组织类型”为“单独基层工会”时必填，应为18位统一社会信用代码，末位校验码须正确。",
        ),
        (
            "contract",
            {"uscc": ""},
            "第3行“统一社会信用代码”没有填，“合同范围”为“企业”时必填，应为18位统一社会信用代码，末位校验码须正确。",
        ),
        (
            "contract",
            {"signed_on": "2023-03-14"},
            "第3行“签字日期”填的是“2023-03-14”，应为不早于前面各步（“职代会日期”等）的日期。",
        ),
        (
            "contract",
            {"congress_on": "", "signed_on": "2023-02-28"},
            "第3行“签字日期”填的是“2023-02-28”，应为不早于前面各步（“职代会日期”等）的日期。",
        ),
        (
            "station",
            {"accepted_on": "2022-06-17"},
            "第3行“验收日期”填的是“2022-06-17”，应为不早于“启用日期”的日期。",
        ),
        (
            "station_visit",
            {"month": "2023-07"},
            "第3行“月份”填的是“2023-07”，应为不晚于数据截至日（2023-06-30）的日期。",
        ),
        ("station_visit", {"month": "2023"}, "第3行“月份”填的是“2023”，应为月份，如2023-06。"),
        (
            "station",
            {"lon": "120.60"},
            "第3行“经度”填的是“120.60”，应为德清县境内的坐标（按所填坐标系换算后），请核对经纬度与坐标系。",
        ),
        ("target", {"plan_05": "30"}, "第3行“4月末计划%”填的是“33”，应为不大于“5月末计划%”的数。"),
        ("target", {"plan_12": "1"}, "第3行“12月末计划%”填的是“1”，应为等于100的数。"),
        (
            "target",
            {"indicator": "技能晋升"},
            "第3行“指标”填的是“技能晋升”，应为指标目录中的名称或代码，见“口径与来源”。",
        ),
        (
            "certificate",
            {"person_key": "张三"},
            "第3行“人员标识”填的是“（内容略）”，应为64位十六进制散列值（0-9、a-f），在外部生成。",
        ),
    ],
)
def test_a_broken_rule_is_told_with_row_column_found_and_expected(
    tmp_path: Path, source: str, cells: dict[str, str], expected: str
) -> None:
    judged = verdict(tmp_path, source, row(source, **cells))
    assert expected in told(judged)
    assert (judged.read, judged.accepted, judged.rejected) == (1, 0, 1)


def test_all_violations_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    rows = [row("training", training_id=f"PX-{i}") for i in range(3)]
    rows[0] |= {"form": "网上", "attendances": "很多"}
    rows[2] |= {"town": "1"}
    judged = verdict(tmp_path, "training", *rows)
    assert [(s.row, s.column, s.found) for s in judged.sentences] == [
        (3, "形式", "网上"),
        (3, "培训人次", "很多"),
        (5, "镇街代码", "1"),
    ]
    assert (judged.read, judged.accepted, judged.rejected) == (3, 1, 2)


def test_of_two_identical_rows_the_later_is_rejected(tmp_path: Path) -> None:
    twin = row("training", held_on="2023/4/10")
    judged = verdict(tmp_path, "training", row("training"), row("training", training_id="PX-2"), twin)
    assert told(judged) == [
        "第5行“培训编号”填的是“PX330521-0001”，应为没有重复的行（“培训编号”与第3行完全相同）。"
    ]
    assert judged.accepted == 2


def test_rows_that_conflict_under_one_key_are_all_rejected(tmp_path: Path) -> None:
    other = row("training", training_id="PX-2")
    judged = verdict(tmp_path, "training", row("training"), other, row("training", attendances="121"))
    assert [(s.row, s.expected) for s in judged.sentences] == [
        (3, "唯一的“培训编号”（与第5行冲突，只保留正确的一行）"),
        (5, "唯一的“培训编号”（与第3行冲突，只保留正确的一行）"),
    ]
    assert (judged.accepted, judged.rejected) == (1, 2)


def test_a_key_of_several_columns_repeats_only_when_all_of_them_do(tmp_path: Path) -> None:
    rows = [row("member_event"), row("member_event", event="退会"), row("member_event", group="其他职工")]
    assert verdict(tmp_path, "member_event", *rows).accepted == 3


def test_a_reference_to_an_unknown_record_waits_for_it(tmp_path: Path) -> None:
    judged = verdict(
        tmp_path, "contract_coverage", row("contract_coverage", contract_id="HT-9", uscc=OTHER_USCC)
    )
    assert [(s.column, s.expected) for s in judged.sentences] == [
        ("合同标识", "已报送并接受的“集体合同”中有的合同标识"),
        ("统一社会信用代码", "已报送并接受的“企业”中有的统一社会信用代码"),
    ]
    assert judged.waiting == 1


def test_reported_records_may_not_refer_to_demonstration_records(tmp_path: Path) -> None:
    demo = "【演示数据】德清县 · 数据截至2023-06-30"
    files = [
        send(tmp_path / "企业.csv", "enterprise", row("enterprise"), title=demo),
        send(tmp_path / "工会.csv", "union", row("union")),
    ]
    enterprise, union = check_files(tmp_path / "none", files, TODAY)
    assert (enterprise.status, enterprise.accepted) == ("demo", 1)
    assert (union.status, union.accepted, union.waiting) == ("reported", 0, 1)


def test_rows_without_a_town_lie_where_the_record_they_refer_to_lies(tmp_path: Path) -> None:
    judged = verdict(tmp_path, "station_visit", row("station_visit"), title="长兴县 · 数据截至2023-06-30")
    assert told(judged) == ["第3行“站点编号”填的是“ZD330521-001”，应为长兴县的记录（标题写明的区划）。"]


def test_a_city_title_admits_all_its_counties(tmp_path: Path) -> None:
    judged = verdict(
        tmp_path, "training", row("training", town="330522101"), title="湖州市 · 数据截至2023-06-30"
    )
    assert (judged.district, judged.accepted) == ("330500", 1)


def test_without_a_title_the_latest_date_is_the_data_date(tmp_path: Path) -> None:
    rows = [
        row("training", training_id=str(i), held_on=day) for i, day in enumerate(("2023.2.1", "20230315"))
    ]
    judged = verdict(tmp_path, "training", *rows, title="")
    assert (judged.as_of, judged.district, judged.status) == ("2023-03-15", None, "reported")


def test_an_event_in_the_future_is_rejected_without_a_title_too(tmp_path: Path) -> None:
    late = row("training", training_id="PX-2", held_on="2023-07-02")
    judged = verdict(tmp_path, "training", row("training"), late, title="")
    assert (judged.as_of, judged.accepted, judged.sentences[0].row) == ("2023-04-10", 1, 4)


def test_an_agreed_end_may_lie_ahead(tmp_path: Path) -> None:
    assert verdict(tmp_path, "contract", row("contract", ends_on="2026-04-06")).accepted == 1


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("contract", {"replied_on": "2023-02-06"}),
        ("member_event", {"female": "36"}),
        ("station_visit", {"month": "2023年6月"}),
        ("training", {"held_on": "2023-06-15"}),
    ],
)
def test_what_just_holds_is_accepted(tmp_path: Path, source: str, cells: dict[str, str]) -> None:
    """Answered on the day of the offer, all of them women, a month under way, the data date itself."""
    judged = verdict(tmp_path, source, row(source, **cells), title="德清县 · 数据截至2023-06-15")
    assert (told(judged), judged.accepted) == ([], 1)
