"""The wall in a real browser: rotation, loss of the server, an upgrade, a failed tile, midnight."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocketRoute

from commands import ROOT
from tests.browser.looks import Wall
from tests.browser.screen import Screen
from tests.browser.server import Server, running

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(chromium: Browser, server: Server) -> Iterator[Screen]:
    with Screen.opened(chromium, server.url) as opened:
        yield opened


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
            page.wait_for_function(f"() => ({bright})().includes('brightness(0.4)')")
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


def test_headlines_that_failed_say_so_and_the_tiles_below_stand_where_they_stood(
    chromium: Browser, server: Server, tmp_path: Path
) -> None:
    with running(server.root, tmp_path / "log", broken="cards") as broken:
        broken.wait_until_healthy()
        with Screen.opened(chromium, broken.url) as tab:
            wall = Wall(tab.page)
            state = wall.open(broken.url, "bargaining")
            tiles = json.loads(state["tiles"])
            assert (state["state"], tiles.pop("cards")) == ("failed", "failed")
            assert set(tiles.values()) == {"ready"} and len(tiles) == 6
            assert "这一块没有显示出来" in wall.screen.locator(".st-key-headlines").inner_text()
            assert wall.screen.locator(".wl-card:visible").count() == 0
            assert wall.faults() == []


ENDS = {
    "day": ("2023-06-29T15:59:59Z", "2023-06-29 星期四 23:59:59", "2023-06-30 星期五 00:00:00"),
    "week": ("2023-06-25T15:59:59Z", "2023-06-25 星期日 23:59:59", "2023-06-26 星期一 00:00:00"),
    "month": ("2024-02-28T15:59:59Z", "2024-02-28 星期三 23:59:59", "2024-02-29 星期四 00:00:00"),
    "leap month": ("2024-02-29T15:59:59Z", "2024-02-29 星期四 23:59:59", "2024-03-01 星期五 00:00:00"),
    "year": ("2023-12-31T15:59:59Z", "2023-12-31 星期日 23:59:59", "2024-01-01 星期一 00:00:00"),
}


def test_the_clock_crosses_the_end_of_day_week_month_and_year(tab: Screen, server: Server) -> None:
    tab.page.goto(f"{server.url}/wall-skills")
    clock = tab.page.locator(".ck-clock")
    for moment, before, after in ENDS.values():
        last = datetime.fromisoformat(moment)
        tab.page.clock.set_fixed_time(last)
        clock.get_by_text(before).wait_for()
        tab.page.clock.set_fixed_time(last + timedelta(seconds=1))
        clock.get_by_text(after).wait_for()


def test_a_clock_that_is_set_back_does_not_stop_the_wall(tab: Screen, server: Server) -> None:
    tab.page.goto(f"{server.url}/wall?seconds=1&screens=skills")
    Wall(tab.page).shown(1)
    tab.page.evaluate("() => { Date.now = () => 978307200000; }")  # the start of 2001, in the wall's own page
    Wall(tab.page).shown(3)
    assert "cut" not in tab.page.evaluate("() => document.body.className")


def test_a_fault_of_the_wall_itself_costs_one_screen(tab: Screen, server: Server) -> None:
    tab.page.goto(f"{server.url}/wall?seconds=1&screens=skills")
    Wall(tab.page).shown(1)
    tab.page.evaluate("() => { wall.kept = wall.rounds; wall.rounds = null; }")
    tab.page.wait_for_function("() => wall.failures === 1")
    tab.page.evaluate("() => { wall.rounds = wall.kept; }")
    Wall(tab.page).shown(3)


def test_a_wall_that_gets_no_picture_for_long_loads_itself_anew(tab: Screen, server: Server) -> None:
    page = tab.page
    page.clock.install()
    page.goto(f"{server.url}/wall?seconds=1&screens=skills")
    Wall(page).shown(1)
    page.route(re.compile("wall-skills"), lambda route: route.abort())
    page.evaluate("() => { wall.old = true; }")
    page.clock.fast_forward(300_000)
    page.locator("#cut b").get_by_text(re.compile("^画面停在 ")).wait_for()
    page.clock.fast_forward(310_000)
    page.wait_for_function("() => window.wall && !wall.old")


def test_a_picture_without_its_connection_is_not_passed_off_as_live(tab: Screen, server: Server) -> None:
    """The server answers heartbeats, but nothing new would come through."""
    page = tab.page
    sockets: list[WebSocketRoute] = []
    cut = False

    def through(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
            return
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket(re.compile("/_stcore/stream"), through)
    page.clock.install()
    page.goto(f"{server.url}/wall?seconds=3600&screens=skills")
    Wall(page).shown(1)
    cut = True
    sockets[-1].close()
    page.clock.run_for(1_500)
    assert "cut" not in page.evaluate("() => document.body.className")  # it may come back at once
    page.clock.fast_forward(25_000)
    page.locator("#cut b").get_by_text(re.compile("^与服务器断开，自 ")).wait_for()
    cut = False
    page.clock.fast_forward(45_000)
    page.wait_for_function("() => !document.body.classList.contains('cut')")


def test_a_screen_that_there_is_no_more_costs_no_patience(tab: Screen, server: Server) -> None:
    page = tab.page
    missing = (ROOT / "cockpit" / "static" / "missing.html").read_text("utf-8")
    page.route(
        re.compile("/wall-unions"),
        lambda route: route.fulfill(status=404, body=missing, content_type="text/html"),
    )
    page.goto(f"{server.url}/wall?seconds=1&screens=skills,unions")
    Wall(page).shown(1)
    page.wait_for_function("() => wall.failures >= 1", timeout=20_000)  # half of the wall's patience


NO_CONTEXT = """() => {
  const made = wall.made = [];
  const frame = document.querySelector("iframe.shown");
  const canvas = frame.contentDocument.createElement("canvas");
  canvas.getContext = (kind) => { made.push(kind); return null; };
  frame.contentDocument.body.append(canvas);
}"""


def test_a_canvas_that_has_no_context_is_not_given_one(tab: Screen, server: Server) -> None:
    page = tab.page
    page.goto(f"{server.url}/wall?seconds=1&screens=map")
    Wall(page).shown(1)
    page.evaluate(NO_CONTEXT)
    lost = page.evaluate_handle(
        "() => [...document.querySelector('iframe.shown').contentDocument.querySelectorAll('canvas')]"
        ".filter((one) => one.dataset.drawn).map((one) => one.getContext(one.dataset.drawn))"
    )
    assert lost.evaluate("(all) => all.length") >= 1
    Wall(page).shown(2)
    page.wait_for_function("(all) => all.every((one) => one.isContextLost())", arg=lost)
    assert page.evaluate("() => wall.made") == []


def test_a_wall_follows_an_upgrade_by_itself(chromium: Browser, own_root: Path, tmp_path: Path) -> None:
    """Another release holds something else: a copy of the program with another screen."""
    release = tmp_path / "release"
    shutil.copytree(ROOT, release, ignore=shutil.ignore_patterns(".*", "data", "tests", "bench"))
    shutil.copytree(ROOT / ".streamlit", release / ".streamlit")
    shutil.copytree(ROOT / "data" / "reference", release / "data" / "reference")
    with (release / "wall" / "skills.py").open("a") as screen:
        screen.write("# changed\n")
    with running(own_root, tmp_path / "log") as old, Screen.opened(chromium, old.url) as tab:
        old.wait_until_healthy()
        Wall(tab.page).open(old.url, "skills")
        before = tab.page.evaluate("() => wall.stamp")
        old.process.kill()
        port = int(old.url.rsplit(":", 1)[1])
        with running(own_root, tmp_path / "log2", port, home=release) as new:
            new.wait_until_healthy()
            tab.page.wait_for_function(
                "(stamp) => window.wall?.rotations === 1 && wall.stamp !== stamp", arg=before
            )
            assert tab.page.locator("#cut").is_hidden()


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


EMPTIED = """() => {
  document.querySelectorAll("#cockpit-state, .ck-told").forEach((one) => { one.dataset.run = "another"; });
  document.querySelectorAll(".st-key-panel-tile-ranking .ck-ranking, .st-key-headlines .ck-cards")
    .forEach((one) => one.remove());
}"""


def test_a_tile_with_nothing_but_its_title_is_never_ready(tab: Screen, server: Server) -> None:
    tab.page.goto(f"{server.url}/skills")
    tab.until(READY, "trend")
    tab.page.evaluate(EMPTIED)
    tab.until("() => document.getElementById('cockpit-state').dataset.tiles.includes('\"ranking\":\"wait\"')")
    assert [state_of(tab, tile) for tile in ("cards", "ranking", "levels")] == ["wait", "wait", "ready"]


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
