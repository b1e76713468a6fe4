"""Why a picture may not be used: one sentence per fault, or none."""

import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from PIL import Image, ImageStat

from cockpit.codes import STATUS
from cockpit.districts import SITE
from cockpit.site import Page
from cockpit.slices import Slice
from cockpit.warehouse import Info
from report import Refused

FONT = "Noto Sans SC"
WORDS = {"wait": "未就绪", "ready": "就绪", "empty": "空", "failed": "失败"}
FLAT = 12  # a picture whose every channel varies by less shows nothing
TILE_FLAT = 24
EDGE = 2  # pixels of the page that a frame's own line may stick out


def tiles_of(state: Mapping[str, str]) -> dict[str, str]:
    return json.loads(state.get("tiles") or "{}")


def declared(page: Page, seen: Mapping[str, Any], slice: Slice, info: Info, judged_on: date) -> None:
    """The page is the one asked for: its tiles, its slice, its version, its day, and every tile in order.

    Raises:
        Refused: it is not, or a tile failed or is not ready.
    """
    state = seen["state"]
    if state is None:
        raise Refused(f"“{page.title}”页没有声明自己的状态，不能拍摄。")
    if (own := state.get("slice")) != (asked := urlencode(slice.query())):
        raise Refused(f"“{page.title}”页显示的切片是 {own}，要的是 {asked}。")
    if (own := state.get("version")) != info.version:
        raise Refused(f"“{page.title}”页显示的是版本 {own}，要的是 {info.version}。")
    if (own := state.get("judged")) != str(judged_on):
        told = f"“{page.title}”页以{own}为今天判断是否过期，这份周报以{judged_on}为准。"
        raise Refused(f"{told}请不加 --url 重做。")
    _whole(page, state)


def _whole(page: Page, state: Mapping[str, str]) -> None:
    promised = (state.get("wanted") or "").split()
    if lost := [tile.title for tile in page.tiles if tile.id not in promised]:
        raise Refused(f"“{page.title}”页少了“{'、'.join(lost)}”。")
    tiles = tiles_of(state)
    # a failed tile ends the waiting for the others: it is the reason, not they
    for tile_id in sorted(promised, key=lambda one: tiles.get(one) != "failed"):
        told = tiles.get(tile_id, "wait")
        if told not in ("ready", "empty"):
            raise Refused(f"“{page.title}”页的“{_title(page, tile_id)}”{WORDS.get(told, told)}，不能拍摄。")
    if state.get("state") != "ready":
        raise Refused(f"“{page.title}”页没有就绪，不能拍摄。")


def _title(page: Page, tile_id: str) -> str:
    """The cards above the tiles are promised too, under a name of their own."""
    return next((tile.title for tile in page.tiles if tile.id == tile_id), "指标卡片")


def legible(page: Page, seen: Mapping[str, Any], slice: Slice, info: Info) -> None:
    """Everything is inside the picture, has glyphs, and the picture says what it shows.

    Raises:
        Refused: a tile is cut off, a letter is a box, or a mark is missing.
    """
    width, height = seen["view"]
    for tile_id, box in seen["boxes"].items():
        title = _title(page, tile_id)
        if box is None:
            raise Refused(f"“{page.title}”页上找不到“{title}”。")
        inside = box["left"] >= -EDGE and box["top"] >= -EDGE
        inside = inside and box["right"] <= width + EDGE and box["bottom"] <= height + EDGE
        if not inside or box["spills"] or box["right"] <= box["left"] or box["bottom"] <= box["top"]:
            raise Refused(f"“{page.title}”页的“{title}”没有完整显示在画面里。")
    if not seen["font"]:
        raise Refused(f"“{page.title}”页的中文字体没有装载，画面会缺字。")
    if seen["lacking"]:
        raise Refused(f"“{page.title}”页缺字：“{seen['lacking'][:20]}”显示不出来。")
    for name, mark in marks(page, slice, info).items():
        if mark not in seen["text"]:
            raise Refused(f"“{page.title}”页的画面上没有{name}（{mark}）。")


def marks(page: Page, slice: Slice, info: Info) -> dict[str, str]:
    """What must be readable in the picture itself."""
    sliced = {"切片": slice.label()} if page.indicators else {}
    return {
        "标题": SITE["title"],
        "数据截至日期": str(info.data_date),
        "版本": info.version,
        "数据性质": f"{STATUS[info.status]}数据",
        **sliced,
    }


def painted(page: Page, png: bytes, seen: Mapping[str, Any], scale: int) -> None:
    """The picture has the size asked for, and neither it nor a tile in it is one flat area.

    Raises:
        Refused: too small, or blank.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    wanted = (seen["view"][0] * scale, seen["view"][1] * scale)
    if picture.size != wanted:
        size, asked = "×".join(map(str, picture.size)), "×".join(map(str, wanted))
        raise Refused(f"“{page.title}”页的画面是 {size}，应为 {asked}。")
    if _flat(picture, FLAT):
        raise Refused(f"“{page.title}”页的画面是空白的。")
    for tile_id, box in seen["boxes"].items():
        if _flat(picture.crop(pixels(box, scale)), TILE_FLAT):
            raise Refused(f"“{page.title}”页的“{_title(page, tile_id)}”是空白的。")


def pixels(box: Mapping[str, float], scale: int) -> tuple[int, int, int, int]:
    """A box of the page in pixels of the picture."""
    edges = (max(box["left"], 0), max(box["top"], 0), box["right"], box["bottom"])
    left, top, right, bottom = (round(edge * scale) for edge in edges)
    return left, top, right, bottom


def _flat(picture: Image.Image, least: int) -> bool:
    return all(high - low < least for low, high in ImageStat.Stat(picture).extrema)
