"""Files of JSON lines that only grow: an entry is there whole and on disk, or not at all."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

from etl.durable import make_folder, sync

Entry = dict[str, Any]


def append(path: Path, entry: Entry) -> None:
    """Add one line. What a machine that stopped has left of an unfinished one is closed off first."""
    make_folder(path.parent)
    new = not path.exists()
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        file.write(b"\n" + line if _torn(path) else line)
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


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
