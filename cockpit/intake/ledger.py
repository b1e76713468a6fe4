"""What lies in the store and how it was published: batches, acts, versions, the pin, the audit log."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

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
    """One verdict of the store on one file. `versions`: those counted with it, oldest first."""

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
    went = _went(root)
    last = {act["batch"]: _act(act) for act in map(_once, sorted((root / "store" / "acts").glob("*.json")))}
    found = []
    for path in sorted((root / "store" / "batches").glob("*.json"), reverse=True):
        told = _head(path)
        found.append(Batch(**told, versions=tuple(went.get(path.stem, ())), last=last.get(told["sha256"])))
    return found


def _went(root: Path) -> dict[str, list[str]]:
    """Batch -> versions counted with it, each once."""
    went: dict[str, dict[str, None]] = {}
    for line in _lines(root / "published" / "versions.jsonl"):
        for batch in line["batches"]:
            went.setdefault(batch, {})[line["version"]] = None
    return {batch: list(names) for batch, names in went.items()}


def versions(root: Path) -> list[Version]:
    """Every publication, newest first; of one version published twice only the last is the current one."""
    lines = list(_lines(root / "published" / "versions.jsonl"))
    now = _text(root / "published" / "current").strip()
    found: list[Version] = []
    for line in reversed(lines):
        version = line["version"]
        kept = (root / "published" / f"cockpit-{version}.duckdb").exists()
        current = version == now and not any(v.current for v in found)
        counted = len(line["batches"]), len(line["withdrawn"])
        found.append(Version(version, line["at"], line["by"], line["why"], *counted, kept, current))
    return found


def pin(root: Path) -> Pin | None:
    """What the published version is pinned to, or None."""
    text = _text(root / "published" / "pinned.json")
    if not text:
        return None
    told = json.loads(text)
    return Pin(told["version"], told["at"], told["by"], told["reason"])


def entries(root: Path, most: int) -> list[Entry]:
    """The newest lines of the audit log, newest first."""
    found: list[Entry] = []
    for path in sorted((root / "log").glob("audit-*.jsonl"), reverse=True):
        found += [_entry(line) for line in reversed(list(_lines(path)))]
        if len(found) >= most:
            break
    return found[:most]


def _entry(line: dict[str, Any]) -> Entry:
    return Entry(line["at"], line["by"], line["act"], line["what"], line["outcome"])


def _act(told: dict[str, Any]) -> Act:
    return Act(told["seq"], told["at"], told["by"], told["act"], told["batch"], told["reason"])


@lru_cache(100_000)
def _head(path: Path) -> dict[str, Any]:
    """A manifest without its sentences; manifests never change."""
    told = json.loads(path.read_text("utf-8"))
    return {name: told[name] for name in (*BATCH, *COUNTS)} | {"sender": told.get("sender")}


@lru_cache(10_000)
def _once(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a log; the last one may be half written, or cut off by a power failure."""
    for line in _text(path).splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
