"""Workbooks are parsed in a process of their own: a damaged one can make the parser ask for a terabyte."""

import os
import resource
from collections.abc import Callable
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from etl.reading.grid import Grid, Unreadable

MOST_MEMORY = 6 * 1024**3  # address space, which the allocators reserve generously
MOST_SECONDS = 300.0
Parse = Callable[[Path], list[Grid]]


def parse_apart(parse: Parse, path: Path) -> list[Grid]:
    """`parse(path)` in the child, which stays for the next file.

    Raises:
        Unreadable: what `parse` raised, or that the child broke off or took too long.
    """
    process, line = _child()
    line.send((parse, path))
    try:
        answer = line.recv() if line.poll(MOST_SECONDS) else None
    except EOFError:
        answer = None
    if answer is None:
        process.kill()
        process.join()
        _child.cache_clear()
        raise Unreadable("工作簿打不开:内容已损坏,请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。")
    if isinstance(answer, Unreadable):
        raise answer
    grids: list[Grid] = answer
    return grids


@cache
def _child() -> tuple[BaseProcess, Connection]:
    """Spawned, not forked: the parent may hold threads. It ends with the parent."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(line: Connection) -> None:
    """Parse what is sent until the line closes; the parser's own messages are of no use to staff."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    while True:
        try:
            parse, path = line.recv()
        except EOFError:
            return
        try:
            line.send(parse(path))
        except Unreadable as reason:
            line.send(reason)
