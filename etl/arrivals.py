"""Which files lie in the inbox, and what each one's content hashes to without reading it twice."""

import hashlib
import json
import os
from pathlib import Path

SUFFIXES = {".xlsx", ".xls", ".csv"}


def files(root: Path) -> list[Path]:
    """Files that districts sent, in path order; what an open Excel leaves beside them (~$…) is none.

    Nor are folders named like a file and links that lead nowhere.
    """
    found = (p for p in (root / "inbox").rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    return sorted(p for p in found if not p.name.startswith(("~$", ".")))


def remember(root: Path) -> None:
    """Note size, time and hash of every file: the next look at an unchanged inbox reads no content."""
    seen = _seen(root)
    noted = {_name(root, p): [*_stamp(p), _sha256(root, p, seen)] for p in files(root)}
    tmp = root / "published" / "inbox.json.tmp"
    tmp.write_text(json.dumps(noted), "utf-8")
    os.replace(tmp, root / "published" / "inbox.json")


def all_known(root: Path, known: set[str]) -> bool:
    """Is the content of every file among the `known` sha256?"""
    seen = _seen(root)
    return all(_sha256(root, path, seen) in known for path in files(root))


def _seen(root: Path) -> dict[str, list[int | str]]:
    path = root / "published" / "inbox.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _sha256(root: Path, path: Path, seen: dict[str, list[int | str]]) -> str:
    size, changed, sha = seen.get(_name(root, path), (None, None, ""))
    if (size, changed) == _stamp(path):
        return str(sha)
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
