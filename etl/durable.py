"""Files that are there whole or not at all, also when the power fails: write aside, sync, rename, sync.

Local disks only. A new folder is synced into its parent before anything is put into it.
"""

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path

HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


def write_once(path: Path, fill: Callable[[Path], object]) -> None:
    """A whole file or none: `fill(tmp)` writes it, then it takes its name."""
    make_folder(path.parent)
    tmp = path.with_name(path.name + ".tmp")
    try:
        fill(tmp)
        put(tmp, path)
    finally:
        tmp.unlink(missing_ok=True)  # on a full disk the half must not stay in the way


def put(tmp: Path, path: Path) -> None:
    """Give a finished file its name."""
    sync(tmp)
    os.replace(tmp, path)
    sync(path.parent)


def exchange(one: Path, other: Path) -> None:
    """Two folders change their names in one step; where the disk does not know how, in three."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    failed = call(HERE, names[0], HERE, names[1], EXCHANGE) and ctypes.get_errno() if call else errno.ENOSYS
    if failed in (errno.ENOSYS, errno.EINVAL):
        between = other.with_name(other.name + ".tmp")
        os.rename(other, between)
        os.rename(one, other)
        os.rename(between, one)
    elif failed:
        raise OSError(failed, os.strerror(failed), str(one))
    sync(one.parent)
    sync(other.parent)


def make_folder(folder: Path) -> None:
    """As mkdir -p, lasting: a synced file in a folder that its parent has not noted is lost with it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(path: Path) -> None:
    """Everything written to this file, or the names in this folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
