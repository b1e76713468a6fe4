"""Uploads: what a preview says, that it changes nothing, and that publishing does exactly what it said."""

import fcntl
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.value import value
from etl import clock, snapshot, versions
from etl.build import Busy
from etl.build import build as build_now
from etl.intake import accept as deciding
from etl.intake import handover, pending
from etl.intake.accept import accept, discard
from etl.intake.pending import Refused
from etl.intake.preview import preview
from etl.ledger import batches
from tests.sending import send
from tests.uploading import J2, J9, NOW, T3, TITLE, contests, copied, logged, tree, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")
pytest_plugins = ["tests.uploading"]


@pytest.fixture
def root(tmp_path: Path, warehouse_root: Path) -> Path:
    return copied(warehouse_root, tmp_path / "data")


def entry(told: dict[str, Any], indicator: str, district: str) -> dict[str, Any]:
    (found,) = [e for e in told["effects"] if (e["indicator"], e["district"]) == (indicator, district)]
    return found


def test_from_upload_to_publication(root: Path, tmp_path: Path) -> None:
    """J2 corrected from 20 to 25 entries, J9 with 7 new, one row without a number; T3 as it was."""
    sent = contests(tmp_path, J2 | {"entries": "25"}, J9 | {"entries": "7"}, J9 | {"contest_id": ""})
    other = send(tmp_path / "培训.csv", "training", T3 | {"attendances": "45"}, title=TITLE)
    id, before, base = upload(root, sent, other), tree(root), snapshot.current(root)
    told = preview(root, id)
    assert tree(root) == before
    assert not (root / "pending" / id / "root").exists()
    assert json.loads((root / "pending" / id / "preview.json").read_text("utf-8")) == told
    assert (told["state"], told["sender"], told["base_version"]) == ("ready", "330521", base)
    assert told["words"] == (
        "德清县上报2份文件：读入4行，接收3行，退回1行；新增1条、更正1条、作废0条、不变1条。"
    )
    shown = [(f["file"], f["label"], f["read"], f["accepted"], f["rejected"]) for f in told["files"]]
    assert shown == [("竞赛.csv", "竞赛", 3, 2, 1), ("培训.csv", "培训", 1, 1, 0)]
    assert [f["changes"] for f in told["files"]] == [
        {"new": 1, "corrected": 1, "withdrawn": 0, "unchanged": 0},
        {"new": 0, "corrected": 0, "withdrawn": 0, "unchanged": 1},
    ]
    (said,) = told["files"][0]["sentences"]
    assert said["message"].startswith("文件“竞赛.csv”：第5行“竞赛编号”没有填")
    assert [f["answer"] for f in told["files"]] == ["退回_竞赛.xlsx", None]
    assert (root / "pending" / id / "answers" / "退回_竞赛.xlsx").is_file()
    assert {e["district"] for e in told["effects"]} == {"330500", "330521"}
    for district, was, becomes in (("330500", 102, 114), ("330521", 20, 32)):
        found = entry(told, "contest_entries", district)
        assert (found["before"], found["after"], found["unit"]) == (was, becomes, "人次")
    same = [e for e in told["effects"] if e["indicator"] != "contest_entries"]
    assert all((e["before"], e["before_reason"]) == (e["after"], e["after_reason"]) for e in same)

    report = accept(root, id, "市总办公室")
    assert report.version == told["version"] == snapshot.current(root)
    assert value(root, "contest_entries", "330521", "2023-H1")["value"] == 32
    place = root / "inbox" / "上报" / "2023-07-03"
    assert sorted(p.name for p in place.iterdir()) == [f"{id}-1-竞赛.csv", f"{id}-2-培训.csv"]
    assert [(b.sender, b.file.split("-")[-1]) for b in batches(root)[-2:]] == [
        *(("330521", "培训.csv"), ("330521", "竞赛.csv")),
    ]
    ended = pending.preview_of(root / "pending" / id)
    assert ended is not None and (ended["state"], ended["version"]) == ("accepted", report.version)
    assert logged(root) == [("市总办公室", "accept", id, f"已发布版本 {report.version}")]
    last = versions.recorded(root)[-1]
    assert (last["version"], last["by"], last["why"]) == (report.version, "市总办公室", "accept")
    assert last["at"] == "2023-07-03T09:30:00+08:00"
    assert last["batches"] == [b.name for b in batches(root)]
    with pytest.raises(Refused, match="已经发布"):
        accept(root, id, "市总办公室")


def test_what_moved_on_since_the_preview_is_shown_again(root: Path, tmp_path: Path) -> None:
    """Two uploads previewed on the same version: the second must be seen again before it may follow."""
    first = upload(root, contests(tmp_path, J9 | {"entries": "7"}))
    second = upload(root, contests(tmp_path, J9 | {"contest_id": "J8", "entries": "5"}, name="又.csv"))
    for id in (first, second):
        preview(root, id)
    middle = accept(root, first, "甲").version
    with pytest.raises(Refused) as refused:
        accept(root, second, "乙")
    assert str(refused.value) == deciding.MOVED_ON
    assert snapshot.current(root) == middle
    told = pending.preview_of(root / "pending" / second)
    assert told is not None and (told["state"], told["base_version"]) == ("ready", middle)
    found = entry(told, "contest_entries", "330521")
    assert (found["before"], found["after"]) == (27, 32)
    assert accept(root, second, "乙").version == told["version"]
    assert value(root, "contest_entries", "330521", "2023-H1")["value"] == 32


def test_known_content_changes_nothing(root: Path, tmp_path: Path) -> None:
    """Sent again another day, and twice in one upload under two names."""
    sent = contests(tmp_path, J9 | {"entries": "7"})
    double = contests(tmp_path, J9 | {"entries": "7"}, name="副本.csv")
    first = upload(root, sent, double)
    told = preview(root, first)
    assert [f["sentences"][0]["message"] if f["sentences"] else "" for f in told["files"]] == [
        "",
        "文件“副本.csv”：内容与这次上报的另一份文件相同，只收一份。",
    ]
    assert [f["changes"]["new"] for f in told["files"]] == [1, 0]
    accept(root, first, "甲")
    again = preview(root, upload(root, sent))
    assert (again["state"], again["effects"], again["version"]) == ("failed", [], None)
    assert again["files"][0]["sentences"][0]["message"] == (
        "文件“竞赛.csv”：内容与2023年7月3日收到的文件相同，没有变化。"
    )
    assert again["words"] == "这些文件的内容以前都收到过，没有变化，不用发布。"


def test_what_cannot_be_published_is_refused(root: Path, tmp_path: Path) -> None:
    """A file without one good row, a file that is no data, an upload without a preview, damaged bytes."""
    bad = contests(tmp_path, J9 | {"contest_id": ""})
    (tmp_path / "备忘.csv").write_text("下周开会", "utf-8")
    id = upload(root, bad, tmp_path / "备忘.csv")
    with pytest.raises(Refused, match="还没有预览"):
        accept(root, id, "甲")
    told = preview(root, id)
    assert (told["state"], [f["refused"] for f in told["files"]]) == ("failed", [False, True])
    with pytest.raises(Refused, match="没有一行可以接受"):
        accept(root, id, "甲")
    other = upload(root, contests(tmp_path, J9 | {"entries": "7"}))
    next((root / "pending" / other / "files").iterdir()).write_text("x")
    assert preview(root, other)["words"] == "上传的文件不完整或已被改动，请放弃后重新上传。"
    with pytest.raises(pending.Unknown):
        preview(root, "../" + id)
    assert not (root / "inbox").exists()


def test_records_that_break_a_check_fail_in_the_preview(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise snapshot.BuildRefused("构建检查未通过。")

    id = upload(root, contests(tmp_path, J9 | {"entries": "7"}))
    monkeypatch.setattr("etl.checks.records", refuse)
    told = preview(root, id)
    assert (told["state"], told["words"]) == ("failed", "按这些文件建不成新版本：构建检查未通过。")
    assert told["files"][0]["changes"]["new"] == 1


def test_an_accept_while_another_build_runs_leaves_all_as_it_is(root: Path, tmp_path: Path) -> None:
    id = upload(root, contests(tmp_path, J9 | {"entries": "7"}))
    preview(root, id)
    before = tree(root)
    with snapshot.lock(root), pytest.raises(Busy, match="另一次构建正在进行"):
        accept(root, id, "甲")
    with pending.held(root / "pending" / id), pytest.raises(Busy, match="正在处理"):
        discard(root, id, "甲")
    assert {k: v for k, v in tree(root).items() if k != "published/lock"} == {
        k: v for k, v in before.items() if k != "published/lock"
    }
    assert (pending.preview_of(root / "pending" / id) or {})["state"] == "ready"


@pytest.mark.parametrize("again", ["build", "accept"])
def test_a_machine_that_stops_between_two_files_loses_neither(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    """The next build, whoever runs it, or publishing once more, moves the second file too and says so."""

    class Stopped(Exception):
        pass

    def stop(path: Path, target: Path) -> None:
        if path.name.startswith("2-"):
            raise Stopped
        move(path, target)

    files = (
        contests(tmp_path, J9 | {"entries": "7"}),
        contests(tmp_path, J2 | {"entries": "25"}, name="二.csv"),
    )
    id, move = upload(root, *files), handover.move
    told = preview(root, id)
    with monkeypatch.context() as patched, pytest.raises(Stopped):
        patched.setattr(handover, "move", stop)
        accept(root, id, "甲")
    assert snapshot.current(root) == told["base_version"]
    with pytest.raises(Refused, match="已确认发布"):
        preview(root, id)
    report = accept(root, id, "乙") if again == "accept" else build_now(root, "乙")
    assert report.version == told["version"]
    assert (pending.preview_of(root / "pending" / id) or {})["state"] == "accepted"
    assert ("甲", "accept", id, f"已发布版本 {report.version}") in logged(root)


def test_what_ended_thirty_days_ago_is_swept_and_what_waits_is_not(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, waiting, late = (upload(root, contests(tmp_path, J9)) for _ in range(3))
    discard(root, gone, "甲")
    with pytest.raises(Refused, match="已经放弃"):
        accept(root, gone, "甲")
    half = [f"{int((NOW - timedelta(days=ago)).timestamp() * 1e9):016x}0000" for ago in (-30, 1)]
    for id in half:  # received in part, when the machine stopped
        (root / "pending" / id / "files").mkdir(parents=True)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=31))
    discard(root, late, "甲")
    assert {p.name for p in (root / "pending").iterdir()} == {half[0], waiting, late}
    assert logged(root) == [("甲", "discard", gone, "已放弃")]  # the other a month later


def test_a_page_that_looks_at_the_lock_does_not_stop_a_preview(root: Path, tmp_path: Path) -> None:
    folder = root / "pending" / upload(root, contests(tmp_path, J9))
    with (folder / "lock").open("a") as page:
        fcntl.flock(page, fcntl.LOCK_SH)
        threading.Timer(0.1, lambda: fcntl.flock(page, fcntl.LOCK_UN)).start()
        with pending.held(folder):
            assert True
    with pending.held(folder), pytest.raises(Busy), pending.held(folder):
        pass


def test_reported_files_say_that_they_end_the_demonstration(root: Path, tmp_path: Path) -> None:
    title = "德清县 · 数据截至2023-06-30"
    told = preview(root, upload(root, contests(tmp_path, J9 | {"entries": "7"}, title=title)))
    assert told["words"].endswith("一经发布，现有的68份演示文件不再计入。")
    assert told["files"][0]["changes"]["new"] == 1
    found = entry(told, "contest_entries", "330521")
    assert (found["before"], found["before_reason"], found["after"]) == (
        *(None, "现在发布的是演示数据，不与上报数据相比", 7),
    )


def test_the_first_upload_of_all(tmp_path: Path) -> None:
    root = tmp_path / "data"
    told = preview(root, upload(root, contests(tmp_path, J9 | {"entries": "7"})))
    assert (told["state"], told["base_version"]) == ("ready", None)
    assert entry(told, "contest_entries", "330521")["before_reason"] == "还没有发布过数据"
    assert accept(root, told["id"], "甲").version == told["version"]


def test_an_unknown_sender_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="330521（德清县）"):
        upload(tmp_path / "data", contests(tmp_path, J9), sender="110000")
