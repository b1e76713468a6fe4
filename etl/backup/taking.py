"""Taking a backup: once over everything while work goes on, then what changed meanwhile, under the lock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cockpit import seals
from cockpit.refusals import reason
from etl import clock, integrity, snapshot
from etl.backup import vault
from etl.backup.vault import Backup, Entry, Refused
from etl.backup.walking import files, links
from etl.contract import shown_name
from etl.inputs import REFERENCE

SETTINGS = "reference"
WAIT = 600  # seconds for a build to end


@dataclass(frozen=True)
class Taken:
    """`copied`: files whose content was new. `mended`: contents of earlier backups that were spoilt.

    `links`: left out, not followed. `faults`: what is spoilt in the data, which is backed up as is, what
    could not be read, or what stood against forgetting earlier backups.
    """

    name: str
    files: int
    copied: int
    size: int
    forgotten: int
    faults: tuple[str, ...]
    mended: int = 0
    links: tuple[str, ...] = ()


@dataclass
class Pass:
    """Files met so far, with size, times and inode as they were before they were read.

    `unread`: what the last pass could not read and left out, a sentence each.
    """

    place: Path
    met: dict[str, tuple[tuple[int, ...], Entry]] = field(default_factory=dict)
    copied: int = 0
    mended: int = 0
    unread: list[str] = field(default_factory=list)

    def over(self, root: Path, settings: bool = False) -> list[Entry]:
        """One entry per file that is still there; only what changed since the last pass is read."""
        found, self.unread = [], []
        for name, path in (*files(root, self._leave), *(_settings() if settings else ())):
            try:
                found.append(self._entry(name, path))
            except FileNotFoundError:
                continue
            except OSError as failed:
                if _opens(path):  # then it is the disk of the backups that refused
                    raise
                self._leave(name, failed)
        return found

    def _leave(self, name: str, failed: OSError) -> None:
        self.unread.append(
            f"{shown_name(name)} 读不了（{reason(failed)}），这次没有备份；请检查它的权限和磁盘。"
        )

    def _entry(self, name: str, path: Path) -> Entry:
        told = path.stat()
        stamp = (told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)
        if name in self.met and self.met[name][0] == stamp:
            return self.met[name][1]
        size, sha256, kind = vault.keep(self.place, path)
        self.copied += kind == "new"
        self.mended += kind == "mended"
        entry = Entry(name, size, sha256, told.st_mtime_ns)
        self.met[name] = stamp, entry
        return entry


def back_up(root: Path, place: Path, keep: int | None = None) -> Taken:
    """Add a backup of root to the folder `place`; with `keep`, forget all but that many of the newest.

    Raises:
        Refused: `place` lies in the data folder or is in use, or there is nothing to back up.
        Busy: a build or a restore did not end within WAIT seconds.
    """
    if place.resolve().is_relative_to(root.resolve()):
        raise Refused("备份不能放在数据文件夹里面，请换一个文件夹，最好在另一块磁盘上。")
    if not any(files(root)):
        raise Refused(f"{root} 中没有数据，没有什么可备份的。")
    with vault.lock(place, WAIT):
        faults = _faults(root)
        taking = Pass(place)
        taking.over(root)
        with snapshot.lock(root, WAIT, "备份"):
            entries = taking.over(root, settings=True)
            version = snapshot.current(root)
        name = f"{_next(place):06d}-{clock.now():%Y%m%d-%H%M%S}"
        vault.write(place, Backup(name, version, tuple(entries)))
        faults += taking.unread
        forgotten = _forgotten(place, keep, faults)
    size = sum(entry.size for entry in entries)
    told = tuple(faults), taking.mended, tuple(links(root))
    return Taken(name, len(entries), taking.copied, size, forgotten, *told)


def _forgotten(place: Path, keep: int | None, faults: list[str]) -> int:
    """How many earlier backups were forgotten; what stands against it joins `faults`, and all stay."""
    if not keep or faults:
        return 0
    try:
        return vault.prune(place, keep)
    except Refused as refused:
        faults.append(str(refused))
        return 0


def _opens(path: Path) -> bool:
    try:
        vault.digest(path)
    except OSError:
        return False
    return True


def _settings() -> Iterator[tuple[str, Path]]:
    for path in sorted(REFERENCE.iterdir()):
        if path.is_file():
            yield f"{SETTINGS}/{path.name}", path


def _next(place: Path) -> int:
    known = vault.names(place)
    return int(known[-1].split("-")[0]) + 1 if known else 1


def _faults(root: Path) -> list[str]:
    published = snapshot.folder(root)
    flaws = {version: seals.flaw(published, version) for version in seals.kept(published)}
    return [
        *(f"存储文件 {damage.path} 已{damage.what}。" for damage in integrity.examine(root).open()),
        *(f"数据版本 {version} {flaw}。" for version, flaw in flaws.items() if flaw),
    ]
