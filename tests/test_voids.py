"""作废: a row that withdraws a record, what it needs, what it must not touch."""

from datetime import datetime
from pathlib import Path

import pytest

from cockpit.value import value
from etl import ledger
from etl.build import build
from etl.check import check_files
from etl.intake.accept import accept
from etl.intake.preview import preview
from etl.sources import SOURCES
from etl.store import ingest
from tests.sending import TODAY, csv_bytes, row, send, told
from tests.uploading import TITLE, copied, upload

pytest_plugins = ["tests.uploading"]
NOW = datetime(2023, 7, 1, 8, 30)


def void(path: Path, source: str, *cells: dict[str, str], title: str = TITLE) -> Path:
    """A file whose rows have these cells and 作废: the whole sheet of the template, otherwise empty."""
    columns = SOURCES[source].sheet_columns
    rows = [[({"void": "是"} | one).get(c.key, "") for c in columns] for one in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes([[title], [c.label for c in columns], *rows]))
    return path


def key(source: str) -> dict[str, str]:
    example = row(source)
    return {name: example[name] for name in SOURCES[source].key}


def test_a_withdrawn_record_no_longer_counts_and_its_row_stays(
    tmp_path: Path, warehouse_root: Path, fixed_clock: None
) -> None:
    """J2 with its 20 entries is all that 德清县 has; J1 belongs to 吴兴区; J7 nobody has sent."""
    root = copied(warehouse_root, tmp_path / "data")
    cells = ({"contest_id": "J2"}, {"contest_id": "J1"}, {"contest_id": "J7"})
    told_of = preview(root, upload(root, void(tmp_path / "作废.csv", "contest", *cells)))
    (file,) = told_of["files"]
    assert file["changes"] == {"new": 0, "corrected": 0, "withdrawn": 1, "unchanged": 0}
    assert [s["expected"] for s in file["sentences"]] == [
        "本区县报送的记录（这条属于吴兴区）",
        "已报送并接受的记录的“竞赛编号”（要作废的记录没有找到，请核对）",
    ]
    assert accept(root, told_of["id"], "甲").version == told_of["version"]
    assert value(root, "contest_entries", "330521", "2023-H1")["value"] == 0
    assert value(root, "contest_entries", "330502", "2023-H1")["value"] == 82
    kept = ledger.read_rows(root, ledger.batches(root), "contest", ["contest_id", "void"]).to_pylist()
    assert [r["void"] for r in kept if r["contest_id"] == "J2"] == ["yes", None]
    back = row("contest", contest_id="J2", town="330521001", entries="9")
    send(root / "inbox" / "再报.csv", "contest", back, title=TITLE)
    build(root)
    assert value(root, "contest_entries", "330521", "2023-H1")["value"] == 9


@pytest.mark.parametrize(
    ("title", "withdrawn"),
    [
        ("竞赛情况 · 演示数据", 0),
        ("德清县、吴兴区 · 演示数据", 0),
        ("吴兴区 · 演示数据", 0),
        ("德清县 · 演示数据", 1),
        ("湖州市 · 演示数据", 1),
    ],
)
def test_who_withdraws_must_name_the_county(
    tmp_path: Path, warehouse_root: Path, title: str, withdrawn: int
) -> None:
    """J2 is 德清县's: no file ends it under a title that names no county, two, or another one."""
    file = void(tmp_path / "作废.csv", "contest", {"contest_id": "J2"}, title=title)
    (judged,) = check_files(warehouse_root, [file], TODAY)
    assert (judged.accepted, judged.rejected) == (withdrawn, 1 - withdrawn)
    if "、" in title or title.startswith("竞赛"):
        assert told(judged) == [
            "第3行“作废”填的是“是”，应为由标题写明区县的文件作废的记录"
            "（标题没有写明一个区县，如“德清县”，这一行没有作废）。"
        ]


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_takes_a_withdrawal_with_nothing_but_the_key(tmp_path: Path, source: str) -> None:
    title = "德清县 · 数据截至2023-06-30"
    sent = [send(tmp_path / "a" / f"{s}.csv", s, row(s), title=title) for s in SOURCES]
    ordered = [path for path in sent if path.stem != source]
    root = tmp_path / "data"
    for path in sent:
        (root / "inbox").mkdir(parents=True, exist_ok=True)
        (root / "inbox" / path.name).write_bytes(path.read_bytes())
    assert all(batch.accepted == 1 for batch in ingest(root, NOW)) and ordered
    (judged,) = check_files(root, [void(tmp_path / "b.csv", source, key(source), title=title)], TODAY)
    referred = {c.references[0] for s in SOURCES.values() for c in s.columns if c.references}
    if source in referred:
        assert judged.waiting == 1
        assert "还有1条引用它，请先作废那些记录，或一并上报" in str(judged.sentences[0])
    else:
        assert (judged.accepted, told(judged)) == (1, [])


def test_a_record_and_those_that_refer_to_it_go_together(tmp_path: Path) -> None:
    title = "德清县 · 数据截至2023-06-30"
    for source in ("station", "station_visit"):
        send(tmp_path / "inbox" / f"{source}.csv", source, row(source), title=title)
    ingest(tmp_path, NOW)
    for source in ("station", "station_visit"):
        void(tmp_path / "inbox" / f"作废_{source}.csv", source, key(source), title=title)
    judged = ingest(tmp_path, NOW)
    assert [(b.source, b.accepted, b.waiting) for b in judged] == [
        *(("station", 0, 1), ("station_visit", 1, 0), ("station", 1, 0)),
    ]
    assert ingest(tmp_path, NOW) == []
    late = send(tmp_path / "迟.csv", "station_visit", row("station_visit", month="2023-04"), title=title)
    (verdict,) = check_files(tmp_path, [late], TODAY)
    assert (verdict.accepted, verdict.waiting) == (0, 1)  # the station is no record any more


def test_a_file_judged_twice_in_one_run_is_not_compared_with_itself(
    tmp_path: Path, fixed_clock: None
) -> None:
    """A new station, and one that goes together with its visits: the file is judged again after these."""
    root, title = tmp_path / "data", "德清县 · 数据截至2023-06-30"
    for source in ("station", "station_visit"):
        send(root / "inbox" / f"{source}.csv", source, row(source), title=title)
    build(root)
    new = row("station", station_no="ZD330521-009")
    stations = void(tmp_path / "站点.csv", "station", key("station"), new | {"void": ""}, title=title)
    visits = void(tmp_path / "服务.csv", "station_visit", key("station_visit"), title=title)
    told_of = preview(root, upload(root, stations, visits))
    assert [file["changes"] for file in told_of["files"]] == [
        {"new": 1, "corrected": 0, "withdrawn": 1, "unchanged": 0},
        {"new": 0, "corrected": 0, "withdrawn": 1, "unchanged": 0},
    ]


@pytest.mark.parametrize(("cell", "accepted"), [("", 1), ("否", 0), ("作废", 0)])
def test_anything_but_yes_withdraws_nothing(tmp_path: Path, cell: str, accepted: int) -> None:
    path = void(tmp_path / "a.csv", "training", row("training") | {"void": cell}, title="德清县")
    (judged,) = check_files(tmp_path / "none", [path], TODAY)
    assert judged.accepted == accepted
