"""Taking a backup: once over everything while work goes on, then what changed meanwhile, under the lock."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cockpit import seals
from etl import clock, integrity, snapshot
from etl.backup import vault
from etl.backup.vault import Backup, Entry, Refused
from etl.contract import shown_name
from etl.inputs import REFERENCE

# What a data folder is made of, in the order in which it is put in place again: what is served comes last.
FOLDERS = ("store", "inbox", "pending", "log", "reports", "published")
SETTINGS = "reference"
WAIT = 600  # seconds for a build to end


@dataclass(frozen=True)
class Taken:
    """`copied`: files whose content was new. `mended`: contents of earlier backups that were spoilt.

    `links`: left out, not followed. `faults`: what is spoilt in the data, which is backed up as is, or what
    stood against forgetting earlier backups.
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
    """Files met so far, with size, times and inode as they were before they were read."""

    place: Path
    met: dict[str, tuple[tuple[int, ...], Entry]] = field(default_factory=dict)
    copied: int = 0
    mended: int = 0

    def over(self, files: dict[str, Path]) -> list[Entry]:
        """One entry per file that is still there; only what changed since the last pass is read."""
        found = []
        for name, path in files.items():
            try:
                found.append(self._entry(name, path))
            except FileNotFoundError:
                continue
        return found

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
        taking.over(dict(files(root)))
        with snapshot.lock(root, WAIT, "备份"):
            entries = taking.over({**dict(files(root)), **dict(_settings())})
            version = snapshot.current(root)
        name = f"{_next(place):06d}-{clock.now():%Y%m%d-%H%M%S}"
        vault.write(place, Backup(name, version, tuple(entries)))
        forgotten = _forgotten(place, keep, faults)
    size = sum(entry.size for entry in entries)
    links = tuple(_links(root))
    return Taken(name, len(entries), taking.copied, size, forgotten, tuple(faults), taking.mended, links)


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file worth keeping: its path below root, and where it lies; half ones and links are not."""
    for name, path in walk(root):
        if stat.S_ISREG(path.lstat().st_mode):
            yield name, path


def _links(root: Path) -> Iterator[str]:
    """Links below the folders, as a sentence may call them: what they lead to is not of the data."""
    return (shown_name(name) for name, path in walk(root) if path.is_symlink())


def walk(root: Path) -> Iterator[tuple[str, Path]]:
    """All that is no folder to go into: its path below root, and where it lies."""
    for top in FOLDERS:
        for folder, inner, found in os.walk(root / top):
            here = Path(folder).relative_to(root)
            inner[:] = [name for name in sorted(inner) if not _passing(here / name)]
            for name in sorted([*found, *(name for name in inner if (root / here / name).is_symlink())]):
                if not _passing(here / name):
                    yield (here / name).as_posix(), root / here / name


def _passing(path: Path) -> bool:
    """Locks, unfinished files and scratch folders, where the product makes them; never what senders named."""
    top, *below = path.parts
    if top == "inbox" or (top == "pending" and below[1:2] == ["files"]):
        return False
    if top == "pending" and len(below) == 2 and path.name == "root":
        return True
    return ".tmp" in path.name or path.name in ("lock", ".lock", ".staging", "inbox.json")


def _forgotten(place: Path, keep: int | None, faults: list[str]) -> int:
    """How many earlier backups were forgotten; what stands against it joins `faults`, and all stay."""
    if not keep or faults:
        return 0
    try:
        return vault.prune(place, keep)
    except Refused as refused:
        faults.append(str(refused))
        return 0


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
