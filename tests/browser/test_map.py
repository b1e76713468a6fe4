"""The map on the overview: a click leads into a district, every time; a filter keeps its drawing context."""

import pytest

from cockpit.site import PAGES
from tests.browser.figures import cards
from tests.browser.screen import Screen
from tests.browser.server import Server

pytestmark = pytest.mark.browser

# deck.gl takes a press of over 250 ms for no click; in software WebGL finding it may take longer.
STOPPED = "() => { const now = Date.now(); Date.now = () => now; }"
GOES_ON = "() => { Date.now = () => performance.timeOrigin + performance.now(); }"
CITY, COUNTY, COUNTY_NAME = "330500", "330523", "安吉县"


def click_county(screen: Screen, name: str) -> None:
    """Where its name stands, a little lower: the label lets clicks through to the map."""
    box = screen.page.locator(".map-labels").get_by_text(name).bounding_box()
    assert box
    screen.page.evaluate(STOPPED)
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 30)
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + 30)


def test_a_click_on_the_map_leads_into_the_county_the_second_time_too(screen: Screen, server: Server) -> None:
    keys = PAGES["overview"].indicators
    screen.go("")
    for _ in range(2):
        click_county(screen, COUNTY_NAME)
        screen.wait_for_cards(cards(server.root, keys, COUNTY, "2023-H1"))
        screen.page.evaluate(GOES_ON)
        assert screen.query["district"] == COUNTY
        screen.page.go_back()
        screen.wait_for_cards(cards(server.root, keys, CITY, "2023-H1"))
        screen.painted()


def test_a_filter_keeps_the_maps_drawing_context(screen: Screen, server: Server) -> None:
    screen.go("")
    canvas = screen.page.locator(".st-key-map-area canvas").first.element_handle()
    screen.choose("区县", COUNTY_NAME)
    screen.wait_for_cards(cards(server.root, PAGES["overview"].indicators, COUNTY, "2023-H1"))
    screen.painted()
    assert canvas.evaluate("(one) => one.isConnected")
