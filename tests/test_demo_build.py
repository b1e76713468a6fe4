"""Demonstration files through the whole ETL: counts as published, every mistake seen."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.build import build
from etl.demo import faults, write_inbox
from etl.demo.world import COUNTIES
from etl.sources import SOURCES

REPO = Path(__file__).resolve().parents[1]
FLOW = "SELECT SUM({}) FROM mart_{} WHERE day BETWEEN DATE '2023-01-01' AND DATE '2023-06-30'"
STOCK = "SELECT SUM({}) FROM mart_{} WHERE day <= DATE '2023-06-30'"
NEF = " AND nef = 'yes'"
# Id of the published figure -> how the warehouse counts it.
COUNTED = {
    "S4-004": FLOW.format("events", "contest"),
    "S4-005": FLOW.format("entries", "contest"),
    "S4-011": FLOW.format("promotions", "certificate"),
    "S4-016": STOCK.format("nengji", "enterprise"),
    "S4-017": STOCK.format("nengji_workers", "enterprise"),
    "S4-019": FLOW.format("created", "union_new"),
    "S4-020": FLOW.format("joined", "member"),
    "S4-022": FLOW.format("created", "union_new") + NEF,
    "S4-023": FLOW.format("nef_joined", "member"),
    "S4-027": FLOW.format("opened", "station_new") + NEF,
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    root = tmp_path_factory.mktemp("data")
    write_inbox(root / "inbox")
    version = build(root).version
    connection = duckdb.connect(str(root / "published" / f"cockpit-{version}.duckdb"), read_only=True)
    yield connection
    connection.close()


def published() -> dict[str, float]:
    with (REPO / "data/reference/published_figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: float(row["value"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("figure", COUNTED)
def test_count_from_accepted_records_is_the_published_figure(
    warehouse: duckdb.DuckDBPyConnection, figure: str
) -> None:
    assert warehouse.execute(COUNTED[figure]).fetchone() == (published()[figure],)


def test_exactly_the_known_faults_are_rejected(warehouse: duckdb.DuckDBPyConnection) -> None:
    known: dict[tuple[str, str], int] = {}
    for fault in faults.FAULTS:
        place = COUNTIES[fault.county]
        known[place, fault.source] = known.get((place, fault.source), 0) + fault.rows
    rows = warehouse.execute("SELECT file, source, rejected FROM input WHERE rejected > 0").fetchall()
    assert {(file.split("/")[1], source): rejected for file, source, rejected in rows} == known


def test_each_fault_is_found_in_the_column_that_is_wrong(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("SELECT DISTINCT source, column_label FROM rejection").fetchall()
    wrong = {(SOURCES[source].label, label) for source, label in rows if source}
    assert wrong >= {
        ("企业", "统一社会信用代码"),
        ("企业", "企业名称"),
        ("工会", "统一社会信用代码"),
        ("技能证书", "技能等级"),
        ("培训", "镇街代码"),
        ("会员变动", "人数"),
        ("集体合同", "签字日期"),
        ("合同覆盖", "合同标识"),
        ("服务站点", "经度"),
        ("站点月报", "站点编号"),
    }


def test_two_files_are_refused_whole_and_the_number_is_not_repeated(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    refused = warehouse.execute("SELECT file FROM input WHERE refused ORDER BY file").fetchall()
    assert [file for (file,) in refused] == sorted(f"demo/{name}" for name in faults.REFUSED)
    told = warehouse.execute("SELECT message FROM rejection").fetchall()
    assert told and not any("13000000000" in message for (message,) in told)


def test_corrected_contests_count_with_their_corrected_entries(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = warehouse.execute(
        "SELECT COUNT(*), MAX(entries) FROM fact_contest WHERE file LIKE '%_更正.xlsx'"
    ).fetchone()
    first = warehouse.execute("SELECT MAX(entries) FROM fact_contest").fetchone()
    assert rows is not None and rows[0] == faults.CORRECTED_ROWS
    assert first is not None and first[0] < 300  # typed first: some hundreds more


def test_everything_is_marked_as_demonstration_and_one_report_is_behind(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert warehouse.execute("SELECT status, data_date::VARCHAR FROM info").fetchone() == (
        "demo",
        "2023-06-30",
    )
    behind = warehouse.execute(
        "SELECT source, county, as_of::VARCHAR FROM source_state "
        "WHERE as_of < DATE '2023-06-30' ORDER BY source"
    ).fetchall()
    assert behind == [("station_visit", "330503", "2023-03-31"), ("training", "330522", "2023-05-31")]
