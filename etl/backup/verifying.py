"""Verifying: is every content in the folder of backups still what its name says, and is each list whole?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.backup import vault
from etl.backup.vault import Backup, Refused


@dataclass(frozen=True)
class Checked:
    """Outcome of a verification: how many backups and contents, and a sentence per fault."""

    backups: int
    objects: int
    faults: tuple[str, ...]


def verify(place: Path) -> Checked:
    """Read every list and every content. Raises Refused when there are no backups."""
    found = vault.names(place)
    if not found:
        raise Refused(f"{place} 中没有备份。")
    spoilt = {path.name for path in vault.objects(place) if not vault.sound(path) and path.exists()}
    faults = [f"备份内容 {sha256} 已损坏：请再做一次备份，数据还在时会补上。" for sha256 in sorted(spoilt)]
    for name in (found := vault.names(place)):  # a backup made meanwhile may have forgotten some
        try:
            faults += _missing(place, vault.read(place, name), spoilt)
        except Refused as refused:
            faults.append(str(refused))
    return Checked(len(found), sum(1 for _ in vault.objects(place)), tuple(faults))


def _missing(place: Path, backup: Backup, spoilt: set[str]) -> Iterator[str]:
    for entry in backup.files:
        path = vault.object_of(place, entry.sha256)
        if not path.is_file():
            yield f"备份 {backup.name} 缺少文件 {entry.path} 的内容（{entry.sha256}）。"
        elif entry.sha256 in spoilt:
            yield f"备份 {backup.name} 的文件 {entry.path} 已损坏（{entry.sha256}）。"
