"""Small files that others keep: whole, not there, or spoilt, as a disk or a power cut leaves them."""

import json
from pathlib import Path
from typing import Any


class Spoilt(ValueError):
    """A file that does not hold what it should; args[0] is its name."""


def told(path: Path) -> dict[str, Any]:
    """What a file tells; {} when it is not there.

    Raises:
        Spoilt: it holds no JSON object.
    """
    found = _parsed(text(path), path) if path.is_file() else {}
    return found


def lines(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The lines of a log, and how many of them are spoilt.

    The last one may be half written or cut off by a power failure: it was never told and is no loss.
    """
    whole = [line for line in text(path).splitlines(keepends=True) if line.endswith("\n")]
    found = []
    for line in whole:
        try:
            found.append(_parsed(line, path))
        except Spoilt:
            continue
    return found, len(whole) - len(found)


def text(path: Path) -> str:
    """Empty when it is not there; a byte that is no text spoils its line alone."""
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def stamp(path: Path) -> tuple[int, int]:
    """When it was changed, and which file it is: what was read of it holds as long as both do."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_ino


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise Spoilt(path.name) from wrong
    if not isinstance(found, dict):
        raise Spoilt(path.name)
    return found
