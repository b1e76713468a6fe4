"""Which files lie in the inbox, and what each one's content hashes to without reading it twice."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from etl.durable import write_once

SETTLED = 2_000_000_000  # nanoseconds: coarser than the clock of any file system here
SUFFIXES = {".xlsx", ".xls", ".csv"}
T = TypeVar("T")


def files(root: Path) -> list[Path]:
    """Files that districts sent, in path order; what an open Excel leaves beside them (~$…) is none.

    Nor are folders named like a file and links: what they lead to was not sent.
    """
    return [path for path in _listed(root)[0] if path.suffix.lower() in SUFFIXES and _is_file(path)]


def links(root: Path) -> list[Path]:
    """Links in the inbox, in path order: what lies behind them is not taken in."""
    return [path for path in _listed(root)[0] if os.path.islink(path)]


def closed(root: Path) -> list[Path]:
    """Folders in the inbox that cannot be listed."""
    return _listed(root)[1]


def inside(root: Path, path: Path) -> str:
    """The path inside the inbox, by which a file or folder there is called in verdicts and sentences."""
    return path.relative_to(root / "inbox").as_posix()


def each(
    root: Path,
    look: Callable[[Path], T],
    unread: Callable[[Path], object] = bool,
    only: Collection[str] | None = None,
) -> dict[Path, T]:
    """What `look` finds in every file, in path order; `unread` is told of each that it cannot read.

    `only`: paths inside the inbox to look at; None: all.
    """
    found = {}
    for path in files(root):
        if only is not None and inside(root, path) not in only:
            continue
        try:
            found[path] = look(path)
        except OSError:  # another account's, or gone since it was listed: the others go on
            unread(path)
    return found


def remember(root: Path) -> None:
    """Note size, times and hash of every file: the next look at an unchanged inbox reads no content.

    A file touched within the last moments is not noted: a second change might leave the same times.
    """
    seen = _seen(root)
    settled = time.time_ns() - SETTLED

    def note(path: Path) -> list[int | str]:
        at = _stamp(path)
        return [*at, _sha256(root, path, seen)] if max(at[1:3]) < settled else []

    noted = {_name(root, path): told for path, told in each(root, note).items() if told}
    write_once(root / "published" / "inbox.json", lambda tmp: tmp.write_text(json.dumps(noted), "utf-8"))


def hashes(root: Path) -> dict[Path, str]:
    """sha256 of every file's content, in path order; read only where size or times are not as noted."""
    seen = _seen(root)
    return each(root, lambda path: _sha256(root, path, seen))


def _seen(root: Path) -> dict[str, list[int | str]]:
    """What was noted; nothing when the note is spoilt: it only saves time."""
    try:
        noted = json.loads((root / "published" / "inbox.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _listed(root: Path) -> tuple[list[Path], list[Path]]:
    """All that lies in the inbox, in path order, and the folders that do not open."""
    shut: list[Path] = []

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            shut.append(Path(error.filename))

    walk = os.walk(root / "inbox", onerror=refuse)
    found = [Path(folder) / name for folder, folders, names in walk for name in (*folders, *names)]
    return sorted(path for path in found if not path.name.startswith(("~$", "."))), sorted(shut)


def _is_file(path: Path) -> bool:
    """What does not tell is taken for one, so that whoever reads it can tell of it."""
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return True


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _stamp(path: Path) -> tuple[int, int, int, int]:
    """Size, both times, inode: copying a file with its old time onto another changes the second time."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _sha256(root: Path, path: Path, seen: dict[str, list[int | str]]) -> str:
    *at, sha = seen.get(_name(root, path), [""])
    if tuple(at) == _stamp(path):
        return str(sha)
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
