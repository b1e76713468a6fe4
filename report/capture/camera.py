"""Drives Chromium. Nothing is photographed before the page's own readiness signal."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, TimeoutError, sync_playwright
from playwright.sync_api import Page as Tab

from cockpit.site import Page
from cockpit.slices import Slice
from cockpit.warehouse import Info
from report import Refused
from report.capture import verdict

WIDTH, HEIGHT, SCALE = 1920, 1080, 2
TALLEST = 6000
PATIENCE = 40.0  # seconds
ALIVE_EVERY = 4.0
TRIES = 4  # pictures taken at most until the page stands still
LOOK = (Path(__file__).with_name("look.js")).read_text(encoding="utf-8")
SETTLED = "() => ['ready', 'failed'].includes(document.querySelector('#cockpit-state')?.dataset.state)"
FRAME = (Path(__file__).with_name("frame.js")).read_text(encoding="utf-8")
# Software WebGL for the maps, but no GPU for text: rastered that way, letters come out now so, now so.
# The others stop Chromium from calling home.
FLAGS = (
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    *("--no-first-run", "--disable-default-apps", "--hide-scrollbars", "--force-color-profile=srgb"),
    *("--disable-gpu-rasterization", "--disable-lcd-text", "--font-render-hinting=none"),
)


@dataclass(frozen=True)
class Shot:
    """A picture of a page, the state of each tile in it, and the tiles cut out of it where asked for."""

    png: bytes
    tiles: dict[str, str]
    cuts: dict[str, bytes]


def launched(kind: BrowserType, chromium: str) -> Browser:
    """Chromium from a path.

    Raises:
        Refused: it does not start.
    """
    try:
        return kind.launch(executable_path=chromium, args=list(FLAGS))
    except Error as error:
        raise Refused(f"Chromium 没有启动：{error.message.splitlines()[0]}") from error


@contextmanager
def opened(
    chromium: str, url: str, info: Info, judged_on: date, patience: float = PATIENCE
) -> Iterator["Camera"]:
    """A camera on the server at `url`; the browser is closed at the end."""
    with sync_playwright() as play:
        browser = launched(play.chromium, chromium)
        try:
            yield Camera(window(browser), url, info, judged_on, patience)
        finally:
            browser.close()


def window(browser: Browser) -> BrowserContext:
    """One for all pages of a run, so that scripts and fonts are fetched and compiled once."""
    return browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )


@dataclass(frozen=True)
class Camera:
    window: BrowserContext
    url: str
    info: Info
    judged_on: date
    patience: float
    opened: dict[str, Tab] = field(default_factory=dict)

    def ahead(self, page: Page, slice: Slice) -> None:
        """Let a page load while another is pictured."""
        address = self._address(page, slice)
        self.opened[address] = tab = self.window.new_page()
        try:
            tab.goto(address, wait_until="commit", timeout=self.patience * 1000)
        except Error as error:
            raise Refused(self._gone(page, error)) from error

    def shoot(self, page: Page, slice: Slice, cut: str = "") -> Shot:
        """The picture of a page in a slice; `cut` names a tile to hand over by itself too.

        Raises:
            Refused: the page is not what was asked for, not ready in time, or its picture is faulty.
        """
        address = self._address(page, slice)
        if address not in self.opened:
            self.ahead(page, slice)
        tab = self.opened.pop(address)
        try:
            return self._shoot(tab, page, slice, cut)
        except Error as error:
            raise Refused(self._gone(page, error)) from error
        finally:
            tab.close()

    def _address(self, page: Page, slice: Slice) -> str:
        path = "" if page.path == "overview" else page.path
        return f"{self.url}/{path}?{urlencode({**slice.query(), 'capture': '1'})}"

    def _shoot(self, tab: Tab, page: Page, slice: Slice, cut: str) -> Shot:
        seen = self._settled(tab, page, slice)
        if seen["height"] > HEIGHT:
            tab.set_viewport_size({"width": WIDTH, "height": min(seen["height"], TALLEST)})
            self._settled(tab, page, slice)
        tab.evaluate(FRAME, slice.label() if page.indicators else "")
        seen = self._settled(tab, page, slice)
        verdict.legible(page, seen, slice, self.info)
        png = self._still(tab, page)
        self._settled(
            tab, page, slice
        )  # still the same page: a version published meanwhile would show itself
        verdict.painted(page, png, seen, SCALE)
        cuts = {cut: _cut(png, seen["boxes"][cut])} if cut else {}
        return Shot(png, verdict.tiles_of(seen["state"]), cuts)

    def _settled(self, tab: Tab, page: Page, slice: Slice) -> dict[str, Any]:
        """What the page declares once it is through, or when patience ends."""
        self._wait(tab, page)
        seen = tab.evaluate(LOOK, verdict.FONT)
        size = tab.viewport_size or {"width": 0, "height": 0}
        seen["view"] = (size["width"], size["height"])
        verdict.declared(page, seen, slice, self.info, self.judged_on)
        return seen

    def _wait(self, tab: Tab, page: Page) -> None:
        """Until the page says it is through, or patience ends; a server that is gone ends it at once."""
        left = self.patience
        while left > 0:
            try:
                tab.wait_for_function(SETTLED, timeout=min(left, ALIVE_EVERY) * 1000)
                return
            except TimeoutError:
                self._check_alive(tab, page)
            left -= ALIVE_EVERY

    def _still(self, tab: Tab, page: Page) -> bytes:
        """A picture before and after which the page looked the same; those two are coarse, hence quick."""
        before = tab.screenshot(scale="css", caret="hide")
        for _ in range(TRIES):
            png = tab.screenshot(caret="hide")
            after = tab.screenshot(scale="css", caret="hide")
            if after == before:
                return png
            before = after
        raise Refused(f"“{page.title}”页的画面一直在变，不能拍摄。")

    def _check_alive(self, tab: Tab, page: Page) -> None:
        """A page that waits for a server which is gone has its own sentence."""
        base = urlsplit(self.url)
        try:
            tab.request.get(f"{base.scheme}://{base.netloc}/healthz", timeout=3000)
        except Error as error:
            raise Refused(self._gone(page, error)) from error

    def _gone(self, page: Page, error: Error) -> str:
        reason = error.message.splitlines()[0]
        return f"拍摄“{page.title}”页时服务没有应答，或浏览器已退出：{reason}"


def _cut(png: bytes, box: dict[str, float]) -> bytes:
    """One tile of a picture, as a picture."""
    made = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").crop(verdict.pixels(box, SCALE)).save(made, "PNG")
    return made.getvalue()
