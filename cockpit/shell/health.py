"""/healthz: can a viewer be served now? Asks the warehouse, and remembers how the last renders went.

A page that failed counts against the server until it comes through, or FORGET seconds have passed: it may
never be opened again. What is spoilt while a whole version is served is listed under `troubles`, with 200:
viewers are served, and a restart would not help.
"""

import time
from http import HTTPStatus
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from cockpit.screens import SCREENS
from cockpit.shell import data
from cockpit.site import PAGES
from cockpit.warehouse import NoData

FORGET = 600
_failed: dict[tuple[str, str], float] = {}  # path of a page, and its tile or "" for the page itself -> when
_lock = Lock()


def rendered(path: str, tile: str = "") -> None:
    """A page, or one tile of it, came through to its end (or ended with a sentence of our own)."""
    with _lock:
        _failed.pop((path, tile), None)


def failed(path: str, tile: str = "") -> None:
    """A page, or one tile of it, ended with an exception."""
    with _lock:
        _failed[path, tile] = time.monotonic()


def state() -> tuple[HTTPStatus, dict[str, Any]]:
    """200 with version, status and data date, or 503 with the reason in a Chinese sentence."""
    try:
        snapshot = data.warehouse().snapshot()
    except NoData as missing:
        return HTTPStatus.SERVICE_UNAVAILABLE, {"ok": False, "reason": missing.sentence}
    if not snapshot.rows("SELECT COUNT(*) FROM dim_division")[0][0]:
        return HTTPStatus.SERVICE_UNAVAILABLE, {"ok": False, "reason": "数据仓库中没有区划，请重新建库。"}
    since = time.monotonic() - FORGET
    with _lock:
        paths = {path for (path, _), at in _failed.items() if at > since}
    broken = [page.title for path, page in {**PAGES, **SCREENS}.items() if path in paths]
    if broken:
        reason = f"最近一次打开“{'、'.join(broken)}”页面时出错，原因见服务日志。"
        return HTTPStatus.SERVICE_UNAVAILABLE, {"ok": False, "reason": reason}
    info = snapshot.info
    told = {"version": info.version, "status": info.status, "data_date": info.data_date.isoformat()}
    troubles = data.warehouse().troubles()
    return HTTPStatus.OK, {"ok": True, **told, **({"troubles": troubles} if troubles else {})}


async def endpoint(_request: Request) -> JSONResponse:
    code, told = await run_in_threadpool(state)
    return JSONResponse(told, status_code=code, headers={"Cache-Control": "no-store"})
