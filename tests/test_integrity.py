"""What is spoilt or gone in the store is named, taken in again where its file still lies, else refused."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import build, integrity, ledger
from etl.inputs import gather
from etl.integrity import Lost
from etl.snapshot import BuildRefused, last_seal
from etl.store import ingest
from tests.sending import row, send

NOW = datetime(2023, 7, 1, 8, 30)
LATER = datetime(2023, 7, 2, 9, 0)
Spoil = Callable[[Path], None]


def _half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _one_bit(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))


SPOILT = {"half": _half, "one bit": _one_bit, "gone": Path.unlink}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Batch 1: PX-1 with 120 attendances and PX-2 with 50; batch 2 corrects PX-1 to 130; batch 3: PX-3."""
    first = [row("training"), row("training", training_id="PX-2", attendances="50")]
    send(tmp_path / "inbox" / "一月.csv", "training", *first)
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "更正.csv", "training", row("training", attendances="130"))
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "三.csv", "training", row("training", training_id="PX-3"))
    ingest(tmp_path, NOW)
    return tmp_path


def _file(root: Path, kind: str, number: int) -> Path:
    """The verdict or the rows of a batch."""
    return next((root / "store" / kind).glob(f"{number:06d}-*"))


def counting(root: Path) -> dict[str, int]:
    """training_id -> attendances of what a build would count, the latest batch winning."""
    found: dict[str, int] = {}
    for path in gather(root).parquet("training"):
        found |= {r["training_id"]: r["attendances"] for r in pq.read_table(path).to_pylist()}
    return found


RIGHT = {row("training")["training_id"]: 130, "PX-2": 50, "PX-3": 120}


def test_a_whole_store_has_no_damage(root: Path) -> None:
    examined = integrity.examine(root)
    assert (examined.damaged, [b.seq for b in examined.sound], examined.last) == ((), [1, 2, 3], 3)
    assert counting(root) == RIGHT


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize("kind", ["training", "batches"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_spoilt_is_taken_in_again_from_the_inbox(
    root: Path, spoil: Spoil, kind: str, number: int
) -> None:
    """Same rows, and what a later file had corrected stays corrected."""
    path = _file(root, kind, number)
    spoil(path)
    before = integrity.examine(root)
    if not (kind == "batches" and number == 3 and not path.exists()):  # the last verdict: nothing names it
        assert [d.path for d in before.damaged] == [path.relative_to(root).as_posix()]
        assert integrity.made_good(before, ingest(root, LATER))[0].startswith(
            f"存储文件 {path.relative_to(root).as_posix()} 已{'损坏' if path.exists() else '不见了'}，"
        )
    ingest(root, LATER)
    assert counting(root) == RIGHT
    assert integrity.examine(root).open() == []
    assert ingest(root, LATER) == []


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize("kind", ["training", "batches"])
def test_what_is_spoilt_and_not_at_hand_is_named_and_refused(root: Path, spoil: Spoil, kind: str) -> None:
    path = _file(root, kind, 1)
    (root / "inbox" / "一月.csv").unlink()
    spoil(path)
    send(root / "inbox" / "新.csv", "training", row("training", training_id="PX-4"))
    with pytest.raises(Lost) as lost:
        ingest(root, LATER)
    told = str(lost.value)
    assert told.startswith(f"存储文件 {path.relative_to(root).as_posix()} 已")
    assert ("原文件“一月.csv”" in told) == (kind == "training")
    assert f"以 {path.stem[7:]} 开头" in told or kind == "training"
    assert "manage.py restore" in told
    assert len(ledger.manifests(root)) == 3 - (not path.exists() and kind == "batches")  # nothing was judged


def test_rows_whose_verdict_is_gone_are_not_swept_away(root: Path) -> None:
    rows = _file(root, "training", 1)
    _file(root, "batches", 1).unlink()
    ingest(root, LATER)
    assert rows.exists()


def test_the_end_of_a_store_is_missed_when_a_publication_had_counted_it(root: Path) -> None:
    build.build(root)
    last = _file(root, "batches", 3)
    seal = last_seal(root)
    assert seal and seal.last_batch == last.stem
    last.unlink()
    (root / "inbox" / "三.csv").unlink()
    with pytest.raises(BuildRefused, match=f"store/batches/{last.name} 已不见了"):
        build.build(root)


def test_a_build_leaves_word_of_what_is_lost_until_it_comes_through(root: Path) -> None:
    note = root / "published" / "trouble.json"
    version = build.build(root).version
    path = _file(root, "training", 1)
    (root / "inbox" / "一月.csv").rename(root / "一月.csv")
    _half(path)
    with pytest.raises(Lost):
        build.build(root)
    (told,) = json.loads(note.read_text("utf-8"))["sentences"]
    assert f"{path.name} 已损坏" in told
    assert (root / "published" / "current").read_text().strip() == version
    (root / "一月.csv").rename(root / "inbox" / "一月.csv")
    report = build.build(root)
    assert report.messages[0].endswith("已损坏，已用收件箱中的原件“一月.csv”重新入库：接受2行。")
    assert not note.exists()


def test_a_store_from_before_there_were_seals_still_opens(root: Path) -> None:
    for path in ledger.manifests(root):
        told = json.loads(path.read_text("utf-8"))
        old = {name: told[name] for name in told if name not in ("seal", "rows_sha256", "before")}
        path.write_text(json.dumps(old), "utf-8")
    assert integrity.examine(root).damaged == ()
    assert counting(root) == RIGHT
    _half(_file(root, "training", 2))  # its end is gone
    assert [d.name[:6] for d in integrity.examine(root).damaged] == ["000002"]


def test_a_changed_verdict_is_not_believed(root: Path) -> None:
    path = _file(root, "batches", 2)
    path.write_text(path.read_text("utf-8").replace('"accepted": 1', '"accepted": 9'), "utf-8")
    assert ledger.read(path) is None
