"""Backups to one folder leave each other whole; what lies there spoilt is not built upon."""

import multiprocessing
import os
from pathlib import Path

import pytest

import manage
from commands import backup as command
from etl import snapshot
from etl.backup import Refused, back_up, restore, taking, vault, verify
from etl.snapshot import Busy

pytest_plugins = ["tests.taken_in"]


@pytest.fixture
def root(small: Path) -> Path:
    return small


def object_of(place: Path, path: Path) -> Path:
    return vault.object_of(place, vault.digest(path))


def spoil(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def test_a_second_backup_to_the_folder_is_told_of_the_first(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "WAIT", 0)
    with (
        vault.lock(place, 0),
        pytest.raises(Refused, match=r"另一次备份正在写入 .*backups，请等它结束后再试。"),
    ):
        back_up(root, place)
    assert vault.names(place) == []


def test_backups_begun_together_with_keep_are_all_whole(root: Path, place: Path) -> None:
    back_up(root, place)
    for n in range(40):
        (root / "inbox" / f"{n}.csv").write_text(f"{n}")
    forked = multiprocessing.get_context("fork")
    running = [forked.Process(target=back_up, args=(root, place, 1)) for _ in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0, 0]
    assert vault.names(place)[0][:6] == "000004"
    assert verify(place).faults == ()


def test_a_stopped_backups_half_file_goes(root: Path, place: Path) -> None:
    (place / "objects").mkdir(parents=True)
    (place / "objects" / "incoming.tmp").write_bytes(b"half")
    back_up(root, place)
    assert not list(place.rglob("*.tmp"))


def test_a_list_that_cannot_be_read_is_named_and_nothing_is_forgotten(root: Path, place: Path) -> None:
    for n in range(3):
        (root / "inbox" / f"{n}.csv").write_text(f"{n}")
        back_up(root, place)
    spoilt = place / "backups" / f"{vault.names(place)[1]}.json"
    spoilt.write_text("{")
    held = set(place.rglob("*"))
    taken = back_up(root, place, keep=1)
    assert taken.name in vault.names(place)
    assert (taken.forgotten, len(taken.faults)) == (0, 1)
    assert str(spoilt) in taken.faults[0]
    assert held <= set(place.rglob("*"))


def test_the_command_does_not_call_a_backup_failed_that_was_made(
    root: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    monkeypatch.setattr(command, "ensure", lambda lock: "")
    first = back_up(root, place).name
    (place / "backups" / f"{first}.json").write_text("{")
    assert manage.main(["backup", str(place), "--keep", "1"]) == 1
    said = capsys.readouterr()
    assert "备份 000002-" in said.out
    assert said.err.startswith("备份已做") and f"{first}.json 已损坏" in said.err


def test_a_spoilt_content_of_the_same_size_is_mended_and_told(root: Path, place: Path) -> None:
    """The earlier backup is whole again, too."""
    back_up(root, place)
    sent = root / "inbox" / "德清" / "培训.csv"
    spoil(object_of(place, sent))
    taken = back_up(root, place)
    assert (taken.mended, taken.copied) == (1, 0)
    assert object_of(place, sent).read_bytes() == sent.read_bytes()
    assert verify(place).faults == ()


def test_a_link_is_told_and_not_followed(root: Path, place: Path, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "密.csv").write_text("别处的内容")
    (root / "inbox" / "链.csv").symlink_to(tmp_path / "别处" / "密.csv")
    (root / "inbox" / "夹").symlink_to(tmp_path / "别处")
    (root / "inbox" / "断.csv").symlink_to(tmp_path / "没有")
    taken = back_up(root, place)
    assert sorted(taken.links) == ["inbox/夹", "inbox/断.csv", "inbox/链.csv"]
    restore(place, tmp_path / "other")
    assert [p.name for p in (tmp_path / "other" / "inbox").iterdir()] == ["德清"]


def test_a_folder_of_links_alone_is_not_thrown_away(root: Path, place: Path, tmp_path: Path) -> None:
    back_up(root, place)
    (tmp_path / "other" / "inbox").mkdir(parents=True)
    (tmp_path / "other" / "inbox" / "链.csv").symlink_to(tmp_path / "没有")
    with pytest.raises(Refused, match="已有数据，不覆盖"):
        restore(place, tmp_path / "other")


def test_what_a_sender_named_like_a_temporary_file_is_backed_up(
    root: Path, place: Path, tmp_path: Path
) -> None:
    """Only what the product itself leaves half is left out, where it does so."""
    named = ["inbox/五月.tmp.csv", "inbox/lock", "inbox/六月.tmp夹/a.csv", "pending/1/files/1-五月.tmp.csv"]
    half = ["pending/1/request.json.tmp", "pending/1/lock", "pending/1/root/a.csv", "store/x/1.parquet.tmp"]
    half += ["published/inbox.json", "published/v.duckdb.tmp", "reports/.staging/a.png", "reports/.lock"]
    for name in [*named, *half]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    back_up(root, place)
    restore(place, tmp_path / "other")
    assert [name for name in named if not (tmp_path / "other" / name).exists()] == []
    assert [name for name in half if (tmp_path / "other" / name).exists()] == []


def test_who_waits_for_a_backup_is_told_so(root: Path) -> None:
    with (
        snapshot.lock(root, act="备份"),
        pytest.raises(Busy, match=rf"^另一次备份正在进行（进程 {os.getpid()}，"),
        snapshot.lock(root),
    ):
        pass
