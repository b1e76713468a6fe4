"""/wall: the page that shows screens in turn. Its settings stand in the URL and are checked here."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cockpit import slices
from cockpit.districts import SITE
from cockpit.screens import SCREENS
from cockpit.shell import data, front
from cockpit.warehouse import NoData

PAGE = front.STATIC / "wall.html"
PROBLEM = front.STATIC / "wall-problem.html"
NAMES = {path.removeprefix("wall-"): screen.title for path, screen in SCREENS.items()}
KNOWN = ("screens", "seconds", "district", "period", "theme", "name", "capture")
LEAST, MOST, USUAL = 1, 3600, 30  # seconds per screen
LONGEST_NAME = 64  # as long as the name of a host
THEMES = ("dark", "light")


class BadWall(ValueError):
    """An address of /wall that cannot be shown; args[0] is a sentence."""


def settings(params: Mapping[str, str]) -> dict[str, object]:
    """screens, seconds, slice (query of every screen), theme, name; BadWall with a sentence otherwise."""
    if unknown := [name for name in params if name not in KNOWN]:
        raise BadWall(f"大屏地址中的参数“{unknown[0][:20]}”不认识。可用的参数：{'、'.join(KNOWN)}。")
    if (theme := params.get("theme", "dark")) not in THEMES:
        raise BadWall(f"大屏的外观“{theme[:20]}”应为 dark（深色）或 light（浅色）。")
    if len(name := params.get("name", "")) > LONGEST_NAME:
        raise BadWall(f"大屏的名称最多{LONGEST_NAME}个字。")
    return {
        "screens": _screens(params.get("screens", "")),
        "seconds": _seconds(params.get("seconds", str(USUAL))),
        "slice": _slice({key: params[key] for key in ("district", "period") if key in params})
        | ({"capture": "1"} if "capture" in params else {}),  # pictures leave the clock out
        "theme": theme,
        "name": name,
    }


def _screens(text: str) -> list[str]:
    asked = text.split(",") if text else list(NAMES)
    if unknown := [name for name in asked if name not in NAMES]:
        listed = "、".join(f"{name}（{title}）" for name, title in NAMES.items())
        raise BadWall(f"没有名为“{unknown[0][:20]}”的大屏。可用的大屏：{listed}，多个之间用逗号分开。")
    return asked


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and LEAST <= int(text) <= MOST):
        raise BadWall(f"每屏秒数“{text[:20]}”应为{LEAST}至{MOST}的整数。")
    return int(text)


def _slice(params: Mapping[str, str]) -> dict[str, str]:
    """Checked against the data, where there is some; a wall may be opened before the first version."""
    try:
        found = slices.parse(params, data.warehouse().snapshot().info.data_date)
    except NoData:
        return dict(params)
    except slices.BadSlice as bad:
        raise BadWall(bad.sentence) from bad
    if found.district.level == "town":
        raise BadWall("大屏只显示全市或一个区县，不能是镇街。")
    return dict(params)


def page(params: Mapping[str, str]) -> tuple[int, str]:
    """Status and HTML."""
    try:
        told = settings(params)
    except BadWall as bad:
        return 400, _filled(PROBLEM, sentence=escape(str(bad)))
    text = json.dumps({**told, "stamp": front.stamp()}, ensure_ascii=False).replace("<", "\\u003c")
    return 200, _filled(PAGE, settings=text, theme=str(told["theme"]))


def _filled(path: Path, **words: str) -> str:
    given = {"title": escape(SITE["title"]), "stamp": front.stamp(), **words}
    return Template(path.read_text(encoding="utf-8")).substitute(given)


async def endpoint(request: Request) -> HTMLResponse:
    status, text = await run_in_threadpool(page, dict(request.query_params))
    return HTMLResponse(text, status_code=status, headers=front.NO_CACHE)
