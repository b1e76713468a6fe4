"""Publishing: readers see a whole old version or a whole new one, whatever happens in between.

Order, proved by killing it at every step: lock, build `<name>.duckdb.tmp`, close, reopen read-only and check,
seal, fsync, rename, fsync the folder, replace the pointer the same way, prune. Local disks only.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from cockpit import seals
from etl import durable

KEPT = 5


class BuildRefused(Exception):
    """The warehouse cannot be vouched for; the message is one or more Chinese sentences."""


class Busy(BuildRefused):
    """Another build holds the lock."""


def folder(root: Path) -> Path:
    return root / "published"


def path_of(root: Path, version: str) -> Path:
    return seals.file_of(folder(root), version)


def current(root: Path) -> str | None:
    """The published version, or None when nothing has been published or the pointer is damaged."""
    return seals.named(folder(root)) or None


def is_published(root: Path, version: str) -> bool:
    """Is it the current version, and its file still as it was published? A disk may have spoilt it since."""
    return current(root) == version and not seals.flaw(folder(root), version)


@contextmanager
def lock(root: Path, wait: float = 0, act: str = "构建") -> Iterator[None]:
    """One build at a time. The kernel frees the lock when its process ends, however it ends.

    `wait`: seconds to try for. `act`: what it is held for, as others are told.

    Raises:
        Busy: what holds it, and since when.
    """
    durable.make_folder(folder(root))
    with (folder(root) / "lock").open("a+", encoding="utf-8") as held:
        deadline = time.monotonic() + wait
        while not _locked(held):
            if time.monotonic() >= deadline:
                held.seek(0)
                what, _, since = held.read().strip().partition(" ")
                raise Busy(f"另一次{what or '构建'}正在进行（{since or '刚刚开始'}），请等它结束后再试。")
            time.sleep(0.1)
        held.truncate(0)
        held.write(f"{act} 进程 {os.getpid()}，{datetime.now():%Y-%m-%d %H:%M:%S} 开始")
        held.flush()
        yield


def _locked(held: TextIO) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def publish(
    root: Path,
    version: str,
    write: Callable[[Path], None],
    check: Callable[[Path], None],
    last_batch: str = "",
) -> None:
    """Build version with `write(tmp)`, prove it with `check(tmp)`, and point to it. Call it under `lock`.

    `last_batch` names the newest batch of the store.
    """
    sweep(root)
    final = path_of(root, version)
    tmp = final.with_name(final.name + ".tmp")
    try:
        write(tmp)
        if tmp.with_name(f"{tmp.name}.wal").exists():  # closing does not tell that the disk was full
            raise BuildRefused("数据库文件没有写完，磁盘可能已满；已发布的版本保持不变。")
        check(tmp)
        seal = seals.of_file(tmp, version, _last_number(root) + 1, last_batch)
        durable.write_once(seals.seal_of(folder(root), version), lambda aside: aside.write_text(seal.text()))
        durable.put(tmp, final)
    finally:
        sweep(root)
    point(root, version)
    prune(root)


def point(root: Path, version: str) -> None:
    """Make a version that lies there whole the current one. Call it under `lock`."""
    durable.write_once(folder(root) / "current", lambda tmp: tmp.write_text(version + "\n", "utf-8"))


def last_seal(root: Path) -> seals.Seal | None:
    """The seal of the last publication that can be read."""
    found = [seal for path in folder(root).glob("cockpit-*.json") if (seal := _seal(root, path))]
    return max(found, key=lambda seal: seal.number, default=None)


def _seal(root: Path, path: Path) -> seals.Seal | None:
    try:
        return seals.read(folder(root), path.stem.removeprefix("cockpit-"))
    except ValueError:
        return None


def _last_number(root: Path) -> int:
    last = last_seal(root)
    return last.number if last else 0


def sweep(root: Path) -> None:
    """Remove what a killed build left behind."""
    for left in folder(root).glob("*.tmp*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def prune(root: Path) -> None:
    """Keep the pointed-at version and the last published others, KEPT in all, and the last seal.

    An open reader keeps a removed file.
    """
    pointed, last = current(root), last_seal(root)
    others = [version for version in seals.kept(folder(root)) if version != pointed]
    for old in others[KEPT - 1 :]:
        path_of(root, old).unlink()
    kept = {*seals.kept(folder(root)), last.version if last else ""}
    for path in folder(root).glob("cockpit-*.json"):
        if path.stem.removeprefix("cockpit-") not in kept:
            path.unlink()
