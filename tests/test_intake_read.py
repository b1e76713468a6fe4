"""What the page reads of uploads, batches, versions, pin and audit log, in every state they can be in."""

import fcntl
import json
import re
import shutil
import tomllib
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from cockpit import intake
from cockpit.intake import Changes, runs
from cockpit.ui import intake_versions
from tests import intake_made as made

ROOT = Path(__file__).resolve().parent.parent


def test_an_upload_is_read_with_its_verdicts_effects_and_answers(tmp_path: Path) -> None:
    made.pending(tmp_path, 7, [made.faulty("证书.xlsx"), made.refused("通知.csv"), made.verdict("企业.csv")])
    [found] = intake.pendings(tmp_path)
    assert (found.sender, found.state, found.files) == (
        "330521",
        "ready",
        ("证书.xlsx", "通知.csv", "企业.csv"),
    )
    assert (found.accepted, found.changes) == (24, Changes(20, 4, 0, 0))
    assert [told.row for told in found.verdicts[0].sentences] == [7, 8]
    assert [(e.district, e.before, e.after, e.changed) for e in found.effects] == [
        ("330500", 7300, 7310, True),
        ("330521", 1200, 1210, True),
        ("330500", None, 21100, True),
        ("330521", 5000, 5000, False),
    ]
    assert found.answers == ["退回_证书.xlsx", "退回_通知.xlsx"]
    assert found.answer("退回_证书.xlsx") == "退回_证书.xlsx".encode()
    with zipfile.ZipFile(BytesIO(found.all_answers())) as packed:
        assert packed.namelist() == found.answers


def test_newest_first_and_a_folder_without_its_request_is_no_upload(tmp_path: Path) -> None:
    for number in (3, 9, 5):
        made.pending(tmp_path, number, [made.verdict("a.csv")])
    (tmp_path / "pending" / f"{11:020x}" / "files").mkdir(parents=True)
    made.write(tmp_path / "pending" / "other" / "request.json", {})
    assert [int(one.id, 16) for one in intake.pendings(tmp_path)] == [9, 5, 3]


@pytest.mark.parametrize("id", ["", "../../etc", "x" * 20, f"{1:020x}", f"{7:020x}/.."])
def test_an_id_from_the_address_that_names_no_upload_is_none(tmp_path: Path, id: str) -> None:
    made.pending(tmp_path, 7, [made.verdict("a.csv")])
    assert intake.find(tmp_path, id) is None


def test_a_process_at_work_is_told_by_its_lock_and_a_dead_one_by_its_absence(tmp_path: Path) -> None:
    folder = made.pending(tmp_path, 7, [made.verdict("a.csv")], state="")
    made.write(folder / "progress.json", {"step": "核对“a.csv”", "done": 1, "total": 3})
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        [found] = intake.pendings(tmp_path)
        assert (found.state, found.words, found.done, found.total) == ("running", "核对“a.csv”", 1, 3)
    assert intake.pendings(tmp_path)[0].state == "broken"


def test_an_upload_that_just_came_waits_for_its_process(tmp_path: Path) -> None:
    id = intake.receive(tmp_path, "330521", [("a.csv", BytesIO(b"x"))])
    found = intake.find(tmp_path, id)
    assert found and found.state == "waiting"


def test_a_preview_that_was_made_again_is_read_again(tmp_path: Path) -> None:
    folder = made.pending(tmp_path, 7, [made.verdict("a.csv")])
    assert intake.pendings(tmp_path)[0].state == "ready"
    told = json.loads((folder / "preview.json").read_text("utf-8"))
    made.write(folder / "new.json", told | {"state": "accepted"})
    (folder / "new.json").replace(folder / "preview.json")
    assert intake.pendings(tmp_path)[0].state == "accepted"


@pytest.mark.parametrize("content", ["", "{", "[]"])
@pytest.mark.parametrize(
    ("name", "state"), [("request.json", "spoilt"), ("preview.json", "spoilt"), ("progress.json", "ready")]
)
def test_a_spoilt_file_is_its_own_upload_s_matter(
    tmp_path: Path, name: str, state: str, content: str
) -> None:
    """As a power cut leaves it. What is not synced on purpose, the progress, spoils nothing."""
    spoilt = made.pending(tmp_path, 7, [made.verdict("a.csv")])
    made.pending(tmp_path, 5, [made.verdict("b.csv")])
    (spoilt / name).write_text(content, "utf-8")
    assert [one.state for one in intake.pendings(tmp_path)] == [state, "ready"]


def test_an_upload_confirmed_and_not_published_waits_for_a_build(tmp_path: Path) -> None:
    folder = made.pending(tmp_path, 7, [made.verdict("a.csv")])
    made.write(folder / "accept.json", {"by": "甲", "at": made.AT})
    assert intake.pendings(tmp_path)[0].state == "confirmed"
    told = made.read(folder / "preview.json")
    made.write(folder / "preview.json", told | {"state": "accepted", "words": "已发布，版本 x。"})
    assert intake.pendings(tmp_path)[0].state == "accepted"


@pytest.fixture
def root(warehouse_root: Path, tmp_path: Path) -> Path:
    """A copy of the hand-made data whose history is written by the test."""
    root = shutil.copytree(warehouse_root, tmp_path / "data")
    (root / "published" / "versions.jsonl").unlink()
    shutil.rmtree(root / "log")
    return root


def test_a_batch_knows_its_versions_and_its_last_act(root: Path) -> None:
    names = sorted(path.stem for path in (root / "store" / "batches").glob("*.json"))
    for version, upto in (("v1", 1), ("v2", 2), ("v2", 2)):
        made.version(root, version, "build", names[:upto])
    newest, *_, second, first = intake.batches(root)
    sent = replace(first, file="上报/2023-07-03/18ea0117d0da1ca4d8cb-1-德清县_竞赛.xlsx")
    assert sent.name == "德清县_竞赛.xlsx" and first.name == first.file
    assert (first.seq, first.versions, second.versions, newest.versions) == (1, ("v1", "v2"), ("v2",), ())
    assert not first.withdrawn and first.last is None
    made.act(root, 1, first.sha256, "withdraw", "报错了表")
    assert intake.batches(root)[-1].withdrawn
    made.act(root, 2, first.sha256, "reinstate", "没有错")
    again = intake.batches(root)[-1]
    assert not again.withdrawn and again.last and again.last.reason == "没有错"


def test_versions_are_told_newest_first_with_what_is_shown_and_kept(root: Path) -> None:
    now = (root / "published" / "current").read_text("utf-8").strip()
    made.version(root, now, "build", ["a"])
    made.version(root, "20230601-gone", "accept", ["a", "b"])
    made.version(root, now, "rollback", ["a"])
    found = [(v.version, v.why, v.batches, v.kept, v.current) for v in intake.versions(root)]
    assert found == [
        (now, "rollback", 1, True, True),
        ("20230601-gone", "accept", 2, False, False),
        (now, "build", 1, True, False),
    ]


def test_the_pin_and_the_log_are_read_and_a_torn_line_is_none(root: Path) -> None:
    assert intake.pin(root) is None and intake.entries(root, 5) == []
    pinned = {"version": "v1", "at": made.AT, "by": "湖州市总工会", "reason": "会议期间不动数字"}
    made.write(root / "published" / "pinned.json", pinned)
    assert intake.pin(root) == intake.Pin("v1", made.AT, "湖州市总工会", "会议期间不动数字")
    for month in (6, 7):
        for n in (1, 2):
            line = {"at": f"2023-0{month}-0{n}", "by": "u", "act": "accept", "what": "w", "outcome": "o"}
            made.append(root / "log" / f"audit-2023-0{month}.jsonl", line)
    with (root / "log" / "audit-2023-07.jsonl").open("a") as log:
        log.write('{"at": "2023')
    assert [e.at for e in intake.entries(root, 3)] == ["2023-07-02", "2023-07-01", "2023-06-02"]


def test_what_is_spoilt_in_the_store_is_told_and_the_rest_is_read(root: Path) -> None:
    now = (root / "published" / "current").read_text("utf-8").strip()
    verdicts = sorted((root / "store" / "batches").glob("*.json"))
    verdicts[0].write_text("", "utf-8")
    made.act(root, 1, "x", "withdraw", "报错了表")
    (root / "store" / "acts" / "000001.json").write_text("{", "utf-8")
    (root / "published" / "pinned.json").write_text("", "utf-8")
    for log in (root / "published" / "versions.jsonl", root / "log" / "audit-2023-07.jsonl"):
        log.parent.mkdir(exist_ok=True)
        log.write_bytes(b"\xff\xfe\n")
    made.version(root, now, "build", [verdicts[0].stem])
    found = intake.batches(root)
    assert [(one.seq, one.spoilt, one.versions) for one in found][-2:] == [(2, False, ()), (1, True, (now,))]
    assert [one.version for one in intake.versions(root)] == [now]
    assert intake.pin(root) == intake.Pin(now, "", "—", "固定记录已损坏")
    assert intake.entries(root, 5) == []
    assert intake.spoilt(root) == [
        "撤回与恢复的记录000001已损坏，文件是否撤回可能显示得不对；请告诉管理员从备份核对。",
        "版本记录有1行已损坏，没有列出；请告诉管理员从备份核对。",
        "操作记录有1行已损坏，没有列出；请告诉管理员从备份核对。",
    ]


def test_a_process_is_started_on_this_data_with_verb_reason_and_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "manage.py"
    script.write_text("import os, sys; print(os.environ['COCKPIT_DATA'], sys.argv[1:]); sys.exit(1)")
    monkeypatch.setattr(runs, "MANAGE", script)
    run = intake.act(tmp_path, "withdraw", "3", "-x 报错", "330521")
    run.process.wait()
    assert not run.going and not run.ok
    told = ["etl", "withdraw", "3", "--reason=-x 报错", "--by", "德清县总工会"]
    assert run.words == f"{tmp_path} {told}"


def test_what_a_crashed_process_prints_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made.pending(tmp_path, 7, [made.verdict("a.csv")])
    script = tmp_path / "manage.py"
    script.write_text("raise ValueError('secret')")
    monkeypatch.setattr(runs, "MANAGE", script)
    run = intake.work(tmp_path, "accept", folder.name, "330521")
    run.process.wait()
    assert run.words == runs.CRASHED and "secret" in (folder / runs.LOG).read_text()


@pytest.mark.parametrize("unit", ["330521", "330500"])
def test_a_template_is_made_for_a_county_and_for_the_city(tmp_path: Path, unit: str) -> None:
    book = openpyxl.load_workbook(BytesIO(intake.template(tmp_path, "contest", unit)))
    assert book.sheetnames[0] == "竞赛" and intake.places()[unit] in str(book.worksheets[0]["A1"].value)


def test_the_server_s_limit_is_the_page_s() -> None:
    config = tomllib.loads((runs.MANAGE.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["maxUploadSize"] == intake.LARGEST_MB
    style = (runs.MANAGE.parent / "cockpit" / "static" / "intake.css").read_text("utf-8")
    assert set(re.findall(r"每个不超过(\d+)MB", style)) == {str(intake.LARGEST_MB)}


def test_what_a_restore_put_in_the_place_of_a_record_is_what_the_page_tells(tmp_path: Path) -> None:
    """Verdicts and acts under names that were there before, another batch and another reason."""
    batch = {name: None for name in ("source", "district", "as_of")} | {"status": "reported", "sha256": "ab"}
    batch |= {"seq": 1, "file": "甲.csv", "received_at": made.AT} | dict.fromkeys(("read", "accepted"), 2)
    batch |= {"rejected": 0, "refused": False}
    path = tmp_path / "store" / "batches" / "000001-0123456789ab.json"
    made.write(path, batch)
    made.act(tmp_path, 1, "ab", "withdraw", "报错了县")
    [before] = intake.batches(tmp_path)
    aside = tmp_path / "store" / "aside.json"
    made.write(aside, batch | {"file": "乙.csv"})
    aside.replace(path)
    act = next((tmp_path / "store" / "acts").iterdir())
    made.write(aside, made.read(act) | {"reason": "报错了日期"})
    aside.replace(act)
    [after] = intake.batches(tmp_path)
    told = [(one.file, one.last and one.last.reason) for one in (before, after)]
    assert told == [("甲.csv", "报错了县"), ("乙.csv", "报错了日期")]


def test_every_act_that_is_put_on_record_has_a_word(tmp_path: Path) -> None:
    """Those that the code names as it calls the log, and those it is asked for by name."""
    calls = re.compile(r'audit\.record\(\s*[\w()]+, [^,]+, "([\w-]+)"|(?:refused|logged)\([^,]+, "([\w-]+)"')
    code = [path for top in ("etl", "commands") for path in (ROOT / top).rglob("*.py")]
    acts = {
        word for path in code for found in calls.findall(path.read_text("utf-8")) for word in found if word
    }
    assert {"clock", "restore", "unpin", "hand-in", "rollback"} <= acts <= set(intake_versions.ACTS)
    assert set(intake_versions.ACTS) - acts == {"withdraw", "reinstate"}  # named by variables
