"""Files of JSON lines that only grow: an entry is there whole and on disk, or not at all."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any, BinaryIO

from etl.durable import make_folder, sync

Entry = dict[str, Any]
BLOCK = 4096


def append(path: Path, entry: Entry) -> None:
    """Add one line. What a machine that stopped has left of an unfinished one was never told: it goes."""
    make_folder(path.parent)
    new = not path.exists()
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(_whole(file))
        file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync(path.parent)


def entries(path: Path) -> list[Entry]:
    """Every whole entry, oldest first; a line cut short by a stopped machine is none."""
    if not path.exists():
        return []
    found = []
    for line in path.read_bytes().splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:  # torn: neither JSON nor, perhaps, UTF-8
            continue
    return found


def _whole(file: BinaryIO) -> int:
    """Length up to the end of the last whole line."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - BLOCK)
        file.seek(start)
        last = file.read(end - start).rfind(b"\n")
        if last >= 0:
            return start + last + 1
        end = start
    return 0
