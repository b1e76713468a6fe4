"""A backup brings every number back, elsewhere too; what is spoilt in it is named and not restored."""

import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

import manage
from cockpit import seals
from cockpit.indicators import CATALOGUE
from cockpit.reading import readings
from cockpit.slices import parse
from cockpit.value import _plain
from cockpit.warehouse import Warehouse
from commands import backup as command
from etl import audit, build, journal, snapshot
from etl.backup import Refused, back_up, restore, restoring, taking, vault, verify
from tests.sending import row, send
from tests.warehouse_fixture import write_store

pytest_plugins = ["tests.taken_in"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, an inbox, a journal, a report."""
    root = tmp_path_factory.mktemp("made")
    write_store(root, status="reported")
    send(root / "inbox" / "德清" / "培训.csv", "training", row("training"))
    build.build(root)
    send(root / "inbox" / "更正.csv", "training", row("training", attendances="130"))
    build.build(root)
    journal.append(root / "log" / "audit-2023-07.jsonl", {"act": "build"})
    (root / "reports" / "2023-W25" / "330500").mkdir(parents=True)
    (root / "reports" / "2023-W25" / "330500" / "manifest.json").write_text("{}")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


def figures(root: Path) -> list[dict[str, Any]]:
    """Every figure that `value` knows, of the city, a county and a town."""
    places = ("330500", "330521", "330521102")
    snapshot = Warehouse(root).snapshot()
    slices = [parse({"district": place}, snapshot.info.data_date) for place in places]
    return [_plain(read) for slice in slices for read in readings(snapshot, [*CATALOGUE], slice).values()]


def content(root: Path) -> dict[str, bytes]:
    """All but the audit log, which a restore adds to."""
    found = {name: path.read_bytes() for name, path in taking.files(root)}
    return {name: held for name, held in found.items() if not name.startswith("log/")}


def test_a_destroyed_data_folder_comes_back_number_for_number_elsewhere(
    root: Path, place: Path, tmp_path: Path
) -> None:
    before, numbers, kept = content(root), figures(root), seals.kept(root / "published")
    files = len(list(taking.files(root)))
    acts = audit.entries(root)
    taken = back_up(root, place)
    assert (taken.files, taken.faults) == (files + len(list(taking._settings())), ())
    shutil.rmtree(root)
    moved = (tmp_path / "stick").resolve()
    place.rename(moved)
    other = tmp_path / "other machine" / "data"
    done = restore(moved, other)
    assert (done.version, done.files, done.aside) == (snapshot.current(other), files, None)
    assert content(other) == before
    assert audit.entries(other)[: len(acts)] == acts
    assert figures(other) == numbers
    assert seals.kept(other / "published") == kept
    assert not build.needs_build(other)
    assert not build.build(other).changed
    assert str(tmp_path) not in (moved / "backups" / f"{done.name}.json").read_text()
    assert sorted(p.name for p in other.iterdir()) == ["inbox", "log", "published", "reports", "store"]


def test_the_versions_published_before_are_there_to_go_back_to(
    root: Path, place: Path, tmp_path: Path
) -> None:
    old = seals.kept(root / "published")[1]
    snapshot.point(root, old)
    numbers = figures(root)
    snapshot.point(root, seals.kept(root / "published")[0])
    back_up(root, place)
    restore(place, tmp_path / "other")
    snapshot.point(tmp_path / "other", old)
    assert figures(tmp_path / "other") == numbers


def test_the_next_backup_copies_only_what_is_new_and_is_a_whole_one(
    small: Path, place: Path, tmp_path: Path
) -> None:
    first = back_up(small, place)
    send(small / "inbox" / "新.csv", "training", row("training", training_id="PX-9"))
    second = back_up(small, place)
    assert (second.copied, second.files) == (1, first.files + 1)
    shutil.rmtree(small)
    restore(place, small, first.name)
    assert not (small / "inbox" / "新.csv").exists()
    restore(place, small, replace=True)
    assert (small / "inbox" / "新.csv").exists()


def test_a_backup_taken_while_builds_run_is_of_one_moment(root: Path, place: Path, tmp_path: Path) -> None:
    """Whatever was copied, the restored folder is whole: pointer, seals, store and verdicts agree."""
    begun = threading.Event()

    def build_on() -> None:
        for number in (1, 2):
            send(root / "inbox" / f"{number}.csv", "training", row("training", training_id=f"PX-{number}"))
            with snapshot.lock(root, wait=60):
                begun.set()
                build.under_lock(root, "测试", "build")

    builder = threading.Thread(target=build_on)
    builder.start()
    assert begun.wait(120)
    back_up(root, place)
    builder.join()
    other = tmp_path / "other"
    done = restore(place, other)
    assert not seals.flaw(other / "published", done.version or "")
    assert taking._faults(other) == []
    assert figures(other)[0]["version"] == done.version
    build.build(other)


def test_a_folder_with_data_is_not_overwritten_unless_told(small: Path, place: Path) -> None:
    back_up(small, place)
    before = content(small)
    with pytest.raises(Refused, match=r"已有数据，不覆盖.*--replace"):
        restore(place, small)
    assert content(small) == before
    (small / "inbox" / "后来.csv").write_text("x")
    done = restore(place, small, replace=True)
    assert content(small) == before
    assert done.aside and (done.aside / "inbox" / "后来.csv").read_text() == "x"


@pytest.mark.parametrize("spoilt", ["content", "gone", "list"])
def test_a_spoilt_backup_is_named_and_changes_nothing(
    small: Path, place: Path, tmp_path: Path, spoilt: str
) -> None:
    name = back_up(small, place).name
    sent = small / "inbox" / "德清" / "培训.csv"
    held = vault.object_of(place, vault.digest(sent))
    if spoilt == "gone":
        held.unlink()
    elif spoilt == "content":
        held.write_bytes(b"x" * held.stat().st_size)
    else:
        listed = place / "backups" / f"{name}.json"
        listed.write_text(listed.read_text().replace('"size": ', '"size": 1'))
    faults = verify(place).faults
    assert faults and all((name in told or held.name in told) for told in faults)
    with pytest.raises(Refused, match=r"培训\.csv 的内容" if spoilt != "list" else "与写入时不一致"):
        restore(place, tmp_path / "other")
    assert not list(taking.files(tmp_path / "other"))
    assert not (tmp_path / "other" / restoring.ASIDE).exists()


def test_a_whole_backup_verifies(small: Path, place: Path) -> None:
    taken = back_up(small, place)
    back_up(small, place)
    checked = verify(place)
    assert (checked.backups, checked.faults) == (2, ())
    assert 0 < checked.objects <= taken.copied


def test_only_the_newest_are_kept_and_nothing_they_need_is_thrown_away(small: Path, place: Path) -> None:
    """The number says which is newest, the clock may run backwards."""
    for number in range(4):
        (small / "inbox" / f"{number}.csv").write_text(f"{number}")
        taken = back_up(small, place, keep=2)
        (small / "inbox" / f"{number}.csv").unlink()
    assert [name[:6] for name in vault.names(place)] == ["000003", "000004"]
    assert taken.forgotten == 1
    assert verify(place).faults == ()
    held = {path.read_bytes() for path in vault.objects(place)}
    assert (b"0" in held, b"1" in held, b"2" in held, b"3" in held) == (False, False, True, True)


def test_what_is_spoilt_in_the_data_is_told_and_no_older_backup_is_forgotten(root: Path, place: Path) -> None:
    back_up(root, place)
    version = snapshot.current(root) or ""
    rows = next((root / "store" / "training").glob("*.parquet"))
    rows.write_bytes(rows.read_bytes()[:50])
    path = snapshot.path_of(root, version)
    path.write_bytes(path.read_bytes()[:5000])
    taken = back_up(root, place, keep=1)
    assert len(vault.names(place)) == 2
    assert f"存储文件 store/training/{rows.name} 已损坏。" in taken.faults
    assert any(told.startswith(f"数据版本 {version} 文件长度不对") for told in taken.faults)


def test_changed_settings_are_told_and_restored_only_when_asked(
    small: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "reference"
    ours.mkdir()
    (ours / "site.toml").write_text("title = '甲'")
    for module in (taking, restoring):
        monkeypatch.setattr(module, "REFERENCE", ours)
    back_up(small, place)
    (ours / "site.toml").write_text("title = '乙'")
    assert restore(place, tmp_path / "one").settings == ("reference/site.toml",)
    assert (ours / "site.toml").read_text() == "title = '乙'"
    restore(place, tmp_path / "two", settings=True)
    assert (ours / "site.toml").read_text() == "title = '甲'"
    assert restore(place, tmp_path / "three").settings == ()


def test_a_name_that_is_no_utf8_comes_back_too(small: Path, place: Path, tmp_path: Path) -> None:
    named = os.fsdecode("培训".encode("gbk") + b".csv")
    (small / "inbox" / named).write_text("x")
    back_up(small, place)
    restore(place, tmp_path / "other")
    assert (tmp_path / "other" / "inbox" / named).read_text() == "x"


def test_a_backup_inside_the_data_folder_or_of_nothing_is_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不能放在数据文件夹里面"):
        back_up(small, small / "backup")
    with pytest.raises(Refused, match="没有什么可备份的"):
        back_up(tmp_path / "empty", tmp_path / "backups")
    with pytest.raises(Refused, match="没有备份"):
        restore(tmp_path / "backups", tmp_path / "other")


def test_a_list_that_points_outside_is_not_followed(small: Path, place: Path, tmp_path: Path) -> None:
    backup = vault.read(place, back_up(small, place).name)
    entry = backup.files[0]
    outside = vault.Entry("store/../../../x", entry.size, entry.sha256, 0)
    vault.write(place, vault.Backup("000009-x", None, (outside,)))
    with pytest.raises(Refused, match="指到数据文件夹之外"):
        restore(place, tmp_path / "deep" / "other")
    assert not (tmp_path / "x").exists()


def test_the_commands_say_what_they_did(
    small: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(small))
    monkeypatch.setattr(command, "ensure", lambda lock: "")
    assert manage.main(["backup", str(place), "--keep", "3"]) == 0
    assert manage.main(["backup", str(place), "--verify"]) == 0
    assert manage.main(["restore", str(place)]) == 1
    shutil.rmtree(small)
    assert manage.main(["restore", str(place)]) == 0
    said = capsys.readouterr()
    assert (
        "备份 000001-" in said.out and "全部与写入时一致。" in said.out and "已恢复备份 000001-" in said.out
    )
    assert "未恢复：" in said.err and "--replace" in said.err
    (name,) = vault.names(place)
    told = json.loads((place / "backups" / f"{name}.json").read_text())
    assert told["version"] == snapshot.current(small)
