"""A spoilt version is never shown: the last good one kept is, and the screen says so."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit import seals
from cockpit.shell import follow, header, health
from cockpit.value import value
from cockpit.warehouse import NoData, Warehouse
from etl import build, snapshot, versions
from tests.warehouse_fixture import File, write_batch, write_store

Spoil = Callable[[Path], None]
CONTEST = {"contest_id": "J9", "name": "叉车竞赛", "town": "330523001", "held_on": "2023-06-01"}


def _half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _one_bit(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))


WHY = {
    "half": (_half, "文件长度不对"),
    "bit": (_one_bit, "文件内容与发布时不一致"),
    "gone": (Path.unlink, "文件不在了"),
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, the second with one contest more."""
    root = tmp_path_factory.mktemp("two")
    write_store(root)
    build.build(root)
    write_batch(
        root, File("contest", "330523", "2023-06-30", [CONTEST | {"level": "county", "entries": "7"}])
    )
    build.build(root)
    return root


@pytest.fixture
def root(two: Path, tmp_path: Path) -> Path:
    shutil.copytree(two, tmp_path / "data")
    return tmp_path / "data"


def _entries(warehouse: Warehouse) -> int:
    found = warehouse.snapshot().rows("SELECT SUM(entries) FROM mart_contest WHERE town = '330523001'")
    return found[0][0] or 0


@pytest.mark.parametrize(("spoil", "why"), WHY.values(), ids=WHY)
@pytest.mark.parametrize("running", [True, False])
def test_the_version_before_is_served_until_a_build_has_made_it_good(
    root: Path, spoil: Spoil, why: str, running: bool
) -> None:
    good = Warehouse(root)
    assert (_entries(good), good.troubles()) == (7, [])
    version = good.snapshot().version
    path = snapshot.path_of(root, version)
    warehouse = good if running else Warehouse(root)
    del good
    spoil(path)
    removed_while_open = running and not path.exists()
    assert _entries(warehouse) == (7 if removed_while_open else 0)
    (told,) = warehouse.troubles()
    assert told.startswith(f"数据版本 {version} ") and (why[:5] in told) and "etl build" in told
    assert build.needs_build(root)
    report = build.build(root)
    assert (report.version, report.changed) == (version, True)
    assert (_entries(warehouse), warehouse.snapshot().version, warehouse.troubles()) == (7, version, [])


def test_a_page_that_still_reads_the_spoilt_file_does_not_pass_it_on(root: Path) -> None:
    """DuckDB shares an open file by its path: the new one is opened when the last reader has let go."""
    warehouse = Warehouse(root)
    reading = warehouse.snapshot()
    path = snapshot.path_of(root, reading.version)
    whole = path.read_bytes()
    _half(path)
    before = warehouse.snapshot().version
    path.with_suffix(".new").write_bytes(whole)
    path.with_suffix(".new").replace(path)
    assert warehouse.snapshot().version == before != reading.version
    del reading
    assert _entries(warehouse) == 7


def test_a_spoilt_seal_is_a_spoilt_version(root: Path) -> None:
    version = snapshot.current(root) or ""
    seals.seal_of(root / "published", version).write_text('{"version": "x"}')
    warehouse = Warehouse(root)
    assert warehouse.snapshot().version != version
    assert "校验文件损坏" in warehouse.troubles()[0]


def test_the_command_line_says_so_beside_the_figure(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    version = snapshot.current(root) or ""
    _half(snapshot.path_of(root, version))
    assert value(root, "members")["version"] != version
    assert f"数据版本 {version} 文件长度不对" in caplog.text


def test_when_nothing_kept_is_whole_nothing_is_shown(root: Path) -> None:
    for version in seals.kept(root / "published"):
        _half(snapshot.path_of(root, version))
    with pytest.raises(NoData, match="没有完好的数据版本") as nothing:
        Warehouse(root).snapshot()
    assert nothing.value.sentence.count("文件长度不对") == 2


def test_a_version_pruned_while_a_reader_looks_is_no_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest, oldest = seals.kept(root / "published")
    number = seals._number

    def pruning(folder: Path, version: str) -> int:
        snapshot.path_of(root, oldest).unlink(missing_ok=True)
        return number(folder, version)

    monkeypatch.setattr(seals, "_number", pruning)
    assert Warehouse(root).snapshot().version == newest


def test_a_pointer_moved_while_a_reader_looks_is_followed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest, oldest = seals.kept(root / "published")
    kept = seals.kept

    def moving(folder: Path) -> list[str]:
        snapshot.point(root, oldest)
        return kept(folder)

    warehouse = Warehouse(root)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(seals, "kept", moving)
        assert warehouse.snapshot().version == newest
    assert warehouse.snapshot().version == oldest


def test_a_file_is_hashed_once_per_version_and_not_per_query(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = seals.flaw
    monkeypatch.setattr(
        seals, "flaw", lambda folder, version: hashed.append(version) or real(folder, version)
    )
    warehouse = Warehouse(root)
    for _ in range(50):
        warehouse.snapshot()
    assert hashed == [snapshot.current(root)]


def test_after_a_rollback_an_earlier_version_stands_in_rather_than_the_one_left(root: Path) -> None:
    newest, oldest = seals.kept(root / "published")
    third = snapshot.path_of(root, "v3")
    shutil.copy(snapshot.path_of(root, newest), third)
    seal = seals.of_file(third, "v3", 3, "")
    seals.seal_of(root / "published", "v3").write_text(seal.text())
    (root / "published" / "current").write_text(newest)
    _half(snapshot.path_of(root, newest))
    assert Warehouse(root).snapshot().version == oldest


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe"])
def test_a_lost_pointer_does_not_bring_back_what_a_rollback_left(root: Path, pointer: bytes) -> None:
    newest, oldest = seals.kept(root / "published")
    with snapshot.lock(root):
        versions.pin(root, oldest, "测试", "有误")
    (root / "published" / "current").write_bytes(pointer)
    assert Warehouse(root).snapshot().version == oldest != newest


def test_a_spoilt_pin_holds_what_is_published(root: Path) -> None:
    (root / "published" / "pinned.json").write_bytes(b'{"version": "2023')
    pin = versions.pinned(root)
    assert pin and pin.version == snapshot.current(root)
    assert Warehouse(root).troubles() == []


def test_health_pages_and_walls_name_the_trouble(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    version = snapshot.current(root) or ""
    before = follow.stamp(header.data.warehouse().snapshot())
    assert "troubles" not in health.state()[1] and header._troubles() == ""
    _one_bit(snapshot.path_of(root, version))
    note = {"sentences": ["存储文件 store/union/000001-ab.parquet 已损坏。"]}
    (root / "published" / "trouble.json").write_text(json.dumps(note), "utf-8")
    code, told = health.state()
    assert (code, told["ok"], told["version"] != version) == (200, True, True)
    assert told["troubles"][0].startswith(
        f"数据版本 {version} 文件内容与发布时不一致，现在显示的是完好的版本"
    )
    assert told["troubles"][1:] == note["sentences"]
    shown = header._troubles()
    assert shown.count("<p>") == 2 and 'role="alert"' in shown
    assert follow.stamp(header.data.warehouse().snapshot()) != before  # open screens run again
