"""Where packs lie: made in a staging folder beside, moved into place whole, one run at a time."""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from report import Refused

STAGING, ASIDE, LOCK = ".staging", ".aside", ".lock"
TRIES = 5
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def reports(root: Path) -> Path:
    return root / "reports"


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """The right to make packs; left-overs of a killed run are cleared first.

    Raises:
        Refused: another run has it, or the disk is full.
    """
    folder = reports(root)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as handle:
        _take(handle)
        _sweep(folder)
        with full_disk_refused():
            yield


@contextmanager
def full_disk_refused() -> Iterator[None]:
    """Raises Refused in place of the system's error where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused("磁盘空间不足，周报没有写完。请清出空间后重做。") from error
        raise


def _take(handle: TextIO) -> None:
    """Tried for a second: the page 周报 looks at the lock for a moment now and then."""
    for _ in range(TRIES):
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(1 / TRIES)
    raise Refused("另一份周报正在制作，请等它完成后再试。")


def _sweep(folder: Path) -> None:
    """After a kill: nothing half stays, and a pack that was set aside comes back."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    for aside in (folder / ASIDE).glob("*/*"):
        home = folder / aside.parent.name / aside.name
        if not home.exists():
            home.parent.mkdir(parents=True, exist_ok=True)
            aside.rename(home)
    shutil.rmtree(folder / ASIDE, ignore_errors=True)


@contextmanager
def staged(root: Path, week: str, scope: str) -> Iterator[Path]:
    """An empty folder to fill; at the end it takes the place reports/<week>/<scope>, or vanishes."""
    folder = reports(root)
    fresh, home = folder / STAGING, folder / week / scope
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir()
        yield fresh
        _flush(fresh)
        _swap(folder, fresh, home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(folder: Path, fresh: Path, home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    aside = folder / ASIDE / home.parent.name / home.name
    if home.exists():
        aside.parent.mkdir(parents=True, exist_ok=True)
        home.rename(aside)
    try:
        fresh.rename(home)
    except OSError:
        if aside.exists():  # the old pack stands again before anybody is told that nothing changed
            aside.rename(home)
        raise
    _flush_folder(home.parent)
    shutil.rmtree(folder / ASIDE, ignore_errors=True)


def _flush(folder: Path) -> None:
    """On the disk before the pack is named."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
