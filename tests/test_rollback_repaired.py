"""Going back to a pruned version: its batches spoilt since and taken in again, its rules changed, stopped."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.warehouse import Warehouse
from etl import audit, durable, inputs, ledger, snapshot, versions
from etl.build import BuildRefused, build
from etl.rollback import hold, rollback
from etl.trouble import Unfinished
from tests.sending import row, send
from tests.uploading import copied

TITLE = "德清县 · 数据截至2023-06-30"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Batch n brings contest J-n with 10 n entries, n = 1, 2, 3; a version after the second and the third."""
    place = tmp_path_factory.mktemp("repaired")
    for number in (1, 2, 3):
        cells = row("contest", contest_id=f"J-{number}", entries=f"{number}0")
        send(place / "inbox" / f"{number}.csv", "contest", cells, title=TITLE)
        if number > 1:
            build(place, "甲")
    return place


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    """The first version's file is pruned."""
    root = copied(whole, tmp_path / "data")
    for path in snapshot.folder(root).glob(f"cockpit-{first(root)}.*"):
        path.unlink()
    return root


def first(root: Path) -> str:
    return str(versions.recorded(root)[0]["version"])


def served(root: Path) -> dict[str, int]:
    return dict(Warehouse(root).snapshot().rows("SELECT contest_id, entries FROM fact_contest"))


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("kind", ["contest", "batches"])
@pytest.mark.parametrize("spoil", [_half, Path.unlink], ids=["half", "gone"])
def test_a_batch_taken_in_again_stands_for_the_spoilt_one_and_that_is_told(
    root: Path, kind: str, spoil: Callable[[Path], None]
) -> None:
    spoil(next((root / "store" / kind).glob("000001-*")))
    build(root, "甲")
    told = rollback(root, first(root), "乙", "数字有误")
    assert served(root) == {"J-1": 10, "J-2": 20}
    assert told[0] == (
        f"版本 {first(root)} 计入的文件中有1份的存储后来损坏、已重新入库，按重新入库的重建，"
        f"得到版本 {snapshot.current(root)}。"
    )


def test_a_batch_of_which_nothing_stands_is_refused_by_number(root: Path) -> None:
    """On record as counted, and unknown to the store."""
    version, name = snapshot.current(root), "000009-0123456789ab"
    entry = versions.recorded(root)[0]
    versions.note(root, first(root), [*entry["batches"], name], [], "甲", "build")
    with pytest.raises(BuildRefused, match=rf"计入的第9批（内容校验值以 {name[7:]} 开头）在存储中找不到"):
        rollback(root, first(root), "乙", "数字有误")
    assert snapshot.current(root) == version
    assert len(ledger.batches(root)) == 3


def test_one_that_stopped_under_another_name_is_finished_by_a_restart_and_on_record(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules have changed, and the disk is full as the new file is put in its place."""
    added = tmp_path / "rule.sql"
    added.write_text("", "utf-8")
    monkeypatch.setattr(inputs, "RULES", (*inputs.RULES, added))
    asked, before, put = first(root), snapshot.current(root), durable.put

    def full(tmp: Path, path: Path) -> None:
        if path.suffix == ".duckdb":
            raise OSError(errno.ENOSPC, "No space left on device")
        put(tmp, path)

    with (
        monkeypatch.context() as patched,
        pytest.raises(Unfinished, match="重新启动"),
    ):
        patched.setattr(durable, "put", full)
        rollback(root, asked, "乙", "数字有误")
    assert snapshot.current(root) == before
    pin = hold(root)
    assert (pin.by, pin.version) == ("乙", snapshot.current(root)) and pin.version not in (asked, before)
    assert served(root) == {"J-1": 10, "J-2": 20}
    last = versions.recorded(root)[-1]
    assert (last["version"], last["why"], last["by"]) == (pin.version, "rollback", "乙")
    said = audit.entries(root)[-1]
    assert (said["act"], said["what"], said["outcome"]) == ("rollback", pin.version, "数字有误；已发布")


def test_one_under_another_name_that_nothing_stops_is_on_record_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = tmp_path / "rule.sql"
    added.write_text("", "utf-8")
    monkeypatch.setattr(inputs, "RULES", (*inputs.RULES, added))
    rollback(root, first(root), "乙", "数字有误")
    noted = [entry["why"] for entry in versions.recorded(root) if entry["version"] == snapshot.current(root)]
    assert noted == ["rollback"]
