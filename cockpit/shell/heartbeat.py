"""POST /heartbeat: a wall reports every few seconds; the answer tells it the server's stamp."""

import json
import time
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from cockpit.shell import data, front
from cockpit.walls import BadBeat, Walls, read

LONGEST = 2000  # bytes


@cache
def _walls(root: Path) -> Walls:
    return Walls(root)


def walls() -> Walls:
    """The walls of this process."""
    return _walls(data.root())


def answer(body: bytes) -> tuple[int, dict[str, str]]:
    try:
        wall = read(json.loads(body), time.time())
    except (ValueError, RecursionError) as bad:
        reason = str(bad) if isinstance(bad, BadBeat) else "心跳不是 JSON。"
        return 400, {"reason": reason}
    walls().beat(wall)
    return 200, {"stamp": front.stamp()}


async def endpoint(request: Request) -> JSONResponse:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            return JSONResponse({"reason": f"心跳最长{LONGEST}字节。"}, status_code=413)
    code, told = await run_in_threadpool(answer, body)
    return JSONResponse(told, status_code=code, headers={"Cache-Control": "no-store"})
