"""The states a wall can be in, each brought about for real: by its data, its server, its address."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from cockpit.screens import SCREENS
from tests.browser.looks import Wall
from tests.browser.screen import MILLISECONDS, Screen
from tests.browser.server import Server, running
from tests.changed_version import changed

SIZES = ("1920x1080", "3840x2160", "5760x2160", "3840x1080", "1366x768")
NAMES = tuple(path.removeprefix("wall-") for path in SCREENS)
DENSITY = 0.5  # reference pictures are small, and a wall of 5760×2160 takes long to paint
QUARTER_PAST_FIVE = "2023-06-30T09:15:00Z"


@dataclass(frozen=True)
class State:
    """`sql` changes the data, `query` is the wall's, `broken` a tile that fails, `gone` ends the server."""

    sql: str = ""
    query: str = ""
    broken: str = ""
    gone: bool = False


STATES = {
    "normal": State(),
    "county": State(query="district=330521"),
    "light": State(query="theme=light"),
    "empty": State(query="period=2020"),
    "stale": State(sql="UPDATE source_state SET as_of = DATE '2023-01-31'"),
    "failed": State(broken="ranking"),
    "gone": State(gone=True),
}


@contextmanager
def served(demo: Path, folder: Path, name: str) -> Iterator[Server]:
    """A server of its own in this state, on the demonstration data or a changed copy in `folder`."""
    state, root = STATES[name], demo
    if state.sql:
        root = folder / name
        if not root.exists():
            changed(demo, root, f"20230630-{name}", state.sql)
    with running(root, folder / f"{name}.log", broken=state.broken) as server:
        server.wait_until_healthy()
        yield server


def sized(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    return int(width), int(height)


@contextmanager
def cut_off(chromium: Browser, server: Server, cases: list[tuple[str, str]]) -> Iterator[list[Wall]]:
    """A wall per (screen, size), all at a quarter past five, when their server was killed."""
    walls = []
    for screen, size in cases:
        width, height = sized(size)
        context = chromium.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=DENSITY, locale="zh-CN"
        )
        context.set_default_timeout(MILLISECONDS)
        walls.append(Wall(context.new_page()))
        walls[-1].page.clock.set_fixed_time(QUARTER_PAST_FIVE)
        walls[-1].open(server.url, screen)
    server.process.kill()
    for wall in walls:
        wall.page.wait_for_function("() => document.body.classList.contains('cut')")
        dimmed = (
            "() => getComputedStyle(document.getElementById('frames')).filter.includes('brightness(0.4)')"
        )
        wall.page.wait_for_function(dimmed)
    yield walls
    for wall in walls:
        wall.page.context.close()


def shown(looking: Screen, server: Server, name: str, screen: str, size: str) -> tuple[Wall, dict[str, str]]:
    """The wall in this state, in this tab; and what the screen declares."""
    width, height = sized(size)
    looking.faults.clear()
    looking.page.set_viewport_size({"width": width, "height": height})
    wall = Wall(looking.page)
    return wall, wall.open(server.url, screen, STATES[name].query)
