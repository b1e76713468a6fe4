"""What lies in the store and how it was published: batches, acts, versions, the pin, the audit log."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cockpit.intake import kept
from cockpit.intake.kept import Spoilt

UPLOADED = re.compile(r"^上报/[^/]*/[0-9a-f]{20}-\d+-")
BATCH = ("seq", "sha256", "file", "source", "district", "as_of", "status", "received_at")
COUNTS = ("read", "accepted", "rejected", "refused")


@dataclass(frozen=True)
class Act:
    """A batch withdrawn or put back: the last act on its content counts."""

    seq: int
    at: str
    by: str
    act: str
    batch: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """One verdict of the store on one file. `versions`: those counted with it, oldest first.

    `spoilt`: the verdict cannot be read; nothing but its number and its name in the store is known.
    """

    seq: int
    sha256: str
    file: str
    source: str | None
    district: str | None
    as_of: str | None
    status: str
    received_at: str
    read: int
    accepted: int
    rejected: int
    refused: bool
    sender: str | None = None
    versions: tuple[str, ...] = ()
    last: Act | None = None
    spoilt: bool = False

    @property
    def withdrawn(self) -> bool:
        return self.last is not None and self.last.act == "withdraw"

    @property
    def name(self) -> str:
        """The file as its sender knows it: without the folder and number that an upload is given."""
        return UPLOADED.sub("", self.file)


@dataclass(frozen=True)
class Version:
    """One publication. `kept`: its file is still there; `current`: it is the one being shown."""

    version: str
    at: str
    by: str
    why: str
    batches: int
    withdrawn: int
    kept: bool
    current: bool


@dataclass(frozen=True)
class Pin:
    """The version that automatic builds do not move on from."""

    version: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """One line of the audit log."""

    at: str
    by: str
    act: str
    what: str
    outcome: str


def batches(root: Path) -> list[Batch]:
    """Newest first."""
    went, (acts, _) = _went(root), _acts(root)
    last = {act.batch: act for act in acts}
    found = []
    for path in sorted((root / "store" / "batches").glob("*.json"), reverse=True):
        versions = tuple(went.get(path.stem, ()))
        try:
            told = _head(path, *kept.stamp(path))
            found.append(Batch(**told, versions=versions, last=last.get(told["sha256"])))
        except (Spoilt, KeyError):
            found.append(_spoilt(path, versions))
    return found


def _spoilt(path: Path, versions: tuple[str, ...]) -> Batch:
    number, _, sha = path.stem.partition("-")
    seq = int(number) if number.isdecimal() else 0
    return Batch(seq, sha, path.stem, None, None, None, "", "", 0, 0, 0, False, None, versions, spoilt=True)


def _acts(root: Path) -> tuple[list[Act], list[str]]:
    """Acts, oldest first, and the names of those that cannot be read."""
    found, spoilt = [], []
    for path in sorted((root / "store" / "acts").glob("*.json")):
        try:
            told = _once(path, *kept.stamp(path))
            found.append(Act(*(told[name] for name in Act.__dataclass_fields__)))
        except (Spoilt, KeyError):
            spoilt.append(path.stem)
    return found, spoilt


def _went(root: Path) -> dict[str, list[str]]:
    """Batch -> versions counted with it, each once."""
    went: dict[str, dict[str, None]] = {}
    for line in kept.lines(root / "published" / "versions.jsonl")[0]:
        for batch in line["batches"]:
            went.setdefault(batch, {})[line["version"]] = None
    return {batch: list(names) for batch, names in went.items()}


def spoilt(root: Path) -> list[str]:
    """One sentence per record that cannot be read and belongs to no line of the page."""
    lost = [f"撤回与恢复的记录{name}已损坏，文件是否撤回可能显示得不对" for name in _acts(root)[1]]
    if bad := kept.lines(root / "published" / "versions.jsonl")[1]:
        lost.append(f"版本记录有{bad}行已损坏，没有列出")
    if bad := sum(kept.lines(path)[1] for path in (root / "log").glob("audit-*.jsonl")):
        lost.append(f"操作记录有{bad}行已损坏，没有列出")
    return [f"{sentence}；请告诉管理员从备份核对。" for sentence in lost]


def versions(root: Path) -> list[Version]:
    """Every publication, newest first; of one version published twice only the last is the current one."""
    lines, _ = kept.lines(root / "published" / "versions.jsonl")
    now = _current(root)
    found: list[Version] = []
    for line in reversed(lines):
        version = line["version"]
        there = (root / "published" / f"cockpit-{version}.duckdb").exists()
        current = version == now and not any(v.current for v in found)
        counted = len(line["batches"]), len(line["withdrawn"])
        found.append(Version(version, line["at"], line["by"], line["why"], *counted, there, current))
    return found


def pin(root: Path) -> Pin | None:
    """What the published version is pinned to, or None. A spoilt note holds what is published."""
    try:
        told = kept.told(root / "published" / "pinned.json")
        return Pin(told["version"], told["at"], told["by"], told["reason"]) if told else None
    except (Spoilt, KeyError):
        return Pin(_current(root), "", "—", "固定记录已损坏")


def entries(root: Path, most: int) -> list[Entry]:
    """The newest lines of the audit log, newest first."""
    found: list[Entry] = []
    for path in sorted((root / "log").glob("audit-*.jsonl"), reverse=True):
        found += [_entry(line) for line in reversed(kept.lines(path)[0])]
        if len(found) >= most:
            break
    return found[:most]


def _entry(line: dict[str, Any]) -> Entry:
    return Entry(*(str(line.get(name, "—")) for name in Entry.__dataclass_fields__))


@lru_cache(100_000)
def _head(path: Path, _changed: int, _file: int) -> dict[str, Any]:
    """A manifest without its sentences. They never change, but a restore may put another in a place."""
    told = kept.told(path)
    return {name: told[name] for name in (*BATCH, *COUNTS)} | {"sender": told.get("sender")}


@lru_cache(10_000)
def _once(path: Path, _changed: int, _file: int) -> dict[str, Any]:
    return kept.told(path)


def _current(root: Path) -> str:
    return kept.text(root / "published" / "current").strip()
