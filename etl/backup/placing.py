"""What was copied aside takes the place of what is there: what is served comes last, in one step.

The audit log is never replaced: it gets the lines that only the backup has.
"""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

from etl import clock, journal
from etl.backup.walking import FOLDERS, walk
from etl.durable import exchange, make_folder, sync

ASIDE = ".restoring"
MOVED = tuple(name for name in FOLDERS if name != "log")


def held(root: Path) -> bool:
    """Is there anything that would be replaced?"""
    return any(not name.startswith("log/") for name, _ in walk(root))


def put_in_place(root: Path, record: Callable[[str, Path | None], None]) -> Path | None:
    """The folders that are there go aside, the copied ones take their names. Call it under the build's lock.

    Returns where they went, None when there was nothing. `record(what, where)` puts it into the audit log.
    """
    for path in (root / ASIDE / "log").glob("*"):
        journal.unite(root / "log" / path.name, path)
    record("开始恢复", None)
    old = _new_folder(root) if held(root) else root / ASIDE / "replaced"
    make_folder(old)
    make_folder(root / ASIDE / "published")
    # The one lock, also under the name that builds look for afterwards.
    os.link(root / "published" / "lock", root / ASIDE / "published" / "lock")
    sync(root / ASIDE / "published")
    for name in MOVED:
        _change(root / ASIDE / name, root / name, old / name)
    kept = old if old.parent == root else None
    record("已恢复", kept)
    return kept


def _new_folder(root: Path) -> Path:
    stem = f"replaced-{clock.now():%Y%m%d-%H%M%S}"
    names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(root / name for name in names if not (root / name).exists())


def _change(fresh: Path, live: Path, old: Path) -> None:
    """Readers see the one or the other, and whatever stops this leaves the one or the other."""
    if fresh.exists() and live.exists():
        fresh.rename(old)
        sync(old.parent)
        exchange(old, live)
    elif live.exists():
        live.rename(old)
    elif fresh.exists():
        fresh.rename(live)
    sync(old.parent)
    sync(live.parent)
