"""Publishing an upload is publishing what its preview showed, and who looks is told what to look at twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from cockpit.value import value
from etl import clock, order, snapshot
from etl.build import build, needs_build
from etl.intake import handover, pending, scratch
from etl.intake.accept import accept
from etl.intake.pending import Refused
from etl.intake.preview import preview
from etl.trouble import Unfinished
from tests.sending import lines, row, send, workbook
from tests.test_unreadable import closed
from tests.uploading import J2, J9, NOW, TITLE, contests, copied, tree, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")
pytest_plugins = ["tests.uploading"]


@pytest.fixture
def root(tmp_path: Path, warehouse_root: Path) -> Path:
    return copied(warehouse_root, tmp_path / "data")


def test_another_day_is_another_basis(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without 数据截至, a row of 3 July lies ahead on 2 July and counts on the 3rd."""
    rows = (J9 | {"contest_id": f"K{day}", "held_on": f"2023-07-0{day}"} for day in (2, 3))
    id = upload(root, contests(tmp_path, *rows, title="德清县 · 演示数据"))
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(days=1))
    first = preview(root, id)
    before = tree(root)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with pytest.raises(Refused, match="预览之后数据已有变化"):
        accept(root, id, "甲")
    assert tree(root) == before | {"published/lock": tree(root)["published/lock"]}
    again = pending.preview_of(root / "pending" / id)
    assert again and [f["accepted"] for f in (*first["files"], *again["files"])] == [1, 2]
    assert accept(root, id, "甲").version == again["version"]


def test_other_rules_of_judging_are_another_basis(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every module of etl has a say in a verdict; here one more comes with an upgrade."""
    id = upload(root, contests(tmp_path, J9))
    preview(root, id)
    added = tmp_path / "later.py"
    added.write_text("", "utf-8")
    monkeypatch.setattr(scratch, "CODE", (*scratch.CODE, added))
    with pytest.raises(Refused, match="预览之后数据已有变化"):
        accept(root, id, "甲")
    judging = ("contract/dates.py", "reading/grid.py", "personal.py", "declared/skills.py")
    assert {scratch.ETL / name for name in judging} <= set(scratch.CODE)
    shared = ("personal.py", "districts.py", "indicators/skills.py", "codes.py")
    assert {scratch.COCKPIT / name for name in shared} <= set(scratch.CODE)


def test_another_version_than_the_shown_one_is_shown_and_not_published(root: Path, tmp_path: Path) -> None:
    """Whatever made the difference: it is found before the first file moves."""
    id = upload(root, contests(tmp_path, J9 | {"entries": "7"}))
    told = preview(root, id)
    pending.write(root / "pending" / id / "preview.json", told | {"version": "20230630-0000000000"})
    with pytest.raises(Refused, match="预览之后数据已有变化"):
        accept(root, id, "甲")
    assert not (root / "inbox").exists() and snapshot.current(root) == told["base_version"]
    assert accept(root, id, "甲").version == told["version"]


def test_a_file_that_comes_while_publishing_waits_for_the_next_build(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, finish = upload(root, contests(tmp_path, J9 | {"entries": "7"})), handover.finish
    told = preview(root, id)

    def late(place: Path) -> None:
        finish(place)
        contests(root / "inbox", J2 | {"entries": "25"}, name="迟到.csv")

    monkeypatch.setattr(handover, "finish", late)
    assert accept(root, id, "甲").version == told["version"]
    assert needs_build(root)
    assert value(root, "contest_entries", "330521", "2023-H1")["value"] == 27


def test_a_file_that_is_replaced_while_publishing_waits_for_the_next_build(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is one of those confirmed, its content is none."""
    contests(root / "inbox", J2 | {"entries": "25"}, name="已收.csv")
    build(root)
    id, finish = upload(root, contests(tmp_path, J9 | {"entries": "7"})), handover.finish
    told = preview(root, id)

    def replaced(place: Path) -> None:
        finish(place)
        contests(root / "inbox", J2 | {"entries": "40"}, name="已收.csv")

    monkeypatch.setattr(handover, "finish", replaced)
    report = accept(root, id, "甲")
    assert report.version == told["version"]
    assert [said for said in report.messages if "已收.csv" in said] == [
        "已收.csv：读取时还在变化（可能没有复制完），这次没有收，下次建库再收。"
    ]
    assert needs_build(root)


def test_a_file_that_can_be_read_only_while_publishing_waits_for_the_next_build(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contests(root / "inbox", J2 | {"entries": "25"}, name="关着.csv")
    id, finish = upload(root, contests(tmp_path, J9 | {"entries": "7"})), handover.finish
    with pytest.MonkeyPatch.context() as shut:
        closed(shut, "关着.csv")
        told = preview(root, id)

        def opened(place: Path) -> None:
            finish(place)
            shut.undo()

        monkeypatch.setattr(handover, "finish", opened)
        assert accept(root, id, "甲").version == told["version"]
    assert needs_build(root)


def test_where_another_version_comes_out_all_the_same_both_are_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that nobody had judged is part of what was shown, and is copied on while files move."""
    contests(root / "inbox", J2 | {"entries": "25"}, name="复制中.csv")
    id, finish = upload(root, contests(tmp_path, J9 | {"entries": "7"})), handover.finish
    told = preview(root, id)

    def changed(place: Path) -> None:
        finish(place)
        contests(root / "inbox", J2 | {"entries": "40"}, name="复制中.csv")

    monkeypatch.setattr(handover, "finish", changed)
    with pytest.raises(Unfinished, match=rf"建出的版本 \S+ 与预览的 {told['version']} 不同，没有发布"):
        accept(root, id, "甲")
    assert snapshot.current(root) == told["base_version"]


def test_progress_tells_reading_and_judging_apart_and_never_goes_back(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a workbook is too large to be kept and is read twice."""
    book = workbook(tmp_path / "竞赛.xlsx", {"竞赛": lines("contest", row("contest") | J9, title=TITLE)})
    id = upload(root, book, contests(tmp_path, J2, name="二.csv"))
    met: list[tuple[str, int, int]] = []
    monkeypatch.setattr(pending, "progress", lambda folder, *told: met.append(told))
    monkeypatch.setattr(order, "MOST_HELD", 0)
    preview(root, id)
    assert met == [
        ("读取“竞赛.xlsx”", 0, 6),
        ("读取“竞赛.xlsx”", 0, 6),
        ("核对“竞赛.xlsx”的1行", 2, 6),
        ("读取“二.csv”", 2, 6),
        ("核对“二.csv”的1行", 3, 6),
        ("试建新版本", 4, 6),
        ("比较主要指标", 5, 6),
        ("预览已完成", 6, 6),
    ]


def test_rows_of_another_county_than_the_sender_s_are_told_before_publishing(
    root: Path, tmp_path: Path
) -> None:
    """德清县 sends, under a title that names no county, one row of its own and two of others; visits say it
    by their station (S1 of 吴兴区). The city sends for all."""
    towns = {"K1": "330521001", "K2": "330502001", "K3": "330523001"}
    rows = [J9 | {"contest_id": key, "town": town} for key, town in towns.items()]
    sent = contests(tmp_path, *rows, title="竞赛情况 · 演示数据")
    visit = row("station_visit", station_no="S1", month="2023-05")
    other = send(tmp_path / "服务.csv", "station_visit", visit, title="演示数据")
    told = preview(root, upload(root, sent, other))
    assert [f["elsewhere"] for f in told["files"]] == [{"330502": 1, "330523": 1}, {"330502": 1}]
    assert told["warnings"] == [
        "“竞赛.csv”有不属于报送单位德清县的记录：吴兴区1行、安吉县1行；标题没有写明区县，这些行会一并计入，请先核对。",
        "“服务.csv”有不属于报送单位德清县的记录：吴兴区1行；标题没有写明区县，这些行会一并计入，请先核对。",
    ]
    citys = upload(root, sent, other, sender="330500")
    assert preview(root, citys)["warnings"] == []
