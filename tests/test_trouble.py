"""What the disk refuses is told in plain words, with what holds then; those of the system go to the log."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from commands import serve
from etl import audit, build, snapshot, trouble, versions
from etl.build import BuildRefused
from etl.intake import accept, pending, preview
from tests.sending import row, send

TITLE = "德清县 · 数据截至2023-06-30"
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
ENGLISH = duckdb.IOException("IO Error: Could not write file: No space left on device")
ADVICE = "请检查磁盘的剩余空间、数据文件夹的权限和磁盘本身后再试"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    send(tmp_path / "data" / "inbox" / "1.csv", "contest", row("contest"), title=TITLE)
    build.build(tmp_path / "data")
    return tmp_path / "data"


def full(*_: object) -> None:
    raise FULL


@pytest.mark.parametrize(("failed", "why"), [(FULL, "磁盘已满，请腾出空间后再试"), (ENGLISH, ADVICE)])
def test_a_sentence_says_what_to_do_and_the_log_has_the_rest(
    root: Path, caplog: pytest.LogCaptureFixture, failed: Exception, why: str
) -> None:
    with pytest.raises(BuildRefused) as told, trouble.disk(root):
        raise failed
    assert str(told.value) == f"读不到存储或写不进磁盘：{why}。已发布的版本保持不变。"
    assert "No space left on device" in caplog.text


def test_what_fails_after_the_version_was_published_does_not_say_that_it_stayed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next build completes the records."""
    send(root / "inbox" / "2.csv", "contest", row("contest", contest_id="J-2"), title=TITLE)
    with monkeypatch.context() as patched, pytest.raises(BuildRefused) as told:
        patched.setattr(audit, "record", full)
        build.build(root)
    version = snapshot.current(root)
    assert str(told.value).endswith(f"版本 {version} 已经发布，只是之后的记录没有写全。")
    assert not versions.latest(root, version)
    assert not build.build(root, "甲").changed
    assert versions.latest(root, version)
    assert [(e["by"], e["act"], e["what"]) for e in audit.entries(root)][-1] == ("甲", "build", version)


def test_an_upload_confirmed_on_a_full_disk_is_said_to_be_on_record(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(tmp_path / "2.csv", "contest", row("contest", contest_id="J-2"), title=TITLE)
    id, before = pending.receive(root, [sent], "330521"), snapshot.current(root)
    told = preview.preview(root, id)
    with monkeypatch.context() as patched, pytest.raises(trouble.Unfinished) as refused:
        patched.setattr(build, "write", full)
        accept.accept(root, id, "甲")
    assert snapshot.current(root) == before
    assert str(refused.value).endswith(
        "已发布的版本保持不变。这份上报的确认已记录在案，下一次建库会接着发布它。"
    )
    assert build.build(root).version == told["version"]


def test_a_start_with_a_pin_on_a_version_nobody_knows_stays_with_the_old_one(root: Path) -> None:
    versions.pin(root, "20200101-0000000000", "乙", "数字有误")
    assert "没有版本 20200101-0000000000 的记录" in serve.publish(root)
