"""Builds that cannot be vouched for are refused in a sentence, and the published version stays."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl import build, checks, snapshot
from tests.warehouse_fixture import File, opened, write_batch, write_store

Breaking = Callable[[Path], object]


def _add(source: str, district: str, row: dict[str, str]) -> Breaking:
    return lambda root: write_batch(root, File(source, district, "2023-06-30", [row]))


CONTEST = {"contest_id": "J8", "name": "竞赛", "held_on": "2023-06-01", "level": "county", "entries": "7"}
VISIT = {
    "station_no": "S99",
    "month": "2023-06-30",
    "visits": "1",
    "count_method": "counter",
    "activities": "0",
}


@pytest.mark.parametrize(
    ("breaking", "sentence"),
    [
        (
            _add("contest", "330182", CONTEST | {"town": "330182001"}),
            "“竞赛”有1条记录不在湖州市，例如330182/contest-70.csv第3行的区划代码330182001",
        ),
        (_add("station_visit", "330502", VISIT), "“站点月报”有1条记录的站点编号在“服务站点”里找不到"),
    ],
    ids=["foreign town", "orphan"],
)
def test_wrong_records_refuse_the_build_and_the_old_version_stays(
    tmp_path: Path, breaking: Breaking, sentence: str
) -> None:
    write_store(tmp_path)
    first = build.build(tmp_path)
    breaking(tmp_path)
    with pytest.raises(build.BuildRefused, match=re.escape(sentence)):
        build.build(tmp_path)
    assert snapshot.current(tmp_path) == first.version
    with opened(tmp_path) as con:
        assert con.execute("SELECT version FROM info").fetchall() == [(first.version,)]


def test_a_store_that_lost_rows_refuses_the_build(tmp_path: Path) -> None:
    write_store(tmp_path)
    manifest = next((tmp_path / "store" / "batches").glob("000001-*.json"))
    manifest.write_text(manifest.read_text("utf-8").replace('"accepted": 3', '"accepted": 4'), "utf-8")
    with pytest.raises(build.BuildRefused, match=r"enterprise-1\.csv：登记接受4行，存储里有3行"):
        build.build(tmp_path)
    next((tmp_path / "store" / "enterprise").glob("000001-*")).unlink()
    with pytest.raises(build.BuildRefused, match=r"存储文件 store/enterprise/000001-\w+\.parquet 已不见了"):
        build.build(tmp_path)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE mart_contest SET entries = entries + 1 WHERE town = '330502001'", "mart_contest 的合计"),
        ("UPDATE fact_station SET mapped = 1 WHERE station_no = 'S6'", "mapped 大于 accepted"),
        (
            "UPDATE mart_enterprise SET coverage_split = 'none' WHERE coverage_split = 'both'",
            "覆盖企业的三部分",
        ),
        (
            "UPDATE mart_union SET day = DATE '2024-01-01' WHERE active > 0 AND town = '330521001'",
            "mart_union 的存量出现负数",
        ),
        ("UPDATE input SET rejected = rejected + 1 WHERE seq = 1", "加不起来"),
        ("UPDATE mart_visit SET town = '330182001'", "不属于本市的镇街330182001"),
    ],
)
def test_a_wrong_figure_in_the_finished_file_is_found(
    warehouse_root: Path, tmp_path: Path, change: str, sentence: str
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(snapshot.path_of(warehouse_root, snapshot.current(warehouse_root) or "").read_bytes())
    checks.published(copy)
    with duckdb.connect(str(copy)) as con:
        con.execute(change)
    with pytest.raises(build.BuildRefused, match=sentence):
        checks.published(copy)


def test_members_below_zero_are_a_warning(tmp_path: Path) -> None:
    """UD4 reports nine leaving three days before the first two hundred join."""
    write_store(tmp_path)
    row = {"union_id": "UD4", "event_on": "2023-05-12", "event": "leave", "group": "other", "persons": "9"}
    write_batch(tmp_path, File("member_event", "330521", "2023-06-30", [row]))
    report = build.build(tmp_path)
    assert (
        "提醒：镇街330521102的会员数自2023-05-12起出现负数（共1天），可能漏报了期初在册。" in report.messages
    )
