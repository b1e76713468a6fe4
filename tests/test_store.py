"""The store: append-only, whole or not at all, the same inbox giving the same content."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from etl import load
from etl.contract.known import NUMBERED, PARENTS
from etl.inputs import gather
from etl.sources import SOURCES
from etl.store import Batch, batches, ingest
from tests.sending import TITLE, row, send

NOW = datetime(2023, 7, 1, 8, 30)
LATER = datetime(2023, 7, 2, 9, 0)


def stored(root: Path, source: str) -> list[dict]:
    """All rows of a source, in the order of their batches."""
    return [
        r
        for path in sorted((root / "store" / source).glob("*.parquet"))
        for r in pq.read_table(path).to_pylist()
    ]


def content(root: Path) -> dict[str, str]:
    """Every file of the store -> hash, received_at left out, and the seal that holds it."""
    found = {}
    for path in sorted((root / "store").rglob("*.*")):
        data = path.read_bytes()
        if path.suffix == ".json":
            data = json.dumps(json.loads(data) | {"received_at": "", "seal": ""}).encode()
        found[path.relative_to(root).as_posix()] = hashlib.sha256(data).hexdigest()
    return found


def counts(batch: Batch) -> tuple[str | None, int, int, int, int]:
    return batch.source, batch.read, batch.accepted, batch.rejected, batch.waiting


def test_a_file_becomes_a_batch_with_its_rows_and_its_verdict(tmp_path: Path) -> None:
    bad = row("training", training_id="PX-2", form="网上")
    path = send(tmp_path / "inbox" / "德清" / "培训.csv", "training", row("training"), bad)
    batch = ingest(tmp_path, NOW)[0]
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (batch.seq, batch.sha256, batch.file) == (1, sha, "德清/培训.csv")
    assert counts(batch) == ("training", 2, 1, 1, 0)
    assert (batch.district, batch.as_of, batch.status) == ("330521", "2023-06-30", "reported")
    assert (batch.received_at, batch.refused) == ("2023-07-01T08:30:00", False)
    name = f"000001-{sha[:12]}"
    assert sorted(content(tmp_path)) == [f"store/batches/{name}.json", f"store/training/{name}.parquet"]
    (kept,) = stored(tmp_path, "training")
    assert (kept["_batch"], kept["_file"], kept["_row"], kept["attendances"]) == (1, "德清/培训.csv", 3, 120)
    assert batches(tmp_path) == [batch]


def test_the_input_is_never_touched(tmp_path: Path) -> None:
    path = send(tmp_path / "inbox" / "a.csv", "training", row("training"))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    ingest(tmp_path, NOW)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in (tmp_path / "inbox").iterdir()] == ["a.csv"]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = send(tmp_path / "inbox" / "a.csv", "training", row("training"))
    ingest(tmp_path, NOW)
    before = content(tmp_path)
    (tmp_path / "inbox" / "b.csv").write_bytes(path.read_bytes())
    assert ingest(tmp_path, LATER) == []
    assert content(tmp_path) == before


def test_a_corrected_row_is_added_and_the_earlier_one_stays(tmp_path: Path) -> None:
    send(tmp_path / "inbox" / "a.csv", "training", row("training"))
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "更正.csv", "training", row("training", attendances="130"))
    ingest(tmp_path, LATER)
    kept = [(r["_batch"], r["_file"], r["attendances"]) for r in stored(tmp_path, "training")]
    assert kept == [(1, "a.csv", 120), (2, "更正.csv", 130)]
    assert [b.received_at for b in batches(tmp_path)] == ["2023-07-01T08:30:00", "2023-07-02T09:00:00"]


def test_a_fresh_store_of_the_same_inbox_is_the_same_store(tmp_path: Path) -> None:
    """Referenced sources first, then paths, whatever the names and the clock."""
    for root, now in ((tmp_path / "1", NOW), (tmp_path / "2", LATER)):
        for name, source in (("a", "union"), ("b", "enterprise"), ("c", "station"), ("d", "member_event")):
            send(root / "inbox" / f"{name}.csv", source, row(source))
        assert [b.source for b in ingest(root, now)] == ["enterprise", "union", "member_event", "station"]
    assert content(tmp_path / "1") == content(tmp_path / "2")


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_files_that_come_together_the_latest_as_of_counts(tmp_path: Path, names: tuple[str, str]) -> None:
    """Whatever their names: 数据截至 30 June comes after 31 May, and a file without it before both."""
    older, newer = (tmp_path / "inbox" / f"{name}.csv" for name in names)
    send(older, "training", row("training"), title="德清县 · 数据截至2023-05-31")
    send(newer, "training", row("training", attendances="130"))
    send(tmp_path / "inbox" / "c.csv", "training", row("training", attendances="90"), title="德清县")
    assert [b.file for b in ingest(tmp_path, NOW)] == ["c.csv", older.name, newer.name]
    assert [r["attendances"] for r in stored(tmp_path, "training")] == [90, 120, 130]


def test_a_refused_file_has_a_verdict_and_no_rows(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "备忘.csv").write_text("下周开会", "utf-8")
    (batch,) = ingest(tmp_path, NOW)
    assert (batch.refused, batch.source, counts(batch)[1:]) == (True, None, (0, 0, 0, 0))
    assert [p.suffix for p in (tmp_path / "store").rglob("*.*")] == [".json"]
    assert ingest(tmp_path, LATER) == []


def test_a_file_name_that_is_no_utf8_refuses_that_file_alone(tmp_path: Path) -> None:
    """Named in GBK by an old archive program."""
    named = os.fsdecode("培训".encode("gbk") + b".csv")
    send(tmp_path / "inbox" / named, "training", row("training"))
    send(tmp_path / "inbox" / "好.csv", "training", row("training", training_id="PX-2"))
    judged = {batch.refused: batch for batch in ingest(tmp_path, NOW)}
    assert (judged[False].file, judged[False].accepted) == ("好.csv", 1)
    assert "\ufffd" in judged[True].file
    assert judged[True].sentences[0].expected.startswith("文件名不是UTF-8编码，整份退回")
    assert ingest(tmp_path, LATER) == []


def test_a_refused_file_is_judged_again_under_another_name(tmp_path: Path) -> None:
    """Once per name; content that was accepted is not, whatever it is called."""
    bad = send(tmp_path / "inbox" / "13800138000.csv", "training", row("training"))
    assert [b.refused for b in ingest(tmp_path, NOW)] == [True]
    bad.rename(tmp_path / "inbox" / "培训.csv")
    assert [(b.file, b.accepted) for b in ingest(tmp_path, LATER)] == [("培训.csv", 1)]
    (tmp_path / "inbox" / "培训.csv").rename(tmp_path / "inbox" / "又.csv")
    assert ingest(tmp_path, LATER) == []
    for name in ("一", "二"):
        (tmp_path / "inbox" / f"{name}.csv").write_text("下周开会", "utf-8")
    assert [(b.file, b.refused) for b in ingest(tmp_path, LATER)] == [("一.csv", True), ("二.csv", True)]
    assert ingest(tmp_path, LATER) == []


def test_of_two_names_of_one_file_the_good_one_counts(tmp_path: Path) -> None:
    send(tmp_path / "inbox" / "13800138000.csv", "training", row("training"))
    send(tmp_path / "inbox" / "培训.csv", "training", row("training"))
    assert [(b.file, b.accepted) for b in ingest(tmp_path, NOW)][-1] == ("培训.csv", 1)
    assert len(stored(tmp_path, "training")) == 1
    assert ingest(tmp_path, LATER) == []


def test_a_file_dated_ahead_is_judged_again_when_its_day_has_come(tmp_path: Path) -> None:
    send(tmp_path / "inbox" / "a.csv", "training", row("training"), title="德清县 · 数据截至2023-07-02")
    (early,) = ingest(tmp_path, NOW)
    assert (early.refused, early.not_before) == (True, "2023-07-02")
    assert early.sentences[0].expected.endswith("到那一天会自动重新核对")
    assert ingest(tmp_path, NOW) == []
    assert [(b.accepted, b.not_before) for b in ingest(tmp_path, LATER)] == [(1, None)]
    assert ingest(tmp_path, LATER) == []


def test_rows_that_waited_come_in_when_their_records_arrive(tmp_path: Path) -> None:
    visits = [
        row("station_visit"),
        row("station_visit", station_no="ZD-2"),
        row("station_visit", visits="多"),
    ]
    visits[2]["month"] = "2023-04"
    send(tmp_path / "inbox" / "月报.csv", "station_visit", *visits, title="")
    assert [counts(b) for b in ingest(tmp_path, NOW)] == [("station_visit", 3, 0, 3, 2)]
    assert ingest(tmp_path, NOW) == []
    send(tmp_path / "inbox" / "站点.csv", "station", row("station"))
    assert [counts(b) for b in ingest(tmp_path, LATER)] == [
        ("station", 1, 1, 0, 0),
        ("station_visit", 3, 1, 2, 1),
    ]
    assert ingest(tmp_path, LATER) == []
    (kept,) = stored(tmp_path, "station_visit")
    assert (kept["_batch"], kept["station_no"], kept["visits"]) == (3, "ZD330521-001", 860)


def test_a_row_judged_again_does_not_replace_a_later_correction(tmp_path: Path) -> None:
    """File 1 waits for a station; file 3 corrects its month before file 1 is judged again."""
    old = [row("station_visit"), row("station_visit", station_no="ZD-2")]
    send(tmp_path / "inbox" / "月报.csv", "station_visit", *old, title="")
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "站点.csv", "station", row("station"), row("station", station_no="ZD-2"))
    send(tmp_path / "inbox" / "更正.csv", "station_visit", row("station_visit", visits="900"), title="")
    assert [(b.file, b.seq) for b in ingest(tmp_path, LATER)] == [
        ("站点.csv", 2),
        ("更正.csv", 3),
        ("月报.csv", 4),
    ]
    with duckdb.connect() as con:
        query = load.current(SOURCES["station_visit"], gather(tmp_path))
        found = con.execute(f"SELECT file, station_no, visits FROM ({query}) ORDER BY station_no").fetchall()
    assert found == [("月报.csv", "ZD-2", 860), ("更正.csv", "ZD330521-001", 900)]


def test_references_reach_into_the_store_of_earlier_runs(tmp_path: Path) -> None:
    send(tmp_path / "inbox" / "a.csv", "enterprise", row("enterprise"))
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "b.csv", "union", row("union"))
    assert [counts(b) for b in ingest(tmp_path, LATER)] == [("union", 1, 1, 0, 0)]


@pytest.mark.parametrize("runs", [1, 2])
@pytest.mark.parametrize("source", NUMBERED)
def test_a_number_in_use_in_one_county_is_not_taken_over_by_another(
    tmp_path: Path, source: str, runs: int
) -> None:
    """In the same run and in a later one; the county that has the number may go on correcting its record."""
    for parent in PARENTS:
        if parent != source:
            send(tmp_path / "inbox" / f"{parent}.csv", parent, row(parent), title="")
    send(tmp_path / "inbox" / "1.csv", source, row(source))
    if runs == 2:
        ingest(tmp_path, NOW)
    elsewhere = row(source, town="330523110") | (
        {"lon": "119.68", "lat": "30.63"} if source == "station" else {}
    )
    send(tmp_path / "inbox" / "2.csv", source, elsewhere, title="安吉县 · 数据截至2023-06-30")
    send(tmp_path / "inbox" / "3.csv", source, row(source, town="330521101"))
    judged = {batch.file: batch for batch in ingest(tmp_path, LATER)}
    assert (judged["2.csv"].accepted, judged["3.csv"].accepted) == (0, 1)
    key = SOURCES[source].column(SOURCES[source].key[0])
    (told,) = judged["2.csv"].sentences
    assert (told.column, told.found) == (key.label, key.example)
    assert told.expected.startswith(f"没有被其他区县使用的{key.label}（该编号已由德清县使用；")


@pytest.mark.parametrize("step", ["rows", "verdict"])
def test_a_run_cut_short_leaves_no_rows_without_a_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever the step at which the machine stops, the next run ends like an undisturbed one."""

    class Stopped(Exception):
        pass

    def stop(source: Path, target: Path) -> None:
        if (target.suffix == ".parquet") == (step == "rows"):
            raise Stopped
        replace(source, target)

    replace = os.replace
    send(tmp_path / "inbox" / "a.csv", "training", row("training"))
    with monkeypatch.context() as patched, pytest.raises(Stopped):
        patched.setattr(os, "replace", stop)
        ingest(tmp_path, NOW)
    assert batches(tmp_path) == []
    send(tmp_path / "inbox" / "0.csv", "training", row("training", training_id="PX-2"))
    assert [b.file for b in ingest(tmp_path, NOW)] == ["0.csv", "a.csv"]
    assert len(stored(tmp_path, "training")) == 2
    assert not list((tmp_path / "store").rglob("*.tmp"))


def test_a_file_without_title_or_dates_is_as_recent_as_what_it_refers_to(tmp_path: Path) -> None:
    for source in ("enterprise", "contract"):
        send(tmp_path / "inbox" / f"{source}.csv", source, row(source), title=TITLE)
    send(tmp_path / "inbox" / "覆盖.csv", "contract_coverage", row("contract_coverage"), title="")
    assert [b.as_of for b in ingest(tmp_path, NOW)] == ["2023-06-30"] * 3


def test_a_union_that_moved_is_where_its_latest_record_says(tmp_path: Path) -> None:
    """Rows without a town go by the union's latest one, from the store and from the same run alike."""
    moved = row("union", town="330522101")
    send(tmp_path / "inbox" / "企业.csv", "enterprise", row("enterprise"))
    for name, union in (("a", row("union")), ("b", moved)):
        send(tmp_path / "inbox" / f"{name}.csv", "union", union, title="湖州市 · 数据截至2023-06-30")
        assert [b.accepted for b in ingest(tmp_path, NOW)][-1] == 1
    send(
        tmp_path / "inbox" / "会员长兴.csv", "member_event", row("member_event", persons="40"), title="长兴县"
    )
    send(
        tmp_path / "inbox" / "会员德清.csv", "member_event", row("member_event", persons="41"), title="德清县"
    )
    assert [(b.file, b.accepted) for b in ingest(tmp_path, LATER)] == [
        ("会员德清.csv", 0),
        ("会员长兴.csv", 1),
    ]
