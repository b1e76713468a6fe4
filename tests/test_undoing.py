"""Withdrawing a batch, going back to a version, staying there: nothing erased, all of it on record."""

import json
from pathlib import Path

import pytest

import manage
from cockpit.value import value
from commands import serve
from etl import acts, inputs, ledger, snapshot, versions
from etl.build import BuildRefused, build
from etl.intake.accept import accept
from etl.intake.preview import preview
from etl.rollback import Unknown as UnknownVersion
from etl.rollback import rollback
from etl.withdrawal import Unknown, decide
from tests.uploading import J2, J9, contests, copied, logged, tree, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")
pytest_plugins = ["tests.uploading"]


@pytest.fixture
def root(tmp_path: Path, warehouse_root: Path) -> Path:
    """The hand-countable warehouse, and one file more: J2 corrected from 20 to 25 entries, J9 with 7."""
    root = copied(warehouse_root, tmp_path / "data")
    contests(root / "inbox", J2 | {"entries": "25"}, J9 | {"entries": "7"})
    build(root, "甲")
    return root


def entries(root: Path) -> float:
    """Entries of 德清县 in the published version: 20, and with the file more 32."""
    return value(root, "contest_entries", "330521", "2023-H1")["value"]


def test_a_withdrawn_batch_gives_back_the_earlier_row_and_can_be_put_back(root: Path) -> None:
    first, with_it = (entry["version"] for entry in versions.recorded(root))
    last = ledger.batches(root)[-1]
    before = {name: sha for name, sha in tree(root).items() if name.startswith(("store/", "inbox/"))}
    assert entries(root) == 32
    assert decide(root, "withdraw", str(last.seq), "乙", "报错了县") == first
    assert entries(root) == 20
    assert before.items() <= tree(root).items()  # nothing erased
    assert not build(root).changed  # its file in the inbox is not taken in anew
    with pytest.raises(Unknown, match="已经撤回，不用撤回"):
        decide(root, "withdraw", last.sha256[:8], "乙", "再撤")
    assert decide(root, "reinstate", last.sha256, "丙", "核实无误") == with_it
    assert entries(root) == 32
    with pytest.raises(Unknown, match="没有撤回过"):
        decide(root, "reinstate", last.sha256, "丙", "再恢复")
    assert [(a.seq, a.by, a.act, a.batch, a.reason) for a in acts.acts(root)] == [
        (1, "乙", "withdraw", last.sha256, "报错了县"),
        (2, "丙", "reinstate", last.sha256, "核实无误"),
    ]
    assert [(e["version"], e["by"], e["why"], e["withdrawn"]) for e in versions.recorded(root)[1:]] == [
        (with_it, "甲", "build", []),
        (first, "乙", "withdraw", [last.sha256]),
        (with_it, "丙", "reinstate", []),
    ]
    assert [said[3] for said in logged(root)[1:]] == [
        "报错了县；检查已通过，记录在案，接着发布",
        f"报错了县；已发布版本 {first}",
        "核实无误；检查已通过，记录在案，接着发布",
        f"核实无误；已发布版本 {with_it}",
    ]


def test_what_others_refer_to_cannot_be_withdrawn(root: Path) -> None:
    before = tree(root)
    union = next(b for b in ledger.batches(root) if b.source == "union" and b.accepted)
    with pytest.raises(BuildRefused, match="构建检查未通过"):
        decide(root, "withdraw", str(union.seq), "乙", "试试")
    after = tree(root)
    assert {k: v for k, v in after.items() if k != "published/lock"} == {
        k: v for k, v in before.items() if k != "published/lock"
    }


@pytest.mark.parametrize("which", ["999", "0123456789ab", "12345678", ""])
def test_a_batch_that_is_none_is_named(root: Path, which: str) -> None:
    with pytest.raises(Unknown, match="没有编号或校验值为"):
        decide(root, "withdraw", which, "乙", "试试")


def test_a_spoilt_act_stops_the_build(root: Path) -> None:
    decide(root, "withdraw", str(ledger.batches(root)[-1].seq), "乙", "报错了")
    path = root / "store" / "acts" / "000001.json"
    path.write_text(path.read_text("utf-8").replace("报错了", "报对了"), "utf-8")
    with pytest.raises(BuildRefused, match=r"store/acts/000001\.json 已损坏或不见了"):
        build(root)
    assert entries(root) == 20


def test_back_to_a_version_and_staying_there_until_somebody_builds(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (entry["version"] for entry in versions.recorded(root))
    told = rollback(root, first, "乙", "数字有误")
    assert told == [f"已回退到版本 {first}，并固定在此；etl build 或确认新的上报会解除固定。"]
    contests(root / "inbox", J9 | {"contest_id": "J8", "entries": "3"}, name="又.csv")
    assert serve.publish(root) == f"按乙的回退（数字有误）停留在版本 {first}，运行 etl build 解除"
    assert (entries(root), snapshot.current(root)) == (20, first)
    with pytest.raises(UnknownVersion, match="现在发布的就是"):
        rollback(root, first, "乙", "再来")
    report = build(root, "丙")
    assert report.messages[1] == f"原来固定在版本 {first}，现已解除固定。"
    assert (entries(root), versions.pinned(root)) == (35, None)
    assert [(e["version"], e["why"]) for e in versions.recorded(root)[2:]] == [
        *((first, "rollback"), (report.version, "build")),
    ]
    assert [said[:3] for said in logged(root)[1:]] == [
        *(("乙", "rollback", first), ("乙", "rollback", first)),
        *(("丙", "unpin", first), ("丙", "build", report.version)),
    ]
    assert second != report.version


def test_going_back_and_withdrawing_is_on_record_though_the_version_is_the_same(root: Path) -> None:
    first = versions.recorded(root)[0]["version"]
    rollback(root, first, "乙", "数字有误")
    assert decide(root, "withdraw", str(ledger.batches(root)[-1].seq), "乙", "报错了县") == first
    assert (len(acts.acts(root)), versions.pinned(root), entries(root)) == (1, None, 20)
    assert not build(root).changed


def test_a_pruned_version_is_built_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same version by the same rules; another one, and said so, when the rules have changed since."""
    first = versions.recorded(root)[0]["version"]
    for path in (root / "published").glob(f"cockpit-{first}.*"):
        path.unlink()
    assert rollback(root, first, "乙", "数字有误")[-1].startswith(f"已回退到版本 {first}，")
    assert entries(root) == 20
    build(root)
    for path in (root / "published").glob(f"cockpit-{first}.*"):
        path.unlink()
    monkeypatch.setattr(inputs, "RULES", inputs.RULES[:-1])
    told = rollback(root, first, "乙", "数字有误")
    assert told[0].startswith(f"版本 {first} 之后规则已有变化，按原来的批次重建，得到版本 ")
    assert (entries(root), snapshot.current(root) != first) == (20, True)
    pin = versions.pinned(root)
    assert pin is not None and pin.version == snapshot.current(root)
    with pytest.raises(UnknownVersion, match=f"没有版本 20200101-0000000000 的记录。现有：.*{first}"):
        rollback(root, "20200101-0000000000", "乙", "试试")


def test_a_rollback_cut_short_is_finished_by_the_next_start(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    first = versions.recorded(root)[0]["version"]
    with monkeypatch.context() as patched, pytest.raises(Stopped):
        patched.setattr(snapshot, "point", stop)
        rollback(root, first, "乙", "数字有误")
    assert entries(root) == 32
    assert first in serve.publish(root)
    assert entries(root) == 20


def test_an_upload_lifts_the_pin_and_says_so_before(root: Path, tmp_path: Path) -> None:
    """Its preview is compared with the version that is shown, not with the one gone back from."""
    first = versions.recorded(root)[0]["version"]
    rollback(root, first, "乙", "数字有误")
    id = upload(root, contests(tmp_path, J9 | {"entries": "9"}))
    told = preview(root, id)
    assert told["base_version"] == first
    assert told["words"].endswith(f"现在固定在版本 {first}（乙：数字有误），一经发布即解除固定。")
    assert told["files"][0]["changes"]["new"] == 1
    (found,) = [
        e for e in told["effects"] if (e["indicator"], e["district"]) == ("contest_entries", "330521")
    ]
    assert (found["before"], found["after"]) == (20, 34)
    assert accept(root, id, "丙").version == told["version"]
    assert versions.pinned(root) is None


def test_content_of_a_withdrawn_batch_sent_again_says_so(root: Path, tmp_path: Path) -> None:
    decide(root, "withdraw", str(ledger.batches(root)[-1].seq), "乙", "报错了县")
    again = contests(tmp_path, J2 | {"entries": "25"}, J9 | {"entries": "7"})
    (file,) = preview(root, upload(root, again))["files"]
    assert file["sentences"][0]["message"].endswith("那一份已撤回；要重新计入，请恢复那一份。")


def test_the_commands_tell_and_end_as_they_should(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    first = versions.recorded(root)[0]["version"]
    sent = str(contests(tmp_path, J9 | {"contest_id": "J8", "entries": "3"}))
    assert manage.main(["etl", "hand-in", sent, "--from", "330523", "--by", "丙"]) == 0
    shown = capsys.readouterr().out
    id = shown.split()[1]
    assert "注意：“竞赛.csv”标题写明的区划是德清县，不是报送单位安吉县。" in shown
    assert "德清县 竞赛参赛人次（人次）：32 → 35" in shown
    assert manage.main(["etl", "hand-in", sent, "--from", "1"]) == 1
    assert manage.main(["etl", "accept", id, "--by", "丙"]) == 0
    assert manage.main(["etl", "discard", id]) == 1
    assert manage.main(["etl", "preview", "0"]) == 2
    assert manage.main(["etl", "rollback", first, "--reason", "数字有误", "--by", "丙"]) == 0
    assert manage.main(["etl", "withdraw", "999", "--reason", "试试"]) == 2
    capsys.readouterr()
    assert manage.main(["etl", "history"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "330523  contest  读1收1拒0" in last and last.endswith(f"{id}-1-竞赛.csv")
    assert manage.main(["etl", "versions"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith(f"{first}  2023-07-03T09:30:00+08:00  rollback  丙  ")
    assert line.endswith("现行、固定")
    assert manage.main(["etl", "log"]) == 0
    assert f"2023-07-03T09:30:00+08:00  丙  rollback  {first}  数字有误；已发布\n" in capsys.readouterr().out


def test_lines_cut_short_are_dropped_and_whole_ones_kept(root: Path) -> None:
    path = root / "published" / "versions.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + json.dumps({"version": "半"}, ensure_ascii=False).encode()[:-4])
    assert [e["version"] for e in versions.recorded(root)] == [
        json.loads(x)["version"] for x in whole.splitlines()
    ]
    versions.note(root, "v", [], [], "甲", "build")
    assert path.read_bytes().startswith(whole)
    assert [json.loads(line)["version"] for line in path.read_bytes()[len(whole) :].splitlines()] == ["v"]
