"""Snapshots follow the pointer, and the query compiler agrees with a plain recount of the mart."""

import gc
import os
import random
import shutil
import threading
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from cockpit import districts
from cockpit.indicators import BREAKDOWNS, CATALOGUE, Indicator
from cockpit.warehouse import NoData, Snapshot, Warehouse, effective, measure, terms
from cockpit.warehouse.measure import Window


@pytest.fixture
def root(warehouse_root: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, published as version v1."""
    version = (warehouse_root / "published" / "current").read_text().strip()
    original = warehouse_root / "published" / f"cockpit-{version}.duckdb"
    (tmp_path / "published").mkdir()
    shutil.copy(original, tmp_path / "published" / "original")
    publish(tmp_path, "v1")
    return tmp_path


def publish(root: Path, version: str, status: str = "demo") -> None:
    folder = root / "published"
    path = folder / f"cockpit-{version}.duckdb"
    shutil.copy(folder / "original", path)
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE info SET version = ?, status = ?", [version, status])
    point(root, version)


def point(root: Path, version: str) -> None:
    (root / "published" / "next").write_text(version + "\n")
    os.replace(root / "published" / "next", root / "published" / "current")


def open_files(root: Path) -> list[str]:
    gc.collect()
    links = (f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd"))
    targets = (os.readlink(link) for link in links if os.path.lexists(link))
    return sorted({Path(t).name for t in targets if t.startswith(str(root)) and ".duckdb" in t})


def test_a_new_version_is_followed_and_the_old_one_serves_pages_in_progress(root: Path) -> None:
    warehouse = Warehouse(root)
    old = warehouse.snapshot()
    assert warehouse.snapshot() is old
    publish(root, "v2")
    new = warehouse.snapshot()
    assert (old.version, new.version) == ("v1", "v2")
    assert old.rows("SELECT version FROM info") == [("v1",)]
    (root / "published" / "cockpit-v1.duckdb").unlink()  # pruned while a page still reads it
    assert old.rows("SELECT SUM(sessions) FROM mart_training") == new.rows(
        "SELECT SUM(sessions) FROM mart_training"
    )


def test_superseded_versions_are_closed_when_nobody_uses_them(root: Path) -> None:
    warehouse = Warehouse(root)
    for number in range(2, 12):
        warehouse.snapshot().query("SELECT COUNT(*) AS n FROM mart_training")
        publish(root, f"v{number}")
    held = warehouse.snapshot()
    assert open_files(root) == ["cockpit-v11.duckdb"]
    publish(root, "v12")
    warehouse.snapshot()
    assert open_files(root) == ["cockpit-v11.duckdb", "cockpit-v12.duckdb"]
    del held
    assert open_files(root) == ["cockpit-v12.duckdb"]


def test_a_version_pointed_to_again_is_not_reopened(root: Path) -> None:
    warehouse = Warehouse(root)
    first = warehouse.snapshot()
    point(root, "v1")
    assert warehouse.snapshot() is first


def test_without_a_published_version_there_is_no_data(root: Path) -> None:
    (root / "published" / "current").unlink()
    (root / "published" / "cockpit-v1.duckdb").unlink()
    with pytest.raises(NoData) as nothing:
        Warehouse(root).snapshot()
    assert nothing.value.sentence == "还没有发布过数据。请运行 python3 manage.py etl build。"


def test_a_broken_version_is_refused_but_never_replaces_a_good_one(root: Path) -> None:
    warehouse = Warehouse(root)
    good = warehouse.snapshot()
    (root / "published" / "cockpit-bad.duckdb").write_bytes(b"no database")
    point(root, "bad")
    assert warehouse.snapshot() is good
    assert Warehouse(root).snapshot().version == "v1"
    (told,) = warehouse.troubles()
    assert told == "数据版本 bad 打不开，现在显示的是完好的版本 v1。请运行 python3 manage.py etl build。"
    publish(root, "v3")
    assert (warehouse.snapshot().version, warehouse.troubles()) == ("v3", [])


def test_demo_data_is_judged_by_its_own_clock_and_reported_data_by_today(root: Path) -> None:
    assert Warehouse(root, lambda: date(2030, 1, 1)).snapshot().clock_date == date(2023, 6, 30)
    publish(root, "v2", "reported")
    assert Warehouse(root, lambda: date(2030, 1, 1)).snapshot().clock_date == date(2030, 1, 1)


def test_threads_share_a_snapshot(root: Path) -> None:
    snapshot = Warehouse(root).snapshot()
    seen: list[int] = []

    def work() -> None:
        for _ in range(50):
            seen.append(snapshot.rows("SELECT COUNT(*) FROM fact_certificate")[0][0])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [14] * 400  # 15 rows, one of them superseded


def recount(snapshot: Snapshot, indicator: Indicator, window: Window, where: str) -> tuple[int, int | None]:
    """The plain way: one query per term and window, straight from the rule's definition."""
    start, end = effective(indicator, window)
    days = f"day <= '{end}'" if indicator.rule == "stock" else f"day BETWEEN '{start}' AND '{end}'"
    parts = [
        snapshot.rows(f"SELECT COALESCE(SUM({t.column}), 0) FROM mart_{t.mart} WHERE {days} AND {where}")[0][
            0
        ]
        for t in terms(indicator)
    ]
    return parts[0], parts[1] if len(parts) > 1 else None


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE)
def test_sums_agree_with_a_plain_recount(warehouse_root: Path, indicator: Indicator) -> None:
    snapshot, chance = Warehouse(warehouse_root).snapshot(), random.Random(7)
    days = [date(2022, 1, 1) + timedelta(days=chance.randrange(545)) for _ in range(8)]
    windows = {
        f"w{n}": (min(pair), max(pair)) for n, pair in enumerate(zip(days[::2], days[1::2], strict=True))
    }
    none = (0, 0 if indicator.is_ratio else None)
    by_county = measure(snapshot, [indicator], windows, by="county")
    by_town = measure(snapshot, [indicator], windows, by="town", prefix="330521")
    whole = measure(snapshot, [indicator], windows)
    for name, window in windows.items():
        assert whole.get(("", indicator.key, name), none) == recount(snapshot, indicator, window, "1 = 1")
        for county in districts.children("330500"):
            expected = recount(snapshot, indicator, window, f"town LIKE '{county.code}%'")
            assert by_county.get((county.code, indicator.key, name), none) == expected
        for town in ("330521001", "330521101", "330521102", "330521115"):
            expected = recount(snapshot, indicator, window, f"town = '{town}'")
            assert by_town.get((town, indicator.key, name), none) == expected
        for by in indicator.breakdowns[:1]:
            split = measure(snapshot, [indicator], windows, by=by, prefix="330521")
            code = next(iter(BREAKDOWNS[by][1]))
            kept = measure(snapshot, [indicator], windows, ((by, code),), prefix="330521")
            expected = recount(snapshot, indicator, window, f"town LIKE '330521%' AND {by} = '{code}'")
            assert split.get((code, indicator.key, name), none) == expected
            assert kept.get(("", indicator.key, name), none) == expected


def test_a_mart_is_read_once_for_all_indicators_and_windows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot, asked = Warehouse(root).snapshot(), []
    rows = snapshot.rows
    monkeypatch.setattr(snapshot, "rows", lambda sql, params=(): asked.append(sql) or rows(sql, params))
    enterprise = [i for i in CATALOGUE.values() if {t.mart for t in terms(i)} == {"enterprise"}]
    windows = {"a": (date(2023, 1, 1), date(2023, 6, 30)), "b": (date(2022, 1, 1), date(2022, 6, 30))}
    assert len(enterprise) > 8
    measure(snapshot, enterprise, windows, by="county")
    measure(snapshot, enterprise[:1], windows, by="county")
    assert len(asked) == 1
    measure(snapshot, enterprise[:1], windows, (("size", "s25"),), by="county")
    assert len(asked) == 2


def test_what_is_remembered_is_bounded(root: Path) -> None:
    snapshot = Warehouse(root).snapshot()
    for number in range(600):
        assert snapshot.remember(number, lambda n=number: n) == number
    assert len(snapshot.memo) <= 256


def test_a_damaged_pointer_names_the_trouble_and_a_kept_version_is_served(root: Path) -> None:
    (root / "published" / "current").write_bytes(b"\xff\xfe\x00")
    warehouse = Warehouse(root)
    assert warehouse.snapshot().version == "v1"
    assert warehouse.troubles()[0].startswith("指针文件损坏，现在显示的是完好的版本 v1。")
    del warehouse  # its open file would be shared
    gc.collect()
    (root / "published" / "cockpit-v1.duckdb").write_bytes(b"no database")
    with pytest.raises(NoData, match=r"没有完好的数据版本（指针文件损坏；v1 打不开）。请运行"):
        Warehouse(root).snapshot()
