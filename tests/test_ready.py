"""Every page declares all its tiles; one that fails says so, and the others go on."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit import districts
from cockpit.indicators import CATALOGUE
from cockpit.reading.vouch import overdue
from cockpit.screens import SCREENS
from cockpit.shell import data, follow, health
from cockpit.site import PAGES, Page
from cockpit.warehouse import Warehouse
from tests.changed_version import changed

ROOT = Path(__file__).parents[1]
ALL = {**PAGES, **SCREENS}


def opened(path: str, root: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> str:
    """The HTML that a page sends."""
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    folder = "wall" if path in SCREENS else "pages"
    at = AppTest.from_file(str(ROOT / folder / f"{path.removeprefix('wall-')}.py"), default_timeout=30)
    for name, code in query.items():
        at.query_params[name] = code
    at.run()
    assert not at.exception
    return "".join(element.proto.body for element in at.get("html"))


def told(html: str) -> dict[str, str]:
    """Tile -> what the server says of it."""
    return {
        tile: state
        for tile, state in re.findall(r'class="ck-told" data-of="(\w+)" [^>]*data-told="(\w+)"', html)
    }


def promised(html: str) -> dict[str, str]:
    return dict(re.findall(r'data-(\w+)="([^"]*)"', re.search(r'<div id="cockpit-state"[^>]*>', html)[0]))


@pytest.mark.parametrize("page", ALL.values(), ids=lambda page: page.path)
def test_every_promised_tile_is_drawn(
    page: Page, warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = opened(page.path, warehouse_root, monkeypatch)
    assert told(html) == dict.fromkeys(page.wanted, "drawn")
    said = promised(html)
    assert said["wanted"].split() == list(page.wanted)
    assert (said["page"], said["status"]) == (page.path, "demo")
    assert said["slice"] == "district=330500&amp;period=2023-H1"
    assert said["version"] == Warehouse(warehouse_root).snapshot().version
    assert len(set(re.findall(r'data-run="(\w+)"', html))) == 1


def test_a_url_that_names_no_slice_promises_nothing_it_can_keep(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = opened("skills", warehouse_root, monkeypatch, district="1")
    assert promised(html)["slice"] == "" and told(html) == {} and "ck-problem" in html


@pytest.fixture
def broken_root(warehouse_root: Path, tmp_path: Path) -> Path:
    """A version without the records of stations: what is counted from marts can still be shown."""
    return changed(warehouse_root, tmp_path, "broken", "DROP TABLE fact_station")


@pytest.mark.parametrize(("path", "lost"), [("stations", {"list", "map"}), ("wall-map", {"map"})])
def test_a_tile_that_fails_says_so_and_the_others_go_on(
    path: str,
    lost: set[str],
    broken_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(health, "_failed", {})
    html = opened(path, broken_root, monkeypatch)
    assert {tile for tile, state in told(html).items() if state == "failed"} == lost
    assert set(told(html)) == set(ALL[path].wanted)
    assert html.count("这一块没有显示出来") == len(lost)
    assert "fact_station" not in html
    assert f"tile map of {path} failed" in caplog.text and "fact_station" in caplog.text
    assert set(health._failed) == {(path, tile) for tile in lost}


@pytest.mark.parametrize("path", list(SCREENS))
@pytest.mark.parametrize("query", [{"district": "330521102"}, {"nef": "yes"}])
def test_a_wall_shows_no_town_and_no_filter(
    path: str, query: dict[str, str], warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = opened(path, warehouse_root, monkeypatch, **query)
    assert "大屏只显示全市或一个区县，不带筛选。" in html and told(html) == {}


@pytest.mark.parametrize("path", list(SCREENS))
def test_a_wall_leads_nowhere_and_hides_nothing_behind_a_pointer(
    path: str, warehouse_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = opened(path, warehouse_root, monkeypatch)
    assert "<a " not in html
    assert [words for words in re.findall(r'title="([^"]+)"', html) if not words.startswith("建库于")] == []


def reported(root: Path, target: Path) -> Path:
    """The same data as reported by districts: freshness is then judged by today."""
    return changed(root, target, "reported", "UPDATE info SET status = 'reported'")


LAST_DAYS = {
    "day": date(2023, 11, 15),
    "week": date(2023, 11, 19),
    "month": date(2023, 11, 30),
    "leap month": date(2024, 2, 29),
    "week, month and year": date(2023, 12, 31),
}


@pytest.mark.parametrize("last", LAST_DAYS.values(), ids=LAST_DAYS)
def test_at_midnight_a_screen_runs_again_and_data_becomes_overdue_day_by_day(
    last: date, warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = [last]
    warehouse = Warehouse(reported(warehouse_root, tmp_path), lambda: today[0])
    monkeypatch.setattr(data, "warehouse", lambda: warehouse)
    snapshot, indicator = warehouse.snapshot(), CATALOGUE["contest_entries"]
    oldest = snapshot.states["contest", "330521"]
    rhythm = snapshot.sources["contest"].rhythm_days
    late = (last - oldest).days - rhythm
    county = districts.get("330521")
    assert late > 0
    before = follow.stamp(snapshot)
    assert overdue(snapshot, indicator, county) == late
    today[0] = last + timedelta(days=1)
    assert follow._current() != before
    assert overdue(snapshot, indicator, county) == late + 1
    assert f"过期{late + 1}天" in opened("wall-skills", tmp_path, monkeypatch, district="330521")
    today[0] = oldest
    assert overdue(snapshot, indicator, county) == 0
