"""One upload on its way: data/pending/<id>, from its request to 发布 or 放弃.

request.json is written last by whoever received the files, so a folder without one is no upload.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from cockpit import districts
from cockpit.file_names import refusal, safe_name
from etl import clock
from etl.clock import CHINA
from etl.durable import make_folder, sync, write_once
from etl.ledger import file_digest
from etl.snapshot import Busy

ID = re.compile(r"[0-9a-f]{20}")
KEPT_DAYS = 30
TRIES = 20
ENDED = ("accepted", "discarded")
INTENT = "accept.json"  # written before the first file of a confirmed upload moves


class Refused(Exception):
    """What is asked cannot be done with this upload; args[0] is a Chinese sentence."""


class Unknown(LookupError):
    """No such upload; args[0] is a Chinese sentence."""


@dataclass(frozen=True)
class Upload:
    """One file: the name its sender gave it, made safe, and its content."""

    file: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Request:
    """What came together. `at`: ISO time of China; `sender`: code of a district, the city's for 市总."""

    id: str
    at: str
    sender: str
    files: tuple[Upload, ...]

    @property
    def sender_name(self) -> str:
        return districts.get(self.sender).name


def folder(root: Path, id: str) -> Path:
    """Raises Unknown: no upload has this id."""
    path = root / "pending" / id
    if not ID.fullmatch(id) or not (path / "request.json").is_file():
        raise Unknown(f"没有编号为 {id[:40]} 的上报，请从“数据上报”页或 data/pending 中核对编号。")
    return path


def request(folder: Path) -> Request:
    """Raises Refused: it is spoilt."""
    with readable(folder, "request.json") as told:
        files = tuple(Upload(**file) for file in told["files"])
        return Request(told["id"], told["at"], told["sender"], files)


@contextmanager
def readable(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """A record of an upload, and a sentence where it is not what it should be. Raises Refused."""
    try:
        yield json.loads((folder / name).read_text("utf-8"))
    except (ValueError, KeyError, TypeError) as spoilt:
        raise Refused(
            f"上报 {folder.name} 的记录 {name} 已损坏，这份上报没有处理：请从备份恢复 "
            f"data/pending/{folder.name}/{name}。"
        ) from spoilt


def stored(folder: Path) -> list[Path]:
    """The uploaded files in the order of the request: files/<n>-<name>."""
    return sorted((folder / "files").iterdir(), key=lambda path: int(path.name.partition("-")[0]))


def inbox_name(asked: Request, path: Path) -> str:
    """Where an uploaded file (files/<n>-<name>) lies once accepted: its path inside the inbox."""
    n, _, name = path.name.partition("-")
    return f"上报/{asked.at[:10]}/{asked.id}-{n}-{safe_name(name)}"


def sender(root: Path, name: str) -> str | None:
    """Who uploaded the file of this path inside the inbox; None when it was put there otherwise."""
    found = re.fullmatch(r"上报/[^/]+/([0-9a-f]{20})-.*", name)
    try:
        return request(root / "pending" / found[1]).sender if found else None
    except (FileNotFoundError, Refused):
        return None


def receive(root: Path, files: list[Path], sender: str) -> str:
    """Copy files into a new upload; returns its id. The request is written last, so it is whole or none.

    Raises:
        Refused: `sender` is no district of the root city; a kind of file that is never read.
    """
    if wrong := refusal([file.name for file in files]):
        raise Refused(wrong)
    counties = districts.counties(districts.ROOT.code)
    if sender not in {d.code for d in (districts.ROOT, *counties)}:
        known = "、".join(f"{d.code}（{d.name}）" for d in (districts.ROOT, *counties))
        raise Refused(f"报送单位的区划代码“{sender[:20]}”不认识，可用：{known}。")
    id = f"{time.time_ns():016x}{secrets.token_hex(2)}"
    path = root / "pending" / id
    make_folder(path / "files")
    uploads = []
    for n, file in enumerate(files, 1):
        name = safe_name(file.name)
        copied = path / "files" / f"{n}-{name}"
        shutil.copyfile(file, copied)
        sync(copied)
        uploads.append(Upload(name, file_digest(copied), copied.stat().st_size))
    sync(path / "files")
    write(path / "request.json", asdict(Request(id, clock.stamp(), sender, tuple(uploads))))
    return id


def write(path: Path, told: dict[str, Any]) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    write_once(path, lambda tmp: tmp.write_text(text, "utf-8"))


def progress(folder: Path, step: str, done: int, total: int) -> None:
    """What a process is doing now. Read while it is written, hence replaced whole; of no worth afterwards."""
    tmp = folder / "progress.json.tmp"
    tmp.write_text(json.dumps({"step": step, "done": done, "total": total}, ensure_ascii=False), "utf-8")
    os.replace(tmp, folder / "progress.json")


def preview_of(folder: Path) -> dict[str, Any] | None:
    """What the last preview found, with the upload's state; None before one has ended, or a spoilt one."""
    try:
        found: dict[str, Any] = json.loads((folder / "preview.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """One process per upload. The kernel frees the lock when its process ends, however it ends.

    Raises:
        Busy: another process works on it.
    """
    with (folder / "lock").open("a") as handle:
        _take(handle)
        yield


def _take(handle: TextIO) -> None:
    """Tried for a second: pages look at the lock for a moment now and then."""
    for _ in range(TRIES):
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(1 / TRIES)
    raise Busy("这份上报正在处理，请等它结束后再试。")


def sweep(root: Path) -> None:
    """Remove what ended KEPT_DAYS ago, and what was never whole. What is undecided stays, however old."""
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    for path in (root / "pending").iterdir() if (root / "pending").is_dir() else ():
        if ID.fullmatch(path.name) and (ended := _ended(path)) and ended < limit:
            shutil.rmtree(path)


def _ended(folder: Path) -> datetime | None:
    """When it was decided; when it came, where nobody was told that it had; None while it is open."""
    if not (folder / "request.json").is_file():
        return datetime.fromtimestamp(int(folder.name[:16], 16) / 1e9, CHINA)
    told = preview_of(folder) or {}
    return datetime.fromisoformat(told["at"]) if told.get("state") in ENDED else None
