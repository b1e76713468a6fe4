"""Restoring: everything is copied aside and checked first, then put in place folder by folder."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from etl import clock, snapshot
from etl.backup import vault
from etl.backup.taking import FOLDERS, SETTINGS, WAIT, files
from etl.backup.vault import Backup, Entry, Refused
from etl.durable import make_folder, put, sync
from etl.inputs import REFERENCE

ASIDE = ".restoring"


@dataclass(frozen=True)
class Restored:
    """`aside`: where the data that was there has gone. `settings`: files of data/reference that differ."""

    name: str
    version: str | None
    files: int
    aside: Path | None
    settings: tuple[str, ...]


def restore(
    place: Path, root: Path, name: str | None = None, replace: bool = False, settings: bool = False
) -> Restored:
    """Put a backup (the newest by default) in the place of root. `settings`: those of data/reference, too.

    Raises:
        Refused: there is data and `replace` is not given, or the backup is not whole; nothing was changed.
        Busy: a build runs.
    """
    backup = vault.read(place, name or (vault.names(place) or ["（没有任何备份）"])[-1])
    if not replace and any(files(root)):
        raise Refused(f"{root} 中已有数据，不覆盖。确要换成备份，请加 --replace；现有数据会移到旁边保留。")
    data = [entry for entry in backup.files if not entry.path.startswith(f"{SETTINGS}/")]
    make_folder(root)
    try:
        _copy_aside(place, root, data)
        with snapshot.lock(root, WAIT):
            aside = _change_places(root)
    finally:
        shutil.rmtree(root / ASIDE, ignore_errors=True)
    differing = _differing(backup)
    if settings:
        _put_settings(place, differing)
    return Restored(backup.name, backup.version, len(data), aside, tuple(e.path for e in differing))


def _copy_aside(place: Path, root: Path, entries: list[Entry]) -> None:
    shutil.rmtree(root / ASIDE, ignore_errors=True)
    vault.room(root, sum(entry.size for entry in entries))
    faults = []
    for entry in entries:
        target = root / ASIDE / entry.path
        if not target.resolve().is_relative_to((root / ASIDE).resolve()):
            raise Refused(f"备份清单中的路径 {entry.path} 指到数据文件夹之外，不恢复。")
        target.parent.mkdir(parents=True, exist_ok=True)
        if fault := _copied(place, entry, target):
            faults.append(fault)
    if faults:
        raise Refused("\n".join([*faults, "没有恢复，数据文件夹没有变动；请改用另一份备份（--backup）。"]))
    for folder, _, _ in os.walk(root / ASIDE, topdown=False):
        sync(Path(folder))


def _copied(place: Path, entry: Entry, target: Path) -> str:
    """What is wrong with this content in the backup; empty when it now lies at `target`."""
    try:
        found = vault.copy(vault.object_of(place, entry.sha256), target)
    except FileNotFoundError:
        return f"备份中缺少 {entry.path} 的内容。"
    if found != (entry.size, entry.sha256):
        return f"备份中 {entry.path} 的内容已损坏。"
    os.utime(target, ns=(entry.mtime_ns, entry.mtime_ns))
    sync(target)
    return ""


def _change_places(root: Path) -> Path | None:
    """The folders that are there go aside, the copied ones take their names; what is served comes last."""
    held = any(files(root))
    old = root / f"replaced-{clock.now():%Y%m%d-%H%M%S}"
    make_folder(old)
    for name in FOLDERS:
        if (root / name).exists():
            (root / name).rename(old / name)
        if (root / ASIDE / name).exists():
            (root / ASIDE / name).rename(root / name)
    sync(old)
    sync(root)
    if held:
        return old
    shutil.rmtree(old)  # a lock file at most
    return None


def _differing(backup: Backup) -> list[Entry]:
    found = []
    for entry in backup.files:
        if entry.path.startswith(f"{SETTINGS}/"):
            path = REFERENCE / entry.path.removeprefix(f"{SETTINGS}/")
            if not path.is_file() or vault.digest(path) != entry.sha256:
                found.append(entry)
    return found


def _put_settings(place: Path, entries: list[Entry]) -> None:
    for entry in entries:
        path = REFERENCE / entry.path.removeprefix(f"{SETTINGS}/")
        tmp = path.with_name(path.name + ".tmp")
        if fault := _copied(place, entry, tmp):
            raise Refused(f"{fault} 数据已恢复，这项设置没有恢复。")
        put(tmp, path)
