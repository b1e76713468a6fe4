"""An upload put down untouched: data/pending/<id>/files, and request.json last of all."""

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO

from cockpit.file_names import refusal, safe_name
from cockpit.refusals import reason

CHINA = timezone(timedelta(hours=8))
LARGEST_MB, TOGETHER_MB, MOST = 64, 256, 60
MEGABYTE, CHUNK = 1 << 20, 1 << 20
Sent = tuple[str, BinaryIO]


class BadUpload(ValueError):
    """An upload that is not taken; args[0] is a sentence. Nothing of it is kept."""


def receive(root: Path, sender: str, files: Sequence[Sent], now: datetime | None = None) -> str:
    """Put an upload down for judging and return its id. `sender`: district code of the sending unit.

    Raises:
        BadUpload: no file, too many, a kind that is never read, empty or too large.
    """
    sizes = [(name, _size(stream)) for name, stream in files]
    check_amount([size for _, size in sizes])
    _check_each(sizes)
    now = now or datetime.now(CHINA)
    id = f"{time.time_ns():016x}{secrets.token_hex(2)}"
    folder = root / "pending" / id
    try:
        (folder / "files").mkdir(parents=True)
        told = [_put(folder / "files", number, *sent) for number, sent in enumerate(files, 1)]
        _lasting(folder / "files", folder, folder.parent, root)
        request = {"id": id, "at": now.isoformat(timespec="seconds"), "sender": sender, "files": told}
        _whole(folder / "request.json", json.dumps(request, ensure_ascii=False, indent=1))
    except OSError as failed:
        shutil.rmtree(folder, ignore_errors=True)
        raise BadUpload(f"服务器没有存下文件（{reason(failed)}），请告诉管理员检查磁盘。") from failed
    return id


def check_amount(sizes: Sequence[int]) -> None:
    """Are so many files, with so many bytes each, taken at once? Chosen files lie in the server's memory.

    Raises:
        BadUpload: too many, or too large together.
    """
    if len(sizes) > MOST:
        raise BadUpload(f"一次最多报{MOST}个文件，这次选了{len(sizes)}个，请分几次报。")
    if sum(sizes) > TOGETHER_MB * MEGABYTE:
        raise BadUpload(f"这一次的文件合计超过{TOGETHER_MB}MB，没有收下；请分几次报。")


def _check_each(sizes: Sequence[tuple[str, int]]) -> None:
    if not sizes:
        raise BadUpload("还没有选文件。")
    if wrong := refusal([name for name, _ in sizes]):
        raise BadUpload(wrong)
    for name, size in ((safe_name(name), size) for name, size in sizes):
        if not size:
            raise BadUpload(f"“{name}”是空文件，没有收下；请检查后再报。")
        if size > LARGEST_MB * MEGABYTE:
            raise BadUpload(f"“{name}”超过{LARGEST_MB}MB，没有收下；请拆成几个文件再报。")


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def _put(folder: Path, number: int, name: str, stream: BinaryIO) -> dict[str, str | int]:
    """Copy one file in pieces, so that its size in memory does not matter; its name, hash and size."""
    name, digest, size = safe_name(name), hashlib.sha256(), 0
    with (folder / f"{number}-{name}").open("xb") as target:
        while piece := stream.read(CHUNK):
            size += len(piece)
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return {"file": name, "sha256": digest.hexdigest(), "size": size}


def _whole(path: Path, text: str) -> None:
    """The whole text or no file: a pending without its request does not exist."""
    tmp = path.with_name(path.name + ".tmp")
    with tmp.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(tmp, path)
    _lasting(path.parent)


def _lasting(*folders: Path) -> None:
    """The names in these folders on the disk: what was told to be there must be there after a power cut."""
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
