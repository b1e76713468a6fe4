"""Workbooks are parsed in a process of their own: a damaged one can make the parser ask for a terabyte."""

import atexit
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from etl.reading.grid import Grid, Unreadable

MOST_MEMORY = 6 * 1024**3  # address space, which the allocators reserve generously
MOST_SECONDS = 300.0
START_SECONDS = 60.0
Parse = Callable[[Path], list[Grid]]
HERE = Path(__file__).resolve().parents[2]


def parse_apart(parse: Parse, path: Path) -> list[Grid]:
    """`parse(path)` in the child, which stays for the next file.

    Raises:
        Unreadable: what `parse` raised, or that the child broke off or took too long.
    """
    if _child.cache_info().currsize and _child()[0].poll() is not None:
        _child.cache_clear()
    process, line = _child()
    line.send((parse, path))
    try:
        answer = line.recv() if line.poll(MOST_SECONDS) else None
    except (EOFError, ConnectionError):
        answer = None
    if answer is None:
        _stop(process, line)
        _child.cache_clear()
        raise Unreadable("工作簿打不开：内容已损坏，请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。")
    if isinstance(answer, Unreadable):
        raise answer
    grids: list[Grid] = answer
    return grids


@cache
def _child() -> tuple["subprocess.Popen[bytes]", Connection]:
    """A started child that has said it is ready, so that a machine's fault is never laid to a file.

    Not a fork, as the parent may hold threads; not a multiprocessing spawn, which runs the main script again.
    """
    ours, theirs = Pipe()
    serve = "import sys; from etl.reading.child import serve; serve(int(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", serve, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # the parser's own messages are of no use to staff
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])},
    )
    theirs.close()
    atexit.register(_stop, process, ours)
    try:
        ready = ours.poll(START_SECONDS) and ours.recv()
    except (EOFError, ConnectionError):
        ready = False
    if not ready:
        raise RuntimeError("读取工作簿的子进程没有启动，请检查 Python 环境后重试。")
    return process, ours


def _stop(process: "subprocess.Popen[bytes]", line: Connection) -> None:
    line.close()
    process.kill()
    process.wait()


def serve(handle: int) -> None:
    """The child: say ready, then parse what is sent until the line closes."""
    import etl.reading.excel_file  # noqa: F401  loaded before ready is said, so that a missing package shows

    line = Connection(handle)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    line.send(True)
    while True:
        try:
            parse, path = line.recv()
        except EOFError:
            return
        try:
            line.send(parse(path))
        except Unreadable as reason:
            line.send(reason)
