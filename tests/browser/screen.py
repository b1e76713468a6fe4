"""A tab that notes whatever goes wrong in it, and knows when a page is painted."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    Response,
    Route,
    TimeoutError,
)

# No name outside resolves: what slips past the route handler fails in the browser and is noted.
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
LARGE, SMALL = (1920, 1080), (1366, 768)
MILLISECONDS = 45_000

# A WebGL canvas can be read only in the frame it was drawn in, unless it keeps its drawing.
KEEP_DRAWING = """(() => {
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, given) {
    const keep = String(kind).startsWith("webgl") ? { preserveDrawingBuffer: true } : {};
    return get.call(this, kind, { ...given, ...keep });
  };
})();"""

BLANK = """(canvas) => {
  const small = new OffscreenCanvas(64, 64).getContext("2d");
  small.drawImage(canvas, 0, 0, 64, 64);
  return new Set(new Uint32Array(small.getImageData(0, 0, 64, 64).data.buffer)).size < 3;
}"""

# What a page still waits for; empty when it is painted.
WAITED_FOR = f"""() => {{
  const all = (query) => [...document.querySelectorAll(query)];
  const app = document.querySelector('[data-testid="stApp"]');
  const blank = {BLANK};
  const map = '[data-testid="stDeckGlJsonChart"]';
  const waits = {{
    script: app?.dataset.testScriptState !== "notRunning",
    connection: app?.dataset.testConnectionState !== "CONNECTED",
    fonts: document.fonts.status !== "loaded",
    content: all('.ck-cards, [role="alert"], [class*="tile-"]').length === 0,
    skeleton: all('[data-testid="stSkeleton"]').length > 0,
    stale: all('[data-testid="stElementContainer"][data-stale="true"]').length > 0,
    charts: all('[data-testid="stPlotlyChart"]').some((one) => !one.querySelector(".main-svg path")),
    maps: all(map).some((one) => !one.querySelector("canvas")) || all(`${{map}} canvas`).some(blank),
  }};
  return Object.keys(waits).filter((name) => waits[name]);
}}"""


@dataclass
class Screen:
    """A tab and its notes: `outside` are requests to other hosts, `faults` whatever went wrong."""

    page: Page
    home: str
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def opened(
        cls, chromium: Browser, home: str, size: tuple[int, int] = LARGE, density: float = 0.5
    ) -> Iterator["Screen"]:
        """A tab; `density`: points of the picture per CSS pixel, few, as software paints each of them."""
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=density,
            locale="zh-CN",
            accept_downloads=True,
        )
        context.add_init_script(KEEP_DRAWING)
        context.set_default_timeout(MILLISECONDS)
        screen = cls(context.new_page(), home)
        screen._listen()
        yield screen
        context.close()

    def _listen(self) -> None:
        self.page.context.route("**/*", self._only_inside)
        self.page.context.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self._console)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _is_inside(self, url: str) -> bool:
        return urlsplit(url).scheme in {"data", "blob"} or urlsplit(url).netloc == urlsplit(self.home).netloc

    def _note(self, url: str) -> None:
        (self.inside if self._is_inside(url) else self.outside).append(url)

    def _only_inside(self, route: Route) -> None:
        if self._is_inside(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} {message.location}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser's own, when a page is left
            self.faults.append(f"request failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def go(self, place: str) -> None:
        """Open an address of the server ('', 'skills?district=330521') and wait until it is painted."""
        self.page.goto(f"{self.home}/{place}", wait_until="commit")
        self.painted()

    def painted(self) -> None:
        try:
            self.until(f"() => ({WAITED_FOR})().length === 0")
        except TimeoutError as late:
            raise AssertionError(f"{self.page.url} waits for {self.page.evaluate(WAITED_FOR)}") from late

    def until(self, condition: str, given: Any = None) -> None:
        """Wait until a JavaScript condition holds."""
        self.page.wait_for_function(condition, arg=given)

    @property
    def query(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def text(self) -> str:
        """What a viewer reads: icons are letters of an icon font and are left out."""
        return self.page.evaluate(VISIBLE)

    def tile(self, tile_id: str) -> Locator:
        """The panel of a tile of cockpit.site."""
        return self.page.locator(f'[class*="tile-{tile_id} "], [class$="tile-{tile_id}"]')

    def cards(self) -> dict[str, str]:
        """Name of each headline card -> its figure with unit, as shown."""
        return dict(self.page.evaluate(CARDS))

    def wait_for_cards(self, expected: dict[str, str]) -> None:
        """Wait until the cards say exactly this; what they say instead when the time is over."""
        say = f"(expected) => JSON.stringify(({CARDS})()) === expected"
        wanted = json.dumps(list(map(list, expected.items())), ensure_ascii=False, separators=(",", ":"))
        try:
            self.until(say, wanted)
        finally:
            assert self.cards() == expected

    def choose(self, label: str, option: str) -> None:
        """Choose in a list, as a person does once the page is there."""
        self.painted()
        self.page.get_by_role("combobox", name=label, exact=True).click()
        met: list[str] = []
        while (active := self.page.evaluate(ACTIVE)) != option:
            assert met.count(active) < 3, f"{label}: {option} is none of {sorted(set(met))}"
            met.append(active)
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def download(self, button: str) -> Download:
        with self.page.expect_download() as started:
            self.page.get_by_role("button", name=button).click()
        return started.value


# Long lists hold only what is in sight: the arrow keys reach the rest.
ACTIVE = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  const active = document.activeElement.getAttribute("aria-activedescendant");
  return document.getElementById(active)?.textContent ?? "";
}"""

VISIBLE = """() => {
  const icons = [...document.querySelectorAll("i, span")]
    .filter((one) => getComputedStyle(one).fontFamily.startsWith('"Material Symbols'));
  const hidden = icons.map((one) => one.style.display);
  icons.forEach((one) => { one.style.display = "none"; });
  const text = document.body.innerText;
  icons.forEach((one, place) => { one.style.display = hidden[place]; });
  const fields = [...document.querySelectorAll("input, textarea")];
  return [text, ...fields.flatMap((one) => [one.value, one.placeholder])].join("\\n");
}"""

CARDS = """() => [...document.querySelectorAll(".ck-card")].map((card) => [
  card.querySelector("h3 span").textContent,
  [...card.querySelectorAll(".value > *")].map((part) => part.textContent).join(" "),
])"""
