"""From files to figures: what one more file changes, what the same files do not, who sees it and when."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.value import value
from cockpit.warehouse import Warehouse
from etl.build import build, needs_build
from etl.snapshot import current
from tests.demo_root import demo_root
from tests.sending import row, send

TITLE = "【演示数据】德清县 · 培训 · 数据截至2023-06-30"
COUNTY, OTHER = "330521", "330523"


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the demonstration data that a test may add to."""
    folder = tmp_path / "data"
    shutil.copytree(demo_root(tmp_path_factory), folder)
    yield folder


def sessions(root: Path, district: str) -> int:
    return value(root, "training_sessions", district, "2023-H1")["value"]


def one_more_training(root: Path, number: str = "补报-1") -> Path:
    cells = row("training", training_id=number, held_on="2023-06-15", attendances="40")
    return send(root / "inbox" / f"德清县_培训_{number}.csv", "training", cells, title=TITLE)


def test_the_same_files_build_nothing_new(root: Path) -> None:
    before = current(root)
    files = {path: path.stat().st_mtime_ns for path in (root / "published").glob("*.duckdb")}
    assert not needs_build(root)
    again = build(root)
    assert (again.changed, again.version) == (False, before)
    assert {path: path.stat().st_mtime_ns for path in (root / "published").glob("*.duckdb")} == files


def test_one_more_file_is_one_more_record_in_a_new_version(root: Path) -> None:
    before, here, there = current(root), sessions(root, COUNTY), sessions(root, OTHER)
    one_more_training(root)
    assert needs_build(root)
    report = build(root)
    assert report.changed and report.version == current(root) != before
    assert (sessions(root, COUNTY), sessions(root, OTHER)) == (here + 1, there)
    assert not needs_build(root)


def test_what_reads_the_warehouse_follows_and_a_page_in_progress_keeps_its_own(root: Path) -> None:
    warehouse = Warehouse(root)
    begun = warehouse.snapshot()
    count = "SELECT SUM(sessions) FROM mart_training"
    (old,) = begun.rows(count)[0]
    one_more_training(root)
    version = build(root).version
    followed = warehouse.snapshot()
    assert followed.version == version != begun.version
    assert followed.rows(count)[0][0] == old + 1
    assert begun.rows(count)[0][0] == old


def test_a_file_that_fits_no_source_leaves_the_figures_and_says_so(root: Path) -> None:
    here = sessions(root, COUNTY)
    (root / "inbox" / "活动照片清单.csv").write_text("照片，说明\n1，合影\n", encoding="utf-8")
    report = build(root)
    assert any("活动照片清单.csv" in message for message in report.messages)
    assert sessions(root, COUNTY) == here


def test_a_file_taken_back_after_it_was_read_still_counts(root: Path) -> None:
    """The store is the record, not the inbox."""
    here = sessions(root, COUNTY)
    sent = one_more_training(root)
    build(root)
    sent.unlink()
    assert not build(root).changed
    assert sessions(root, COUNTY) == here + 1
