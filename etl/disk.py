"""What a power cut must not undo."""

import errno
import os
import shutil
from pathlib import Path


def sync(path: Path) -> None:
    """Content of a file, or names in a folder, are on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(path: Path, target: Path) -> None:
    """Whole at one place or at the other. Across disks a hidden copy is made first, in bounded memory."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sync(path)
    try:
        os.rename(path, target)
    except OSError as failed:
        if failed.errno != errno.EXDEV:
            raise
        copy = target.with_name(f".{target.name}")
        shutil.copyfile(path, copy)
        sync(copy)
        os.replace(copy, target)
        path.unlink()
    sync(target.parent)
