"""Which files lie in the inbox, and what each one's content hashes to without reading it twice."""

import hashlib
import json
import time
from pathlib import Path

from etl.durable import write_once

SETTLED = 2_000_000_000  # nanoseconds: coarser than the clock of any file system here
SUFFIXES = {".xlsx", ".xls", ".csv"}


def files(root: Path) -> list[Path]:
    """Files that districts sent, in path order; what an open Excel leaves beside them (~$…) is none.

    Nor are folders named like a file and links: what they lead to was not sent.
    """
    found = (p for p in (root / "inbox").rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    return sorted(p for p in found if not p.name.startswith(("~$", ".")) and not p.is_symlink())


def names(root: Path) -> list[str]:
    """Their paths inside the inbox."""
    return [path.relative_to(root / "inbox").as_posix() for path in files(root)]


def links(root: Path) -> list[Path]:
    """Links in the inbox, in path order: what lies behind them is not taken in."""
    found = (p for p in (root / "inbox").rglob("*") if p.is_symlink() and not p.name.startswith(("~$", ".")))
    return sorted(found)


def remember(root: Path) -> None:
    """Note size, times and hash of every file: the next look at an unchanged inbox reads no content.

    A file touched within the last moments is not noted: a second change might leave the same times.
    """
    seen = _seen(root)
    settled = time.time_ns() - SETTLED
    found = {p: _stamp(p) for p in files(root)}
    noted = {
        _name(root, p): [*at, _sha256(root, p, seen)] for p, at in found.items() if max(at[1:3]) < settled
    }
    write_once(root / "published" / "inbox.json", lambda tmp: tmp.write_text(json.dumps(noted), "utf-8"))


def hashes(root: Path) -> dict[Path, str]:
    """sha256 of every file's content, in path order; read only where size or times are not as noted."""
    seen = _seen(root)
    return {path: _sha256(root, path, seen) for path in files(root)}


def _seen(root: Path) -> dict[str, list[int | str]]:
    """What was noted; nothing when the note is spoilt: it only saves time."""
    try:
        noted = json.loads((root / "published" / "inbox.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


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
