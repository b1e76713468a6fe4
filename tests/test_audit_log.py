"""The audit log outlives a restore, and tells when a line of it is gone or not what it was."""

import json
import shutil
import threading
from datetime import datetime
from pathlib import Path

import pytest

import manage
from commands import backup as command
from commands import history
from etl import audit, clock, journal
from etl.backup import back_up, restore
from tests.sending import row, send


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "data"
    send(root / "inbox" / "培训.csv", "training", row("training"))
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    for module in (command, history):
        monkeypatch.setattr(module, "ensure", lambda lock: "")
    return root


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=clock.CHINA)
    monkeypatch.setattr(clock, "now", lambda: now)


def acts(root: Path) -> list[tuple[str, str]]:
    return [(entry["act"], entry["what"]) for entry in audit.entries(root)]


def month(root: Path, name: str = "2023-07") -> Path:
    return root / "log" / f"audit-{name}.jsonl"


def test_a_restore_keeps_what_was_done_since_the_backup_and_is_on_record(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2023-07-01 03:00")
    audit.record(root, "甲", "build", "v1", "已发布")
    name = back_up(root, tmp_path / "backups").name
    audit.record(root, "乙", "withdraw", "3", "报错")
    done = restore(tmp_path / "backups", root, replace=True, by="市总工会信息中心")
    assert acts(root) == [("build", "v1"), ("withdraw", "3"), ("restore", name), ("restore", name)]
    last = audit.entries(root)[-1]
    assert last["by"] == "市总工会信息中心"
    assert last["outcome"].startswith("已恢复 2023-07-01 03:00 的备份，版本 无；原有数据移到 replaced-2023")
    assert done.aside and not (done.aside / "log").exists()
    assert audit.flaws(root) == []


def test_a_restore_into_an_empty_folder_is_on_record_after_the_log_of_the_backup(
    root: Path, tmp_path: Path
) -> None:
    audit.record(root, "甲", "build", "v1", "已发布")
    name = back_up(root, tmp_path / "backups").name
    restore(tmp_path / "backups", tmp_path / "other")
    assert acts(tmp_path / "other") == [("build", "v1"), ("restore", name), ("restore", name)]
    assert audit.flaws(tmp_path / "other") == []


def test_the_logs_of_two_machines_become_one_in_order_of_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    for moment, where in (("2023-06-30", root), ("2023-07-01", root), ("2023-07-03", root)):
        at(monkeypatch, moment)
        audit.record(where, "甲", "build", moment, "")
    for moment in ("2023-07-02", "2023-07-04"):
        at(monkeypatch, moment)
        audit.record(other, "乙", "build", moment, "")
    back_up(root, tmp_path / "backups")
    restore(tmp_path / "backups", other, replace=True)
    assert [what[8:] for _, what in acts(other)][:5] == ["30", "01", "02", "03", "04"]
    assert audit.flaws(other) == []


def test_a_refused_restore_is_on_record(root: Path, tmp_path: Path) -> None:
    back_up(root, tmp_path / "backups")
    assert manage.main(["restore", str(tmp_path / "backups"), "--by", "甲"]) == 1
    (entry,) = audit.entries(root)
    assert (entry["by"], entry["act"]) == ("甲", "restore")
    assert entry["outcome"].startswith("未办成：")


def test_the_command_says_what_stays_and_what_lies_aside(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(root, tmp_path / "backups")
    assert manage.main(["restore", str(tmp_path / "backups"), "--replace"]) == 0
    said = capsys.readouterr().out
    assert "操作日志没有移走" in said
    assert "其中有这份备份之后收到的文件和发布的版本" in said


def five(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Two lines of before there were hashes, three with; the last in the month after."""
    for n in (1, 2):
        journal.append(month(root), {"at": f"{n}", "by": "甲", "act": "build", "what": f"{n}", "outcome": ""})
    for moment in ("2023-07-30", "2023-07-31", "2023-08-01"):
        at(monkeypatch, moment)
        audit.record(root, "甲", "build", moment, "")
    return journal.lines(month(root))


def test_a_whole_log_says_nothing_also_over_the_end_of_a_month(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    five(root, monkeypatch)
    assert ["before" in entry for entry in audit.entries(root)] == [False, False, True, True, True]
    assert manage.main(["etl", "log"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5


@pytest.mark.parametrize(
    ("gone", "place"),
    [(1, "audit-2023-07.jsonl 第2行"), (2, "audit-2023-07.jsonl 第3行"), (3, "audit-2023-08.jsonl 第1行")],
)
def test_a_lost_line_is_told_at_the_top_with_its_place(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    gone: int,
    place: str,
) -> None:
    lines = five(root, monkeypatch)
    month(root).write_bytes(b"".join(line + b"\n" for line in lines[:gone] + lines[gone + 1 :]))
    assert manage.main(["etl", "log"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("操作日志不完整")
    assert said[1] == f"{place}之前的一行不见了或被改动过。"
    assert len(said) == 3 + 4


def test_an_altered_line_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = five(root, monkeypatch)
    lines[2] = json.dumps(json.loads(lines[2]) | {"by": "乙"}, ensure_ascii=False).encode()
    month(root).write_bytes(b"".join(line + b"\n" for line in lines))
    assert audit.flaws(root) == ["audit-2023-07.jsonl 第4行之前的一行不见了或被改动过。"]


def test_a_line_that_cannot_be_read_is_told_and_a_torn_end_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = five(root, monkeypatch)
    month(root).write_bytes(b"".join(line + b"\n" for line in [b"\xff{", *lines]))
    with month(root, "2023-08").open("ab") as log:
        log.write(b'{"at": "2023')
    assert audit.flaws(root) == ["audit-2023-07.jsonl 第1行读不出。"]
    audit.record(root, "甲", "build", "", "")
    assert audit.flaws(root) == ["audit-2023-07.jsonl 第1行读不出。"]


def test_writers_at_once_make_one_chain_also_while_logs_are_united(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    begun = threading.Barrier(4)

    def write(name: str) -> None:
        begun.wait()
        for n in range(20):
            audit.record(root, name, "build", f"{name}{n}", "")

    writers = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙"]
    for writer in writers:
        writer.start()
    begun.wait()
    for n in range(10):
        journal.append(other, {"at": f"2023-07-0{n}", "act": "build", "what": f"丁{n}"})
        journal.unite(root / "log" / f"audit-{clock.now():%Y-%m}.jsonl", other)
    for writer in writers:
        writer.join()
    told = [what for _, what in acts(root)]
    assert len(told) == len(set(told)) == 70
    assert [what for what in told if what[0] == "甲"] == [f"甲{n}" for n in range(20)]
    assert audit.flaws(root) == []
    shutil.rmtree(root)
