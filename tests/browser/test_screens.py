"""Every page at both sizes of screen: whole, painted, Chinese, and asking nobody but the server."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from cockpit.site import PAGES
from tests.browser.screen import BLANK, LARGE, SMALL, Screen
from tests.browser.server import Server

pytestmark = pytest.mark.browser

SIZES = {"1920x1080": LARGE, "1366x768": SMALL}
NEVER_SHOWN = re.compile(
    r"\b(NaN|None|NaT|nan|null|undefined|Infinity|\[object|Traceback|[A-Z]\w+Error|True|False|"
    r"Loading|Running|Stop|Rerun|Deploy|Settings|Connecting|Please wait|Choose|No options|No results|"
    r"Select|Search|Press|Download|Fullscreen|empty|Browse|Show|Hide|View|Streamlit|st\.\w+)\b"
)
# What a tile's body may consist of, its title aside.
CONTENT = f"""(tile) => {{
  const box = tile.getBoundingClientRect();
  const blank = {BLANK};
  const title = tile.querySelector(".ck-title")?.textContent ?? "";
  return {{
    title,
    width: box.width,
    height: box.height,
    right: box.right,
    shapes: tile.querySelectorAll(".main-svg path, .main-svg rect").length,
    canvases: [...tile.querySelectorAll("canvas")].filter((one) => one.width && !blank(one)).length,
    words: tile.innerText.replace(title, "").trim().length,
    empty: tile.querySelectorAll(".ck-empty").length,
  }};
}}"""


@pytest.fixture(scope="module", params=[(path, size) for path in PAGES for size in SIZES], ids="-".join)
def shown(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[tuple[str, Screen]]:
    """One load per page and size, looked at by all tests of this module."""
    path, size = request.param
    with Screen.opened(chromium, server.url, SIZES[size]) as screen:
        screen.go("" if path == "overview" else path)
        yield path, screen


def test_nothing_scrolls_sideways(shown: tuple[str, Screen]) -> None:
    page = shown[1].page
    wide = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .map((one) => one.scrollWidth - one.clientWidth)"""
    assert page.evaluate(wide) == [0, 0]


def test_nothing_fails_in_the_browser(shown: tuple[str, Screen]) -> None:
    assert shown[1].faults == []


def test_only_the_server_is_asked(shown: tuple[str, Screen]) -> None:
    screen = shown[1]
    assert screen.outside == []
    assert any(url.startswith("ws://127.0.0.1") for url in screen.inside)


def test_every_tile_is_there_and_painted(shown: tuple[str, Screen]) -> None:
    path, screen = shown
    width = screen.page.viewport_size["width"] if screen.page.viewport_size else 0
    for tile in PAGES[path].tiles:
        found = screen.tile(tile.id)
        assert found.count() == 1, tile.id
        seen = found.evaluate(CONTENT)
        own_date = r"(数据截至\d{4}-\d\d-\d\d)?"  # shown when it is not the whole screen's
        assert re.fullmatch(re.escape(tile.title) + own_date, seen["title"])
        assert seen["width"] > 150 and seen["height"] > 60 and seen["right"] <= width, (tile.id, seen)
        if not PAGES[path].indicators:  # what staff work with may have nothing to list yet, and says so
            assert seen["words"] > 5, (tile.id, seen)
            continue
        assert seen["shapes"] > 2 or seen["canvases"] or seen["words"] > 20, (tile.id, seen)
        assert seen["empty"] == 0, (tile.id, found.inner_text())


def test_every_headline_has_its_card_with_a_figure(shown: tuple[str, Screen]) -> None:
    path, screen = shown
    cards = screen.cards()
    assert len(cards) == len(PAGES[path].indicators)
    assert all(re.match(r"[−<]?[\d,.]+ \S", figure) for figure in cards.values()), cards


def test_it_speaks_chinese_and_says_nothing_a_program_says(shown: tuple[str, Screen]) -> None:
    path, screen = shown
    text = screen.text()
    assert NEVER_SHOWN.findall(text) == []
    assert len(re.findall(r"[\u4e00-\u9fff]", text)) > (100 if PAGES[path].indicators else 50)


def test_demonstration_is_marked_and_the_date_of_the_data_stands_there(shown: tuple[str, Screen]) -> None:
    page = shown[1].page
    assert page.get_by_text("演示数据", exact=True).first.is_visible()
    assert page.get_by_text("数据截至").first.is_visible()
    assert page.get_by_text("2023-06-30").first.is_visible()


def test_every_character_on_the_page_is_drawn(shown: tuple[str, Screen]) -> None:
    page = shown[1].page
    text = "".join(sorted(set(re.findall(r"[\u3400-\u9fff]", shown[1].text()))))
    family = "name => getComputedStyle(document.querySelector(name)).fontFamily"
    assert all("Noto Sans SC" in page.evaluate(family, name) for name in ("body", "h1"))
    faces = page.evaluate("[...document.fonts].map(face => [face.family, face.status])")
    assert ["Noto Sans SC", "loaded"] in faces  # check() below is also true for a font nobody declared
    assert page.evaluate("text => document.fonts.check(\"16px 'Noto Sans SC'\", text)", text)
    assert page.evaluate(UNDRAWN, text) == []


# Characters whose picture is that of a code point no font may have: the box that stands for a missing glyph.
UNDRAWN = """(text) => {
  const pen = new OffscreenCanvas(40, 40).getContext("2d", { willReadFrequently: true });
  pen.font = "32px 'Noto Sans SC'";
  const picture = (letter) => {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(letter, 2, 32);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const [box, nothing] = [picture("\\uFFFF"), picture(" ")];
  return [...text].filter((letter) => [box, nothing].includes(picture(letter)));
}"""


def test_the_drawing_test_sees_a_missing_glyph(screen: Screen) -> None:
    screen.go("")
    assert screen.page.evaluate(UNDRAWN, "德\ue123") == ["\ue123"]


@pytest.mark.parametrize(
    "ask",
    [
        "fetch('https://example.com/x').catch(() => 0)",
        "fetch('http://8.8.8.8/x').catch(() => 0)",
        "new Promise(done => { const i = new Image(); i.onerror = done; i.src = 'http://example.com/'; })",
        "new Promise(done => { const w = new WebSocket('wss://example.com/x'); w.onerror = done; })",
        "import('https://example.com/x.js').catch(() => 0)",
    ],
)
def test_a_request_to_another_host_would_be_seen(screen: Screen, ask: str) -> None:
    screen.go("")
    screen.page.evaluate(f"async () => {{ await {ask}; }}")
    assert [url.split("/")[2] for url in screen.outside] in (["example.com"], ["8.8.8.8"])


def test_names_of_other_hosts_do_not_resolve(chromium: Browser, server: Server) -> None:
    """Without the tab's own guard the browser itself refuses."""
    with Screen.opened(chromium, server.url) as screen:
        screen.go("")
        screen.page.context.unroute_all()
        ask = "fetch('https://example.com/x', { mode: 'no-cors' }).then(() => 'answered', () => 'refused')"
        assert screen.page.evaluate(ask) == "refused"
        assert any("ERR_NAME_NOT_RESOLVED" in fault for fault in screen.faults)
