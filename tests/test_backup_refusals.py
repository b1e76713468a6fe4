"""What cannot be read, written or trusted while a backup is made or restored: told, and nothing half done."""

import os
from pathlib import Path
from typing import Any

import pytest

import manage
from commands import backup as command
from etl import audit
from etl.backup import Refused, back_up, restore, restoring, taking, vault
from tests.test_backup import content
from tests.test_unreadable import closed

pytest_plugins = ["tests.taken_in"]


def test_a_spoilt_setting_is_refused_before_anything_is_replaced(
    small: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "reference"
    ours.mkdir()
    (ours / "site.toml").write_text("title = '甲'")
    for module in (taking, restoring):
        monkeypatch.setattr(module, "REFERENCE", ours)
    back_up(small, place)
    vault.object_of(place, vault.digest(ours / "site.toml")).write_text("x")
    (ours / "site.toml").write_text("title = '乙'")
    (small / "inbox" / "后来.csv").write_text("x")
    before = content(small)
    with pytest.raises(Refused, match=r"site\.toml 的内容已损坏。\n没有恢复，数据文件夹没有变动"):
        restore(place, small, replace=True, settings=True)
    assert content(small) == before
    assert restore(place, small, replace=True).settings == ("reference/site.toml",)


def test_a_refusal_that_the_full_disk_does_not_record_is_read_all_the_same(
    small: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    back_up(small, place)
    monkeypatch.setenv("COCKPIT_DATA", str(small))
    monkeypatch.setattr(command, "ensure", lambda lock: "")
    monkeypatch.setattr(audit, "record", full)
    assert manage.main(["restore", str(place)]) == 1
    assert "已有数据，不覆盖" in capsys.readouterr().err


def test_what_cannot_be_read_is_told_and_the_rest_is_backed_up(
    small: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file and a folder of another account; nothing is forgotten then."""
    (small / "inbox" / "安吉").mkdir()
    first = back_up(small, place)
    (small / "inbox" / "甲.csv").write_text("x")
    (small / "inbox" / "乙.csv").write_text("y")
    closed(monkeypatch, "甲.csv")
    scan = os.scandir

    def listed(path: Any) -> Any:
        if str(path).endswith("安吉"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", listed)
    taken = back_up(small, place, keep=1)
    assert taken.faults == (
        "inbox/安吉 读不了（没有权限），这次没有备份；请检查它的权限和磁盘。",
        "inbox/甲.csv 读不了（没有权限），这次没有备份；请检查它的权限和磁盘。",
    )
    assert (taken.files, vault.names(place)) == (first.files + 1, [first.name, taken.name])
    restore(place, tmp_path / "other")
    assert sorted(path.name for path in (tmp_path / "other" / "inbox").iterdir()) == ["乙.csv", "德清"]


def test_a_backup_disk_that_refuses_is_not_taken_for_a_file_that_cannot_be_read(
    small: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault, "copy", full)
    with pytest.raises(OSError, match="No space"):
        back_up(small, place)
    assert vault.names(place) == []
