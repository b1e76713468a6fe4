"""What the wall looks like: a part of tests/browser/matrix.py, the cases that differ most."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from cockpit.screens import SCREENS
from tests.browser.looks import different, differs, reference
from tests.browser.screen import Screen
from tests.browser.server import Server
from tests.browser.states import DENSITY, NAMES, SIZES, STATES, cut_off, served, shown
from tests.demo_root import demo_root

pytestmark = pytest.mark.browser

HD, UHD, SPLICED, WIDE, SMALL = SIZES
CASES = {
    "normal": [
        *((screen, HD) for screen in NAMES),
        ("overview", WIDE),
        ("overview", SPLICED),
        ("skills", UHD),
        ("map", WIDE),
    ],
    "county": [("overview", HD), ("bargaining", WIDE), ("map", SMALL)],
    "light": [("overview", HD), ("unions", SMALL)],
    "empty": [("skills", HD), ("map", HD)],
    "stale": [("stations", HD), ("overview", SMALL)],
    "failed": [("overview", HD), ("bargaining", WIDE)],
}
GONE = [("overview", HD), ("map", WIDE)]


@pytest.fixture(scope="module", params=CASES)
def state(
    request: pytest.FixtureRequest,
    chromium: Browser,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Server, Screen]]:
    """A state, a server in it, and one tab for all its pictures: what a browser keeps is not loaded again."""
    name = request.param
    if STATES[name].sql or STATES[name].broken:
        work = tmp_path_factory.mktemp(name)
        with (
            served(demo_root(tmp_path_factory), work, name) as own,
            Screen.opened(chromium, own.url, density=DENSITY) as tab,
        ):
            yield name, own, tab
    else:
        with Screen.opened(chromium, server.url, density=DENSITY) as tab:
            yield name, server, tab


def test_screens_are_whole_legible_and_look_as_they_did(state: tuple[str, Server, Screen]) -> None:
    name, server, tab = state
    wrong = {}
    for screen, size in CASES[name]:
        wall, declared = shown(tab, server, name, screen, size)
        assert declared["page"] == f"wall-{screen}"
        assert declared["wanted"].split() == list(SCREENS[declared["page"]].wanted)
        assert declared["state"] == ("failed" if STATES[name].broken else "ready")
        found = [*wall.faults(), *tab.faults, *tab.outside]
        found += filter(None, [different(wall.picture(), reference(name, screen, size))])
        wrong |= {f"{screen} {size}": found} if found else {}
    assert wrong == {}


def test_a_wall_without_its_server_says_since_when_over_dimmed_numbers(
    chromium: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        served(demo_root(tmp_path_factory), tmp_path, "gone") as server,
        cut_off(chromium, server, GONE) as walls,
    ):
        for wall, case in zip(walls, GONE, strict=True):
            assert wall.page.locator("#cut b").inner_text() == "与服务器断开，自 17:15 起"
            assert different(wall.picture(), reference("gone", *case)) == ""
        page = walls[0].page
        page.clock.set_fixed_time("2023-06-30T16:00:00Z")
        page.locator("#cut b").get_by_text("与服务器断开，自 6月30日 17:15 起").wait_for()


def test_the_comparison_of_pictures_sees_a_missing_tile() -> None:
    picture = Image.open(reference("normal", "overview", HD)).convert("RGB")
    broken = picture.copy()
    broken.paste((13, 34, 64), (264, 136, 376, 208))
    assert differs(picture, picture) == ""
    assert differs(broken, picture) != ""
