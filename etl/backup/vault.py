"""The folder that holds backups: every content once, under its hash, and one list of files per backup.

objects/ab/<sha256>     a content, immutable
lock                    held by whoever adds a backup or forgets some
backups/<n>-<time>.json  which files there were, with paths below the data folder, sizes, hashes; sealed
So a backup copies what is new, and every one of them is a full one.
"""

import fcntl
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from etl.durable import make_folder, put, write_once

BLOCK = 1 << 20
Kind = Literal["there", "new", "mended"]


class Refused(Exception):
    """What was asked for cannot be done; the message is one or more Chinese sentences."""


@dataclass(frozen=True)
class Entry:
    """One file: `path` below the data folder (or reference/…, of the settings), times in ns."""

    path: str
    size: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True)
class Backup:
    """`name` begins with a number that counts backups, whatever the clock says. `version`: as published."""

    name: str
    version: str | None
    files: tuple[Entry, ...]


@contextmanager
def lock(place: Path, wait: float) -> Iterator[None]:
    """One backup at a time into this folder. What a stopped one left half goes.

    Raises:
        Refused: another one did not end within `wait` seconds.
    """
    make_folder(place / "objects")
    with (place / "lock").open("a") as held:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Refused(f"另一次备份正在写入 {place}，请等它结束后再试。") from None
            time.sleep(0.1)
        for left in place.glob("*/*.tmp"):
            left.unlink()
        yield


def names(place: Path) -> list[str]:
    """The backups here, oldest first."""
    return sorted(path.stem for path in (place / "backups").glob("[0-9]*.json"))


def read(place: Path, name: str) -> Backup:
    """Raises Refused when there is no such backup or its list is spoilt."""
    path = place / "backups" / f"{name}.json"
    try:
        told = json.loads(path.read_text("utf-8"))
        seal = told.pop("seal")
        files = tuple(Entry(**entry) for entry in told["files"])
    except FileNotFoundError:
        known = "、".join(names(place)) or "无"
        raise Refused(f"{place} 中没有备份 {name}。现有：{known}。") from None
    except (ValueError, TypeError, KeyError):
        raise Refused(f"备份清单 {path} 已损坏，请改用另一份（--backup）。") from None
    if seal != _seal(told):
        raise Refused(f"备份清单 {path} 的内容与写入时不一致，请改用另一份（--backup）。")
    return Backup(told["name"], told["version"], files)


def write(place: Path, backup: Backup) -> None:
    # ASCII: a file name that is no UTF-8 has no other spelling.
    told = asdict(backup)
    text = json.dumps({**told, "seal": _seal(told)}, indent=0)
    write_once(place / "backups" / f"{backup.name}.json", lambda tmp: tmp.write_text(text, "ascii"))


def object_of(place: Path, sha256: str) -> Path:
    return place / "objects" / sha256[:2] / sha256


def keep(place: Path, path: Path) -> tuple[int, str, Kind]:
    """Size and hash of a file whose content now lies here whole, and how it came to.

    What lies here already is read before it is built upon; spoilt, it is replaced, for earlier backups too.
    """
    sha256 = digest(path)
    target = object_of(place, sha256)
    there = target.exists()
    if there and sound(target):
        return target.stat().st_size, sha256, "there"
    with tempfile.NamedTemporaryFile(dir=place / "objects", suffix=".tmp", delete=False) as made:
        tmp = Path(made.name)
    try:
        size, copied = copy(path, tmp)  # the file may have changed since: what was copied is what counts
        target = object_of(place, copied)
        make_folder(target.parent)
        put(tmp, target)
    finally:
        tmp.unlink(missing_ok=True)
    return size, copied, "mended" if there and copied == sha256 else "new"


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Size and SHA-256 of what was copied."""
    what, size = hashlib.sha256(), 0
    with source.open("rb") as old, target.open("wb") as new:
        while block := old.read(BLOCK):
            what.update(block)
            size += new.write(block)
    return size, what.hexdigest()


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def prune(place: Path, kept: int) -> int:
    """Forget all but the newest backups and the contents that only they had; how many were forgotten.

    Call it under `lock`. Raises Refused when a list cannot be read: nobody knows what it needs, all stays.
    """
    lists = {name: read(place, name) for name in names(place)}
    old = list(lists)[:-kept]
    held = {entry.sha256 for name in list(lists)[-kept:] for entry in lists[name].files}
    for name in old:
        (place / "backups" / f"{name}.json").unlink()
    for path in objects(place):
        if path.name not in held:
            path.unlink()
    return len(old)


def room(place: Path, size: int) -> None:
    """Raises Refused when the disk cannot take `size` more bytes."""
    free = shutil.disk_usage(place).free
    if size > free:
        raise Refused(f"{place} 所在磁盘空间不足：需要{size / 1e6:.0f} MB，剩余{free / 1e6:.0f} MB。")


def objects(place: Path) -> Iterator[Path]:
    return (path for path in (place / "objects").glob("??/*") if path.is_file())


def sound(path: Path) -> bool:
    """Is a content what its name says? One that the disk does not give back is not."""
    try:
        return digest(path) == path.name
    except OSError:
        return False


def _seal(told: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
