"""The camera on a small page of our own: what it takes, and each fault it refuses with its own sentence."""

import io
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Browser

from cockpit import slices
from cockpit.districts import SITE
from cockpit.site import Page, Tile
from cockpit.warehouse import Info
from report import Refused
from report.capture import Camera
from report.capture.camera import FRAME, launched, window

pytestmark = pytest.mark.browser

FONTS = Path(__file__).resolve().parents[2] / "cockpit" / "static" / "fonts"
DAY = date(2023, 6, 30)
INFO = Info("20230630-0123456789", datetime(2023, 7, 1), "demo", DAY, DAY, date(2021, 1, 1))
SLICE = slices.parse({"period": "2023-W25"}, DAY)
PAGE = Page("trial", "试页", "", ("skill_promotions",), tiles=(Tile("a", "甲图"), Tile("b", "乙图")))
HTML = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: "Noto Sans SC"; src: url("{font}"); }}
body {{ margin: 0; font: 20px "Noto Sans SC"; background: #071427; color: #fff; }}
[data-tile] {{ position: absolute; top: 200px; width: 300px; height: 200px; border: 1px solid #1e4370; }}
</style><h1 class="{header}">{marks} <span class="right">09:26:53</span></h1>
<div data-tile="a" style="left: 40px">{a}</div>
<div data-tile="b" style="left: 400px; {b_style}">{b}</div>{more}
<div id="cockpit-state" data-page="trial"></div>
<script>
document.fonts.ready.then(() => Object.assign(document.querySelector("#cockpit-state").dataset, {state}));
</script>"""


@dataclass
class Site:
    """The page as it should be; tests change one thing each. `dies`: the server ends once the page is out."""

    dies: bool = False

    state: dict[str, str] = field(
        default_factory=lambda: {
            "version": INFO.version,
            "judged": str(DAY),
            "slice": urlencode(SLICE.query()),
            "wanted": "a b",
            "tiles": json.dumps({"a": "ready", "b": "empty"}),
            "state": "ready",
        }
    )
    words: dict[str, str] = field(
        default_factory=lambda: {
            "marks": f"{SITE['title']} 数据截至{DAY} 版本{INFO.version} 演示数据",
            "header": "ck-header",
            "font": "/font.woff2",
            **{"a": "甲 123", "b": "没有数据", "b_style": "", "more": ""},
        }
    )

    def html(self) -> str:
        return HTML.format(state=json.dumps(self.state), **self.words)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            font = self.path == "/font.woff2"
            body = (FONTS / "NotoSansSC-Regular-gb-nl.woff2").read_bytes() if font else site.html().encode()
            self.send_response(404 if self.path == "/none.woff2" else 200)
            self.send_header("Content-Type", "font/woff2" if font else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)
            if site.dies and font:
                threading.Thread(target=stop).start()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def stop() -> None:
        server.shutdown()
        server.server_close()

    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    if not site.dies:
        stop()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """Started the way a pack starts it: what is pictured twice must be alike."""
    started = launched(chromium.browser_type, os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium"))
    yield started
    started.close()


@pytest.fixture
def camera(browser: Browser, address: str) -> Iterator[Camera]:
    with window(browser) as own:
        yield Camera(own, address, INFO, DAY, patience=5)


def test_a_sound_page_is_pictured_at_twice_1920_by_1080_with_its_tiles(camera: Camera) -> None:
    shot = camera.shoot(PAGE, SLICE, cut="a")
    assert Image.open(io.BytesIO(shot.png)).size == (3840, 2160)
    assert shot.tiles == {"a": "ready", "b": "empty"}
    assert Image.open(io.BytesIO(shot.cuts["a"])).size == (604, 404)  # the frame's own line included


def test_the_same_page_twice_is_the_same_picture(camera: Camera) -> None:
    assert camera.shoot(PAGE, SLICE).png == camera.shoot(PAGE, SLICE).png


def test_a_page_longer_than_the_screen_is_pictured_whole(camera: Camera, site: Site) -> None:
    site.words["b_style"] = "top: 1500px"
    assert Image.open(io.BytesIO(camera.shoot(PAGE, SLICE).png)).size == (3840, 2 * 1702)


def refusal(camera: Camera) -> str:
    with pytest.raises(Refused) as refused:
        camera.shoot(PAGE, SLICE)
    return refused.value.sentence


def test_a_slow_tile_is_refused_when_patience_ends(camera: Camera, site: Site) -> None:
    site.state |= {"state": "wait", "tiles": json.dumps({"a": "ready", "b": "wait"})}
    assert refusal(replace(camera, patience=1)) == "“试页”页的“乙图”未就绪，不能拍摄。"


def test_a_failed_tile_is_refused(camera: Camera, site: Site) -> None:
    site.state |= {"state": "failed", "tiles": json.dumps({"a": "failed", "b": "ready"})}
    assert refusal(camera) == "“试页”页的“甲图”失败，不能拍摄。"


def test_a_failed_tile_is_the_reason_whatever_was_still_waited_for(camera: Camera, site: Site) -> None:
    site.state |= {"state": "failed", "tiles": json.dumps({"a": "wait", "b": "failed"})}
    assert refusal(camera) == "“试页”页的“乙图”失败，不能拍摄。"


def test_a_page_without_the_signal_is_refused(camera: Camera, site: Site) -> None:
    site.words["more"] = "<script>document.querySelector('#cockpit-state')?.remove()</script>"
    site.words["more"] += (
        "<script>setTimeout(() => document.querySelector('#cockpit-state').remove())</script>"
    )
    assert refusal(replace(camera, patience=1)) == "“试页”页没有声明自己的状态，不能拍摄。"


def test_another_slice_than_the_one_asked_for_is_refused(camera: Camera, site: Site) -> None:
    site.state["slice"] = "district=330521&period=2023-W25"
    own, asked = "district=330521&period=2023-W25", "district=330500&period=2023-W25"
    assert refusal(camera) == f"“试页”页显示的切片是 {own}，要的是 {asked}。"


def test_another_version_is_refused(camera: Camera, site: Site) -> None:
    site.state["version"] = "20230630-ffffffffff"
    assert refusal(camera) == f"“试页”页显示的是版本 20230630-ffffffffff，要的是 {INFO.version}。"


def test_a_page_that_no_longer_promises_a_tile_is_refused(camera: Camera, site: Site) -> None:
    site.state["wanted"] = "a"
    assert refusal(camera) == "“试页”页少了“乙图”。"


def test_a_missing_font_is_refused(camera: Camera, site: Site) -> None:
    site.words["font"] = "/none.woff2"
    assert refusal(camera) == "“试页”页的中文字体没有装载，画面会缺字。"


def test_letters_without_a_glyph_are_refused(camera: Camera, site: Site) -> None:
    site.words["a"] = "甲 \U0003fffd"
    assert refusal(camera) == "“试页”页缺字：“\U0003fffd”显示不出来。"


@pytest.mark.parametrize("style", ["left: 1700px", "overflow: hidden; width: 100px", "top: 7000px"])
def test_a_tile_cut_off_is_refused(camera: Camera, site: Site, style: str) -> None:
    site.words |= {"b_style": style, "b": "<div style='width: 290px'>宽</div>"}
    assert refusal(camera) == "“试页”页的“乙图”没有完整显示在画面里。"


def test_a_blank_tile_is_refused(camera: Camera, site: Site) -> None:
    site.words |= {"b": "", "b_style": "border: 0"}
    assert refusal(camera) == "“试页”页的“乙图”是空白的。"


@pytest.mark.parametrize(
    ("lost", "name"), [("数据截至2023-06-30", "数据截至日期"), ("演示", "数据性质"), (INFO.version, "版本")]
)
def test_a_picture_that_does_not_say_what_it_shows_is_refused(
    camera: Camera, site: Site, lost: str, name: str
) -> None:
    site.words["marks"] = site.words["marks"].replace(lost, "")
    assert f"“试页”页的画面上没有{name}（" in refusal(camera)


def test_the_slice_stands_in_the_picture_where_the_clock_is_on_a_live_screen(
    camera: Camera, site: Site
) -> None:
    site.words["header"] = "other"
    assert refusal(camera) == f"“试页”页的画面上没有切片（{SLICE.label()}）。"


def test_a_picture_that_never_stands_still_is_refused(camera: Camera, site: Site) -> None:
    site.words["more"] = "<script>let n = 0; setInterval(() => document.querySelector("
    site.words["more"] += "'[data-tile=a]').textContent = n++, 5)</script>"
    assert refusal(camera) == "“试页”页的画面一直在变，不能拍摄。"


def test_a_server_that_is_gone_is_refused(camera: Camera) -> None:
    away = replace(camera, url="http://127.0.0.1:9")
    assert "拍摄“试页”页时服务没有应答" in refusal(away)


def test_a_server_that_dies_while_a_page_waits_is_told_from_a_slow_tile(camera: Camera, site: Site) -> None:
    site.state |= {"state": "wait", "tiles": json.dumps({"a": "ready", "b": "wait"})}
    site.dies = True
    assert "拍摄“试页”页时服务没有应答" in refusal(replace(camera, patience=2))


HIDDEN_ROWS = "rows => rows.filter((r) => r.style.visibility === 'hidden').map((r) => r.textContent.trim())"
LISTS = """<div class="ck-ranking"><ol style="height: 70px; margin: 0; overflow: auto; line-height: 20px">
<li>一<li>二<li>三<li>四<li>五</ol><p class="ck-note">按数值排位</p></div>
<section><div class="ck-table" style="height: 50px; overflow: auto"><table style="line-height: 20px">
<tbody><tr><td>甲<tr><td>乙<tr><td>丙</table></div><p class="ck-note">共316行，显示前100行</p></section>"""


def test_rows_shown_in_part_are_left_out_and_counted_once_however_often_it_is_looked_at(
    browser: Browser,
) -> None:
    with window(browser) as own:
        tab = own.new_page()
        tab.set_content(LISTS)
        for _ in range(2):
            tab.evaluate(FRAME, "")
            hidden = tab.locator("li, tr").evaluate_all(HIDDEN_ROWS)
            assert hidden == ["四", "五", "丙"]
            notes = tab.locator(".ck-note").all_inner_texts()
            assert notes == ["按数值排位，共5个，图中为前3个", "共316行，图中为前2行"]


def test_text_that_sticks_out_of_its_tile_is_refused(camera: Camera, site: Site) -> None:
    site.words["b"] = "<div style='white-space: nowrap; width: 250px'>" + "长" * 30 + "</div>"
    assert refusal(camera) == "“试页”页的“乙图”没有完整显示在画面里。"
