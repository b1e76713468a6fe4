"""The wall in a real browser: rotation, loss of the server, a failed tile, midnight, and its looks."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from cockpit.screens import SCREENS
from tests.browser.looks import GOLDEN, Wall, differs, save
from tests.browser.screen import Screen
from tests.browser.server import Server, running
from tests.changed_version import changed

pytestmark = pytest.mark.browser

HD, UHD, SPLICED, WIDE, SMALL = (1920, 1080), (3840, 2160), (5760, 2160), (3840, 1080), (1366, 768)
COUNTY = "district=330521"
# The whole matrix is tests/browser/matrix.py; these are the ones that differ most.
LOOKED_AT = [
    *((path.removeprefix("wall-"), HD, "") for path in SCREENS),
    ("overview", WIDE, ""),
    ("bargaining", WIDE, COUNTY),
    ("map", WIDE, ""),
    ("overview", SPLICED, ""),
    ("skills", UHD, ""),
    ("unions", SMALL, COUNTY),
    ("overview", HD, COUNTY),
    ("skills", HD, "period=2020"),
]


def name_of(case: tuple[str, tuple[int, int], str]) -> str:
    screen, (width, height), query = case
    return "-".join(filter(None, (screen, f"{width}x{height}", query.replace("=", ""))))


@pytest.fixture(scope="module")
def looking(chromium: Browser, server: Server) -> Iterator[Screen]:
    """One tab for all pictures: what the browser keeps is not loaded again."""
    with Screen.opened(chromium, server.url) as opened:
        yield opened


@pytest.fixture
def tab(chromium: Browser, server: Server) -> Iterator[Screen]:
    with Screen.opened(chromium, server.url) as opened:
        yield opened


@pytest.mark.parametrize("case", LOOKED_AT, ids=name_of)
def test_a_screen_is_whole_legible_and_looks_as_it_did(
    case: tuple[str, tuple[int, int], str], looking: Screen, server: Server
) -> None:
    screen, size, query = case
    looking.faults.clear()
    looking.page.set_viewport_size({"width": size[0], "height": size[1]})
    wall = Wall(looking.page)
    state = wall.open(server.url, screen, query)
    assert state["page"] == f"wall-{screen}" and state["state"] == "ready"
    assert state["wanted"].split() == list(SCREENS[state["page"]].wanted)
    assert wall.faults() == []
    assert looking.outside == [] and looking.faults == []
    picture, path = wall.picture(), GOLDEN / f"{name_of(case)}.png"
    if os.environ.get("COCKPIT_GOLDEN") == "write":
        save(picture, path)
    assert differs(picture, Image.open(path).convert("RGB")) == ""


def test_the_comparison_of_pictures_sees_a_missing_tile() -> None:
    picture = Image.open(GOLDEN / "overview-1920x1080.png").convert("RGB")
    broken = picture.copy()
    broken.paste((13, 34, 64), (330, 170, 470, 260))
    assert differs(picture, picture) == ""
    assert differs(broken, picture) != ""


def test_screens_follow_each_other_and_nothing_piles_up(tab: Screen, server: Server) -> None:
    page = tab.page
    page.goto(f"{server.url}/wall?seconds=1&screens=skills,map")
    for rotations in (1, 2, 3, 4):
        Wall(page).shown(rotations)
        assert page.locator("iframe").count() <= 3
    assert page.evaluate("() => [wall.failures, Object.values(wall.rounds).every((n) => n >= 1)]") == [
        0,
        True,
    ]
    assert page.evaluate("() => document.querySelector('#line i').getAnimations().length") == 1
    assert tab.faults == [] and tab.outside == []


def test_a_screen_that_does_not_come_leaves_the_old_one(tab: Screen, server: Server) -> None:
    page = tab.page
    page.route(re.compile("wall-unions"), lambda route: route.abort())
    page.clock.install()
    page.goto(f"{server.url}/wall?seconds=1&screens=skills,unions")
    Wall(page).shown(1)
    page.wait_for_function("() => wall.rounds.unions === 0")
    page.clock.fast_forward(45_000)
    page.wait_for_function("() => wall.failures === 1")
    assert page.evaluate("() => wall.shown") == "skills"
    Wall(page).shown(2)
    assert page.evaluate("() => wall.shown") == "skills"


def test_a_wall_that_lost_its_server_says_so_and_finds_it_again(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    with running(own_root, tmp_path / "log") as first:
        first.wait_until_healthy()
        port = int(first.url.rsplit(":", 1)[1])
        with Screen.opened(chromium, first.url) as tab:
            page, wall = tab.page, Wall(tab.page)
            wall.open(first.url, "skills", "name=大厅")
            bright = "() => getComputedStyle(document.getElementById('frames')).filter"
            assert page.evaluate(bright) == "none"
            first.process.kill()
            page.wait_for_function("() => document.body.classList.contains('cut')")
            told = page.locator("#cut").inner_text()
            assert re.search(r"与服务器断开，自 \d\d:\d\d 起", told) and "自动重新连接" in told
            page.wait_for_function(f"() => ({bright})().includes('brightness(0.35)')")
            assert page.evaluate("() => wall.shown") == "skills"
            with running(own_root, tmp_path / "log2", port) as second:
                second.wait_until_healthy()
                page.wait_for_function(
                    "() => !document.body.classList.contains('cut') && wall.rotations === 2"
                )
                with Screen.opened(chromium, second.url) as staff:
                    staff.go("walls")
                    row = staff.page.locator(".ck-table tbody tr").first.inner_text()
                    assert "大厅" in row and "● 正常" in row and "技能提升" in row


def test_a_tile_that_failed_says_so_and_its_neighbours_are_shown(
    chromium: Browser, own_root: Path, tmp_path: Path
) -> None:
    root = changed(own_root, tmp_path / "broken", "20230630-broken", "DROP TABLE fact_station")
    with running(root, tmp_path / "log") as server:
        server.wait_until_healthy()
        with Screen.opened(chromium, server.url) as tab:
            wall = Wall(tab.page)
            state = wall.open(server.url, "map")
            assert state["state"] == "failed"
            assert state["tiles"] == '{"cards":"ready","map":"failed","types":"ready","ranking":"ready"}'
            assert "这一块没有显示出来" in wall.screen.locator(".st-key-panel-tile-map").inner_text()
            assert wall.screen.locator(".wl-card").count() == 6
            assert wall.faults() == []


def test_the_clock_crosses_the_end_of_day_week_month_and_year(tab: Screen, server: Server) -> None:
    tab.page.clock.install(time="2023-12-31T15:59:50Z")
    tab.page.goto(f"{server.url}/wall-skills")
    clock = tab.page.locator(".ck-clock")
    clock.get_by_text("2023-12-31 星期日 23:59").wait_for()
    tab.page.clock.fast_forward(15_000)
    clock.get_by_text("2024-01-01 星期一 00:00").wait_for()


def test_an_address_with_a_mistake_is_a_sentence(tab: Screen, server: Server) -> None:
    reply = tab.page.goto(f"{server.url}/wall?screens=dance")
    assert reply and reply.status == 400
    assert "没有名为“dance”的大屏" in tab.page.get_by_role("alert").inner_text()


READY = "(id) => JSON.parse(document.getElementById('cockpit-state')?.dataset.tiles ?? '{}')[id] === 'ready'"


def state_of(tab: Screen, tile: str) -> str:
    tiles = tab.page.evaluate("() => document.getElementById('cockpit-state').dataset.tiles")
    return json.loads(tiles)[tile]


def test_a_chart_that_is_not_drawn_is_never_ready(tab: Screen, server: Server) -> None:
    tab.page.route(re.compile("lotly"), lambda route: route.abort())
    tab.page.goto(f"{server.url}/skills")
    tab.until(
        "() => document.getElementById('cockpit-state')?.dataset.tiles.includes('\"ranking\":\"ready\"')"
    )
    tab.page.wait_for_timeout(1500)
    assert [state_of(tab, tile) for tile in ("plan", "trend")] == ["wait", "wait"]


NO_DRAWING = """for (const kind of [WebGLRenderingContext, WebGL2RenderingContext])
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"])
    if (kind.prototype[name]) kind.prototype[name] = () => undefined;"""


def test_a_map_that_stays_blank_is_never_ready(tab: Screen, server: Server) -> None:
    tab.page.add_init_script(NO_DRAWING)
    tab.page.goto(f"{server.url}/overview")
    tab.until(READY, "trend")
    tab.until("() => document.querySelector('[data-testid=\"stDeckGlJsonChart\"] canvas') !== null")
    tab.page.wait_for_timeout(1500)
    assert state_of(tab, "map") == "wait"
