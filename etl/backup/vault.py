"""The folder that holds backups: every content once, under its hash, and one list of files per backup.

objects/ab/<sha256>     a content, immutable
backups/<n>-<time>.json  which files there were, with paths below the data folder, sizes, hashes; sealed
So a backup copies what is new, and every one of them is a full one.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.durable import make_folder, put, write_once

BLOCK = 1 << 20


class Refused(Exception):
    """What was asked for cannot be done; the message is one or more Chinese sentences."""


@dataclass(frozen=True)
class Entry:
    """One file: `path` below the data folder (or reference/…, of the settings), times in ns."""

    path: str
    size: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True)
class Backup:
    """`name` begins with a number that counts backups, whatever the clock says. `version`: as published."""

    name: str
    version: str | None
    files: tuple[Entry, ...]


@dataclass(frozen=True)
class Checked:
    """Outcome of a verification: how many backups and contents, and a sentence per fault."""

    backups: int
    objects: int
    faults: tuple[str, ...]


def names(place: Path) -> list[str]:
    """The backups here, oldest first."""
    return sorted(path.stem for path in (place / "backups").glob("[0-9]*.json"))


def read(place: Path, name: str) -> Backup:
    """Raises Refused when there is no such backup or its list is spoilt."""
    path = place / "backups" / f"{name}.json"
    try:
        told = json.loads(path.read_text("utf-8"))
        seal = told.pop("seal")
        files = tuple(Entry(**entry) for entry in told["files"])
    except FileNotFoundError:
        known = "、".join(names(place)) or "无"
        raise Refused(f"{place} 中没有备份 {name}。现有：{known}。") from None
    except (ValueError, TypeError, KeyError):
        raise Refused(f"备份清单 {path} 已损坏，请改用另一份（--backup）。") from None
    if seal != _seal(told):
        raise Refused(f"备份清单 {path} 的内容与写入时不一致，请改用另一份（--backup）。")
    return Backup(told["name"], told["version"], files)


def write(place: Path, backup: Backup) -> None:
    # ASCII: a file name that is no UTF-8 has no other spelling.
    told = asdict(backup)
    text = json.dumps({**told, "seal": _seal(told)}, indent=0)
    write_once(place / "backups" / f"{backup.name}.json", lambda tmp: tmp.write_text(text, "ascii"))


def object_of(place: Path, sha256: str) -> Path:
    return place / "objects" / sha256[:2] / sha256


def keep(place: Path, path: Path) -> tuple[int, str, bool]:
    """Size and hash of a file that now lies here, and whether it is new here."""
    sha256 = digest(path)
    target = object_of(place, sha256)
    if target.is_file() and target.stat().st_size == path.stat().st_size:
        return target.stat().st_size, sha256, False
    tmp = place / "objects" / "incoming.tmp"
    try:
        size, copied = copy(path, tmp)  # the file may have changed since: what was copied is what counts
        target = object_of(place, copied)
        make_folder(target.parent)
        put(tmp, target)
    finally:
        tmp.unlink(missing_ok=True)
    return size, copied, True


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Size and SHA-256 of what was copied."""
    what, size = hashlib.sha256(), 0
    with source.open("rb") as old, target.open("wb") as new:
        while block := old.read(BLOCK):
            what.update(block)
            size += new.write(block)
    return size, what.hexdigest()


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def verify(place: Path) -> Checked:
    """Read every list and every content. Raises Refused when there are no backups."""
    found = names(place)
    if not found:
        raise Refused(f"{place} 中没有备份。")
    spoilt = {path.name for path in _objects(place) if digest(path) != path.name}
    faults = [
        f"备份内容 {sha256} 已损坏：请删除它再做一次备份，数据还在时会补上。" for sha256 in sorted(spoilt)
    ]
    for name in found:
        try:
            faults += _missing(place, read(place, name), spoilt)
        except Refused as refused:
            faults.append(str(refused))
    return Checked(len(found), sum(1 for _ in _objects(place)), tuple(faults))


def prune(place: Path, kept: int) -> int:
    """Forget all but the newest backups and the contents that only they had; how many were forgotten."""
    old = names(place)[:-kept]
    for name in old:
        (place / "backups" / f"{name}.json").unlink()
    held = {entry.sha256 for name in names(place) for entry in read(place, name).files}
    for path in _objects(place):
        if path.name not in held:
            path.unlink()
    return len(old)


def room(place: Path, size: int) -> None:
    """Raises Refused when the disk cannot take `size` more bytes."""
    free = shutil.disk_usage(place).free
    if size > free:
        raise Refused(f"{place} 所在磁盘空间不足：需要{size / 1e6:.0f} MB，剩余{free / 1e6:.0f} MB。")


def _missing(place: Path, backup: Backup, spoilt: set[str]) -> Iterator[str]:
    for entry in backup.files:
        path = object_of(place, entry.sha256)
        if not path.is_file():
            yield f"备份 {backup.name} 缺少文件 {entry.path} 的内容（{entry.sha256}）。"
        elif entry.sha256 in spoilt:
            yield f"备份 {backup.name} 的文件 {entry.path} 已损坏（{entry.sha256}）。"


def _objects(place: Path) -> Iterator[Path]:
    return (path for path in (place / "objects").glob("??/*") if path.is_file())


def _seal(told: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
