"""Files of JSON lines that only grow: an entry is there whole and on disk, or not at all."""

import fcntl
import heapq
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from etl.durable import make_folder, sync, write_once

Entry = dict[str, Any]
BLOCK = 4096


def append(path: Path, entry: Entry, link: Callable[[bytes], Entry] = lambda last: {}) -> None:
    """Add one line. What a machine that stopped has left of an unfinished one was never told: it goes.

    `link` gives what the entry says of the line before it (b"" for the first one); nobody adds one meanwhile.
    """
    make_folder(path.parent)
    new = not path.exists()
    with _held(path) as file:
        whole = _start(file, file.seek(0, os.SEEK_END))
        file.truncate(whole)
        told = json.dumps(entry | link(_last(file, whole)), ensure_ascii=False)
        file.write(told.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync(path.parent)


def entries(path: Path) -> list[Entry]:
    """Every whole entry, oldest first; a line cut short by a stopped machine is none."""
    if not path.exists():
        return []
    return [entry for line in path.read_bytes().splitlines() if (entry := parsed(line)) is not None]


def parsed(line: bytes) -> Entry | None:
    """None when the line is torn: neither JSON nor, perhaps, UTF-8."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def lines(path: Path) -> list[bytes]:
    """Every line that was written to its end, as it lies there; none when there is no such file."""
    found = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return [line[:-1] for line in found if line.endswith(b"\n")]


def last(path: Path) -> bytes:
    """The last line that was written to its end."""
    with path.open("rb") as file:
        return _last(file, _start(file, file.seek(0, os.SEEK_END)))


def unite(path: Path, other: Path) -> None:
    """Put the lines that only `other` has among those of `path`, in order of their time `at`."""
    make_folder(path.parent)
    with _held(path):
        ours, theirs = lines(path), lines(other)
        if not set(theirs) <= set(ours):
            known = set(theirs)
            united = heapq.merge(theirs, [line for line in ours if line not in known], key=_time)
            content = b"".join(line + b"\n" for line in united)
            write_once(path, lambda tmp: tmp.write_bytes(content))


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    """The file, for one process at a time: `unite` may put a new one in its place while another waits."""
    while True:
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                yield file
                return


def _time(line: bytes) -> str:
    return str((parsed(line) or {}).get("at", ""))


def _last(file: BinaryIO, whole: int) -> bytes:
    """The line that ends before `whole`, without its end."""
    start = _start(file, max(0, whole - 1))
    file.seek(start)
    return file.read(whole - start).rstrip(b"\n")


def _start(file: BinaryIO, end: int) -> int:
    """Where the line begins that reaches up to `end`."""
    while end:
        start = max(0, end - BLOCK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
