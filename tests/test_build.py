"""Store -> published snapshot: what takes part, what is refused, the same inputs giving the same content."""

import json
import os
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import arrivals, build, inputs, ledger, snapshot
from etl.sources import SOURCES
from tests.warehouse_fixture import HAND, File, opened, parsed, write_batch, write_store

Warehouse = duckdb.DuckDBPyConnection


def _tables(con: Warehouse) -> list[str]:
    return [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]


def _one(con: Warehouse, query: str) -> Any:
    return con.execute(query).fetchall()[0][0]


def _rows(source: str, district: str) -> list[dict[str, str]]:
    files = parsed(source, (HAND / f"{source}.txt").read_text("utf-8"))
    return [row for file in files if file.district == district for row in file.rows]


def test_two_builds_of_the_same_inputs_are_equal_in_every_table(tmp_path: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        write_store(root)
        build.build(root)
    versions = [snapshot.current(root) for root in roots]
    assert versions[0] == versions[1]
    with opened(roots[0]) as con:
        con.execute(f"ATTACH '{snapshot.path_of(roots[1], str(versions[1]))}' AS other (READ_ONLY)")
        for table in _tables(con):
            columns = "* EXCLUDE (built_at)" if table == "info" else "*"
            for here, there in (("main", "other"), ("other", "main")):
                first, second = ((f"{d}.main" if d == "other" else d) + f".{table}" for d in (here, there))
                query = f"SELECT {columns} FROM {first} EXCEPT ALL SELECT {columns} FROM {second}"
                assert con.execute(query).fetchall() == [], table


def test_the_same_inputs_publish_nothing_new(tmp_path: Path) -> None:
    write_store(tmp_path)
    assert build.needs_build(tmp_path)
    first = build.build(tmp_path)
    assert first.changed
    assert first.version.startswith("20230630-")
    assert not build.needs_build(tmp_path)
    second = build.build(tmp_path)
    assert not second.changed
    assert second.version == first.version
    assert second.messages[-1] == f"没有变化，仍是版本 {first.version}。"


@pytest.mark.parametrize("spoilt", [b"", b"no database", None])
def test_a_spoilt_snapshot_is_built_anew(tmp_path: Path, spoilt: bytes | None) -> None:
    """Emptied, overwritten, or cut in half so that it still opens: the next build puts the version back."""
    write_store(tmp_path)
    version = build.build(tmp_path).version
    path = snapshot.path_of(tmp_path, version)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if spoilt is None else spoilt)
    assert build.needs_build(tmp_path)
    report = build.build(tmp_path)
    assert (report.version, report.changed) == (version, True)
    with opened(tmp_path) as con:
        assert _one(con, "SELECT COUNT(*) FROM fact_station") > 0


def test_a_new_batch_makes_a_new_version(tmp_path: Path) -> None:
    write_store(tmp_path)
    first = build.build(tmp_path)
    row = {"contest_id": "J9", "name": "叉车竞赛", "town": "330523001", "held_on": "2023-06-01"}
    write_batch(
        tmp_path, File("contest", "330523", "2023-06-30", [row | {"level": "county", "entries": "7"}])
    )
    assert build.needs_build(tmp_path)
    assert build.build(tmp_path).version != first.version
    with opened(tmp_path) as con:
        assert _one(con, "SELECT SUM(entries) FROM mart_contest WHERE town = '330523001'") == 7


def test_when_a_file_was_received_does_not_matter(tmp_path: Path) -> None:
    write_store(tmp_path)
    before = inputs.gather(tmp_path).version
    for path in (tmp_path / "store" / "batches").iterdir():
        path.write_text(path.read_text("utf-8").replace("2023-07-01T", "2024-01-01T"), "utf-8")
    assert inputs.gather(tmp_path).version == before


def test_a_changed_inbox_needs_a_build_and_an_unchanged_one_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "SETTLED", 0)
    write_store(tmp_path)
    (tmp_path / "inbox").mkdir()
    sent = tmp_path / "inbox" / "说明.csv"
    sent.write_text("甲,乙\n1,2\n", "utf-8")
    report = build.build(tmp_path)
    assert "说明.csv：整份未收。" in report.messages
    with monkeypatch.context() as blind:
        blind.setattr(arrivals, "hashlib", None)
        assert not build.needs_build(tmp_path)
    os.utime(sent, ns=(1, 1))
    assert not build.needs_build(tmp_path)  # read again, the content is known
    sent.write_text("甲,乙\n1,3\n", "utf-8")
    assert build.needs_build(tmp_path)


def test_what_is_named_like_a_file_but_is_none_is_left_aside(tmp_path: Path) -> None:
    """A link that leads nowhere, a folder called 旧表.csv."""
    write_store(tmp_path)
    (tmp_path / "inbox" / "旧表.csv").mkdir(parents=True)
    (tmp_path / "inbox" / "断.csv").symlink_to(tmp_path / "gone.csv")
    build.build(tmp_path)
    assert not build.needs_build(tmp_path)


def test_info_tells_the_clock_of_demonstration_data(hand: Warehouse) -> None:
    info = hand.execute("SELECT status, data_date, clock_date, complete_since FROM info").fetchall()
    assert info == [("demo", date(2023, 6, 30), date(2023, 6, 30), date(2021, 1, 1))]


def test_reported_records_drive_demonstration_records_out(tmp_path: Path) -> None:
    write_store(tmp_path)
    row = {"contest_id": "J1", "name": "焊工竞赛", "town": "330502001", "held_on": "2023-07-05"}
    sent = File(
        "contest", "330502", "2023-07-31", [row | {"level": "city", "entries": "40"}], status="reported"
    )
    write_batch(tmp_path, sent)
    report = build.build(tmp_path)
    assert report.messages[0].startswith("已有上报数据，")
    assert [(s.source, s.read, s.accepted) for s in report.sources] == [("contest", 1, 1)]
    with opened(tmp_path) as con:
        assert _one(con, "SELECT status FROM info") == "reported"
        assert _one(con, "SELECT data_date FROM info") == date(2023, 7, 31)
        assert con.execute("SELECT source, county, rows FROM source_state").fetchall() == [
            ("contest", "330502", 1)
        ]
        assert con.execute("SELECT contest_id, entries FROM fact_contest").fetchall() == [("J1", 40)]
        assert _one(con, "SELECT COUNT(*) FROM fact_enterprise") == 0
        assert con.execute("SELECT status, refused FROM input ORDER BY seq").fetchall() == [
            *(("demo", True), ("reported", False)),
        ]


def test_a_corrected_row_supersedes_the_earlier_one(hand: Warehouse) -> None:
    """C12 came as 高级工 and was corrected to 初级工: one record, from the later file."""
    rows = hand.execute(
        "SELECT to_level, file, row_no FROM fact_certificate WHERE certificate_no = 'C12'"
    ).fetchall()
    assert [(level, row) for level, _, row in rows] == [("junior", 4)]
    assert rows[0][1] == _one(hand, "SELECT file FROM input WHERE source = 'certificate' AND accepted = 2")


def test_source_state_tells_zero_from_never(hand: Warehouse) -> None:
    state = dict(
        ((source, county), rows)
        for source, county, rows in hand.execute("SELECT source, county, rows FROM source_state").fetchall()
    )
    assert state["contest", "330523"] == 0  # an empty file
    assert ("training", "330523") not in state  # never a file
    assert state["certificate", "330523"] == 5  # six rows, one superseded
    assert {key: n for key, n in state.items() if key[0] == "union_coverage" and n} == {
        ("union_coverage", "330502"): 2,
        ("union_coverage", "330521"): 4,
    }
    assert {county for source, county in state if source == "target"} >= {
        "330500",
        "330502",
        "330521",
        "330523",
    }


def test_source_state_tells_how_fresh_each_county_is(tmp_path: Path) -> None:
    for district, as_of in (("330502", "2023-03-31"), ("330521", "2023-06-30")):
        write_batch(tmp_path, File("station", district, as_of, _rows("station", district)))
    write_batch(tmp_path, File("station_visit", "330502", "2023-05-31", _rows("station_visit", "330502")))
    build.build(tmp_path)
    with opened(tmp_path) as con:
        assert con.execute(
            "SELECT source, county, rows, as_of FROM source_state ORDER BY ALL"
        ).fetchall() == [
            ("station", "330502", 2, date(2023, 3, 31)),
            ("station", "330521", 3, date(2023, 6, 30)),
            ("station_visit", "330502", 4, date(2023, 5, 31)),
        ]


def test_rejections_keep_their_place(hand: Warehouse) -> None:
    told = hand.execute(
        "SELECT r.source, r.row_no, r.column_label, r.found, i.refused "
        "FROM rejection r JOIN input i USING (seq) ORDER BY r.seq"
    ).fetchall()
    assert told == [("station_check", 6, "检查日期", "2023-13-01", False), (None, None, "", "", True)]
    assert _one(hand, "SELECT COUNT(*) FROM input WHERE read <> accepted + rejected") == 0


def test_a_file_judged_again_counts_once(tmp_path: Path) -> None:
    """The first verdict and its rejections give way to the later one on the same content."""
    rows = _rows("station_visit", "330502")
    write_batch(tmp_path, File("station", "330502", "2023-06-30", _rows("station", "330502")[:1]))
    early = write_batch(
        tmp_path, File("station_visit", "330502", "2023-06-30", rows[:3], [["6", "站点编号", "S2", "x"]])
    )
    write_batch(tmp_path, File("station", "330502", "2023-06-30", _rows("station", "330502")))
    late = write_batch(tmp_path, File("station_visit", "330502", "2023-06-30", rows))
    _same_content(tmp_path, early, late)
    report = build.build(tmp_path)
    visits = next(total for total in report.sources if total.source == "station_visit")
    assert (visits.files, visits.read, visits.accepted, visits.rejected) == (1, 4, 4, 0)
    with opened(tmp_path) as con:
        assert _one(con, "SELECT SUM(visits) FROM mart_visit") == 2770
        assert _one(con, "SELECT COUNT(*) FROM rejection") == 0


def _same_content(root: Path, early: int, late: int) -> None:
    batches = {batch.seq: batch for batch in ledger.batches(root)}
    old, new = batches[late], replace(batches[late], sha256=batches[early].sha256)
    folder = root / "store" / "batches"
    manifest = json.loads((folder / f"{old.name}.json").read_text("utf-8")) | {"sha256": new.sha256}
    (folder / f"{old.name}.json").unlink()
    (folder / f"{new.name}.json").write_text(json.dumps(manifest), "utf-8")
    rows = root / "store" / str(old.source)
    (rows / f"{old.name}.parquet").rename(rows / f"{new.name}.parquet")


def test_no_person_leaves_the_store(warehouse_root: Path, hand: Warehouse) -> None:
    columns = {name for (name,) in hand.execute("SELECT column_name FROM duckdb_columns()").fetchall()}
    assert not {name for name in columns if "person_key" in name}
    assert not [name for name in _tables(hand) if name.startswith(("src_", "code_"))]


def test_configuration_is_complete() -> None:
    site = tomllib.loads((inputs.REFERENCE / "site.toml").read_text("utf-8"))
    assert set(site) == {"title", "root", "complete_since", "map_approval"}
    lamps = tomllib.loads((inputs.REFERENCE / "lamps.toml").read_text("utf-8"))
    assert (lamps["green_from"], lamps["yellow_from"]) == (0.0, -10.0)
    assert f"{-lamps['yellow_from']:.0f}个百分点" in lamps["rule"]


def test_nothing_accepted_yet_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(build.BuildRefused, match="还没有任何被接受的数据"):
        build.build(tmp_path)


def test_the_report_adds_up_per_source(tmp_path: Path) -> None:
    write_store(tmp_path)
    report = build.build(tmp_path)
    assert [total.source for total in report.sources] == list(SOURCES)
    assert all(total.read == total.accepted + total.rejected for total in report.sources)
    checks_total = next(total for total in report.sources if total.source == "station_check")
    assert (checks_total.label, checks_total.read, checks_total.accepted, checks_total.rejected) == (
        "站点检查",
        6,
        5,
        1,
    )
