"""Files of the inbox that nobody may read, or that are gone when their turn comes: the others go on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl import arrivals, build, check, ledger
from etl.intake import pending, preview
from etl.store import ingest
from tests.sending import row, send

TITLE = "德清县 · 数据截至2023-06-30"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """乙.csv is not to be read; 甲.csv and 丙.csv are as they should be."""
    for number, name in enumerate("甲乙丙", 1):
        cells = row("contest", contest_id=f"J-{number}")
        send(tmp_path / "data" / "inbox" / f"{name}.csv", "contest", cells, title=TITLE)
    return tmp_path / "data"


def closed(monkeypatch: pytest.MonkeyPatch, name: str = "乙.csv") -> None:
    """As for another user's file with mode 0600: root, as which tests may run, reads everything."""

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(path: Path, *given: Any, **named: Any) -> Any:
            if path.name.endswith(name):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *given, **named)

        return opened

    monkeypatch.setattr(Path, "open", refusing(Path.open))
    monkeypatch.setattr(Path, "read_bytes", refusing(Path.read_bytes))


def test_a_file_without_permission_is_told_and_the_others_are_taken_in(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(monkeypatch)
    report = build.build(root)
    assert [batch.file for batch in ledger.batches(root)] == ["丙.csv", "甲.csv"]
    told = [message for message in report.messages if "乙.csv" in message]
    assert told == [
        "乙.csv：读不了（没有读取权限，或刚被移走），这次没有收；请检查文件的权限，下次建库再收。"
    ]
    assert not build.needs_build(root)


def test_a_file_that_was_closed_is_taken_in_once_it_can_be_read(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        closed(patched)
        build.build(root)
    assert build.needs_build(root)
    build.build(root)
    assert [batch.file for batch in ledger.batches(root)] == ["丙.csv", "甲.csv", "乙.csv"]


@pytest.mark.parametrize("step", ["before it is hashed", "before it is read"])
def test_a_file_that_vanishes_stops_no_other(root: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    gone, real = root / "inbox" / "乙.csv", ledger.file_digest

    def digest(path: Path) -> str:
        if step == "before it is hashed":
            gone.unlink(missing_ok=True)
            return real(path)
        found = real(path)
        gone.unlink(missing_ok=path != gone)
        return found

    monkeypatch.setattr(ledger, "file_digest", digest)
    told: list[str] = []
    taken = ingest(root, unread=told.append, moving=told.append)
    assert ([batch.file for batch in taken], told) == (["丙.csv", "甲.csv"], ["乙.csv"])


def test_a_folder_that_cannot_be_listed_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are not taken to be gone."""
    (root / "inbox" / "长兴").mkdir()
    real = arrivals.os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("长兴"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(arrivals.os, "scandir", scandir)
    report = build.build(root)
    assert "收件夹里的文件夹“长兴”打不开，里面的文件没有收；请检查它的权限，再建库。" in report.messages
    assert len(ledger.batches(root)) == 3


def test_an_upload_is_previewed_though_the_inbox_holds_what_cannot_be_read(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(tmp_path / "上报.csv", "contest", row("contest", contest_id="J-4"), title=TITLE)
    id = pending.receive(root, [sent], "330521")
    closed(monkeypatch)
    monkeypatch.setattr("etl.intake.scratch.os.link", lambda *given, **named: _refused())
    monkeypatch.setattr("etl.intake.scratch.shutil.copy2", _copy)
    assert preview.preview(root, id)["state"] == "ready"


def _refused() -> None:
    raise PermissionError(1, "Operation not permitted")


def _copy(path: Path, target: Path, **named: Any) -> None:
    if path.name == "乙.csv":
        raise PermissionError(13, "Permission denied", str(path))
    target.write_bytes(path.read_bytes())


def test_a_file_that_cannot_be_read_is_told_by_the_check_too(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = root / "inbox" / "丁.csv"
    (verdict,) = check.check_files(root, [missing])
    assert verdict.refused and "文件打不开" in verdict.sentences[0].message
