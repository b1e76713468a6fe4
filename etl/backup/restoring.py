"""Restoring: everything is copied aside and checked first, then put in place (etl.backup.placing)."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from etl import audit, snapshot
from etl.backup import vault
from etl.backup.placing import ASIDE, held, put_in_place
from etl.backup.taking import SETTINGS, WAIT
from etl.backup.vault import Backup, Entry, Refused
from etl.durable import make_folder, put, sync
from etl.inputs import REFERENCE


@dataclass(frozen=True)
class Restored:
    """`aside`: where the data that was there has gone. `settings`: files of data/reference that differ."""

    name: str
    version: str | None
    files: int
    aside: Path | None
    settings: tuple[str, ...]


def restore(
    place: Path,
    root: Path,
    name: str | None = None,
    replace: bool = False,
    settings: bool = False,
    by: str | None = None,
) -> Restored:
    """Put a backup (the newest by default) in the place of root. `settings`: those of data/reference, too.

    `by`: unit or post, for the audit log. Stopped half-way, the old version is served; do it again.

    Raises:
        Refused: there is data and `replace` is not given, or the backup is not whole; nothing was changed.
        Busy: a build or a backup runs.
    """
    backup = vault.read(place, name or (vault.names(place) or ["（没有任何备份）"])[-1])
    if not replace and held(root):
        raise Refused(f"{root} 中已有数据，不覆盖。确要换成备份，请加 --replace；现有数据会移到旁边保留。")
    data = [entry for entry in backup.files if not entry.path.startswith(f"{SETTINGS}/")]
    differing = _differing(backup)
    make_folder(root)
    with snapshot.lock(root, WAIT, "恢复"):
        try:
            _copy_aside(place, root, [*data, *(differing if settings else ())])
            aside = put_in_place(root, partial(_record, root, backup, by or audit.account()))
            _put_settings(root / ASIDE, differing if settings else [])
        finally:
            shutil.rmtree(root / ASIDE, ignore_errors=True)
    return Restored(backup.name, backup.version, len(data), aside, tuple(e.path for e in differing))


def _record(root: Path, backup: Backup, by: str, what: str, aside: Path | None = None) -> None:
    taken = datetime.strptime(backup.name.partition("-")[2], "%Y%m%d-%H%M%S")
    outcome = f"{what} {taken:%Y-%m-%d %H:%M} 的备份，版本 {backup.version or '无'}"
    audit.record(
        root, by, "restore", backup.name, outcome + (f"；原有数据移到 {aside.name}" if aside else "")
    )


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


def _differing(backup: Backup) -> list[Entry]:
    found = []
    for entry in backup.files:
        if entry.path.startswith(f"{SETTINGS}/"):
            path = REFERENCE / entry.path.removeprefix(f"{SETTINGS}/")
            if not path.is_file() or vault.digest(path) != entry.sha256:
                found.append(entry)
    return found


def _put_settings(aside: Path, entries: list[Entry]) -> None:
    """Copies that were checked, from `aside`; they may lie on another disk."""
    for entry in entries:
        path = REFERENCE / entry.path.removeprefix(f"{SETTINGS}/")
        tmp = path.with_name(path.name + ".tmp")
        shutil.copyfile(aside / entry.path, tmp)
        put(tmp, path)
