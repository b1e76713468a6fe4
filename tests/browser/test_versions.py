"""A server in service: its first request, a new version under its open pages, data that cannot be shown."""

import json
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser

from cockpit.site import PAGES
from etl.build import build
from etl.snapshot import current, path_of
from tests.browser.figures import cards
from tests.browser.screen import Screen
from tests.browser.server import running
from tests.sending import row, send

pytestmark = pytest.mark.browser

COUNTY = "330521"
TITLE = "【演示数据】德清县 · 竞赛 · 数据截至2023-06-30"


def one_more_contest(root: Path) -> str:
    """Send and build one more contest of 60 entries; returns the new version."""
    contest = row("contest", contest_id="补报-1", held_on="2023-06-20", entries="60")
    send(root / "inbox" / "德清县_竞赛_补报.csv", "contest", contest, title=TITLE)
    return build(root).version


def test_a_deep_link_is_framed_even_as_the_first_request(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    with running(own_root, tmp_path / "log") as server:
        server.wait_until_answering()
        with Screen.opened(chromium, server.url) as screen:
            screen.page.goto(f"{server.url}/no-such-page")
            assert "没有这个页面" in screen.page.get_by_role("alert").inner_text()
            screen.page.wait_for_load_state("networkidle")  # its fonts: leaving it earlier aborts them
            screen.faults.clear()
            screen.go(f"skills?district={COUNTY}")
            assert screen.page.get_by_role("heading", name="工会驾驶舱").is_visible()
            assert screen.page.get_by_role("link", name="工资集体协商").first.is_visible()
            assert screen.page.get_by_role("combobox", name="区县", exact=True).input_value() == "德清县"
            assert screen.cards() == cards(own_root, PAGES["skills"].indicators, COUNTY)
            assert screen.faults == []


def test_an_open_page_follows_a_new_version_with_all_its_tiles(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    before = current(own_root)
    keys = PAGES["skills"].indicators
    with running(own_root, tmp_path / "log") as server:
        server.wait_until_healthy()
        with Screen.opened(chromium, server.url) as screen, Screen.opened(chromium, server.url) as other:
            for place, seen in (("skills", screen), (f"?district={COUNTY}", other)):
                seen.go(place)
                assert seen.page.get_by_text(f"版本{before}").is_visible()
            old = screen.cards()
            version = one_more_contest(own_root)
            assert version != before
            for seen in (screen, other):
                seen.page.get_by_text(f"版本{version}").wait_for()
                seen.painted()
            new = cards(own_root, keys, "330500")
            screen.wait_for_cards(new)
            assert {name for name in new if new[name] != old[name]} >= {"竞赛场次"}
            other.wait_for_cards(cards(own_root, PAGES["overview"].indicators, COUNTY))
            for seen in (screen, other):
                assert before not in seen.page.content()
                assert seen.faults == []


def test_without_readable_data_health_is_503_and_the_page_a_sentence_until_data_are_back(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    pointer = own_root / "published" / "current"
    version = pointer.read_text("utf-8")
    pointer.write_text("20990101-missing\n", "utf-8")
    whole = path_of(own_root, version.strip())
    away = whole.rename(tmp_path / "away")
    with running(own_root, tmp_path / "log") as server:
        server.wait_until_answering()
        status, body = server.health()
        assert status == 503
        assert "20990101-missing" in json.loads(body)["reason"]
        with Screen.opened(chromium, server.url) as screen:
            screen.go("skills")
            assert "没有完好的数据版本" in screen.page.get_by_role("alert").inner_text()
            assert not any(word in screen.text() for word in ("Traceback", "Error", "duckdb"))
            away.rename(whole)
            pointer.write_text(version, "utf-8")
            screen.wait_for_cards(cards(own_root, PAGES["skills"].indicators, "330500"))
        server.wait_until_healthy()


def test_a_running_server_keeps_the_last_good_version(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    with running(own_root, tmp_path / "log") as server:
        server.wait_until_healthy()
        version = json.loads(server.health()[1])["version"]
        (own_root / "published" / "current").write_text("20990101-missing\n", "utf-8")
        assert json.loads(server.health()[1])["version"] == version
        with Screen.opened(chromium, server.url) as screen:
            screen.go("")
            assert screen.page.get_by_text(f"版本{version}").is_visible()
            assert screen.faults == []


def test_a_tile_that_fails_is_told_by_health_until_it_renders_again(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    good = current(own_root) or ""
    bad = path_of(own_root, "20230630-broken")
    bad.write_bytes(path_of(own_root, good).read_bytes())
    with duckdb.connect(str(bad)) as con:
        con.execute("DROP TABLE fact_station")
        con.execute("UPDATE info SET version = '20230630-broken'")
    pointer = own_root / "published" / "current"
    pointer.write_text("20230630-broken\n", "utf-8")
    with running(own_root, tmp_path / "log") as server:
        server.wait_until_healthy()
        with Screen.opened(chromium, server.url) as screen:
            screen.page.goto(f"{server.url}/stations")
            screen.page.get_by_text("这一块没有显示出来").first.wait_for()
            assert not any(word in screen.text() for word in ("Traceback", "Catalog", "fact_station"))
            status, body = server.health()
            assert status == 503 and "户外站点" in json.loads(body)["reason"]
            pointer.write_text(good, "utf-8")
            screen.go("stations")
            assert server.health()[0] == 200
