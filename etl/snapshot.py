"""Publishing: readers see a whole old version or a whole new one, whatever happens in between.

Order, proved by killing it at every step: lock, build `<name>.duckdb.tmp`, close, reopen read-only and check,
fsync, rename, fsync the folder, replace the pointer the same way, prune. Local disks only.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

KEPT = 5


class BuildRefused(Exception):
    """The warehouse cannot be vouched for; the message is one or more Chinese sentences."""


class Busy(BuildRefused):
    """Another build holds the lock."""


def folder(root: Path) -> Path:
    return root / "published"


def path_of(root: Path, version: str) -> Path:
    return folder(root) / f"cockpit-{version}.duckdb"


def current(root: Path) -> str | None:
    """The published version, or None when nothing has been published."""
    pointer = folder(root) / "current"
    return pointer.read_text("utf-8").strip() if pointer.exists() else None


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """One build at a time. The kernel frees the lock when its process ends, however it ends.

    Raises:
        Busy: who holds it since when.
    """
    folder(root).mkdir(parents=True, exist_ok=True)
    with (folder(root) / "lock").open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise Busy(
                f"另一次构建正在进行（{held.read().strip() or '刚刚开始'}），请等它结束后再试。"
            ) from None
        held.truncate(0)
        held.write(f"进程 {os.getpid()}，{datetime.now():%Y-%m-%d %H:%M:%S} 开始")
        held.flush()
        yield


def publish(root: Path, version: str, write: Callable[[Path], None], check: Callable[[Path], None]) -> None:
    """Build version with `write(tmp)`, prove it with `check(tmp)`, and point to it. Call it under `lock`."""
    sweep(root)
    final = path_of(root, version)
    tmp = final.with_name(final.name + ".tmp")
    write(tmp)
    check(tmp)
    _sync(tmp)
    os.replace(tmp, final)
    _sync(folder(root))
    point(root, version)
    prune(root)


def point(root: Path, version: str) -> None:
    """Make a version that lies there whole the current one. Call it under `lock`."""
    tmp = folder(root) / "current.tmp"
    tmp.write_text(version + "\n", "utf-8")
    _sync(tmp)
    os.replace(tmp, folder(root) / "current")
    _sync(folder(root))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(root: Path) -> None:
    """Remove what a killed build left behind."""
    for left in folder(root).glob("*.tmp*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def prune(root: Path) -> None:
    """Keep the pointed-at version and the newest others, KEPT in all. An open reader keeps a removed file."""
    pointed = current(root)
    files = sorted(folder(root).glob("cockpit-*.duckdb"), key=lambda f: f.stat().st_mtime_ns, reverse=True)
    others = [f for f in files if f.name != f"cockpit-{pointed}.duckdb"]
    for old in others[KEPT - 1 :]:
        old.unlink()
