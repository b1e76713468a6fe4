"""What of a data folder is worth keeping, in the order of its folders and names."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from etl.contract import shown_name

# What a data folder is made of, in the order in which it is put in place again: what is served comes last.
FOLDERS = ("store", "inbox", "pending", "log", "reports", "published")
Unread = Callable[[str, OSError], None]


def _ignored(name: str, failed: OSError) -> None:
    """For who only asks what there is."""


def files(root: Path, unread: Unread = _ignored) -> Iterator[tuple[str, Path]]:
    """Every file worth keeping: its path below root, and where it lies; half ones and links are not.

    `unread` is told of each file or folder that does not let itself be looked at.
    """
    for name, path in walk(root, unread):
        try:
            regular = stat.S_ISREG(path.lstat().st_mode)
        except FileNotFoundError:
            continue
        except OSError as failed:
            unread(name, failed)
            continue
        if regular:
            yield name, path


def links(root: Path) -> Iterator[str]:
    """Links below the folders, as a sentence may call them: what they lead to is not of the data."""
    return (shown_name(name) for name, path in walk(root) if os.path.islink(path))


def walk(root: Path, unread: Unread = _ignored) -> Iterator[tuple[str, Path]]:
    """All that is no folder to go into: its path below root, and where it lies. `unread` as `files`."""

    def refuse(failed: OSError) -> None:
        if not isinstance(failed, FileNotFoundError):
            unread(Path(failed.filename).relative_to(root).as_posix(), failed)

    for top in FOLDERS:
        for folder, inner, found in os.walk(root / top, onerror=refuse):
            here = Path(folder).relative_to(root)
            inner[:] = [name for name in sorted(inner) if not _passing(here / name)]
            for name in sorted([*found, *(name for name in inner if os.path.islink(root / here / name))]):
                if not _passing(here / name):
                    yield (here / name).as_posix(), root / here / name


def _passing(path: Path) -> bool:
    """Locks, unfinished files and scratch folders, where the product makes them; never what senders named."""
    top, *below = path.parts
    if top == "inbox" or (top == "pending" and below[1:2] == ["files"]):
        return False
    if top == "pending" and len(below) == 2 and path.name == "root":
        return True
    return ".tmp" in path.name or path.name in ("lock", ".lock", ".staging", "inbox.json")
