"""Taking a backup: once over everything while work goes on, then what changed meanwhile, under the lock."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cockpit import seals
from etl import clock, integrity, snapshot
from etl.backup import vault
from etl.backup.vault import Backup, Entry, Refused
from etl.durable import make_folder
from etl.inputs import REFERENCE

# What a data folder is made of, in the order in which it is put in place again: what is served comes last.
FOLDERS = ("store", "inbox", "pending", "log", "reports", "published")
SETTINGS = "reference"
WAIT = 600  # seconds for a build to end


@dataclass(frozen=True)
class Taken:
    """`copied`: files whose content was new. `faults`: what is spoilt in the data; it is backed up as is."""

    name: str
    files: int
    copied: int
    size: int
    forgotten: int
    faults: tuple[str, ...]


@dataclass
class Pass:
    """Files met so far, with size, times and inode as they were before they were read."""

    place: Path
    met: dict[str, tuple[tuple[int, ...], Entry]] = field(default_factory=dict)
    copied: int = 0

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
        stat = path.stat()
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        if name in self.met and self.met[name][0] == stamp:
            return self.met[name][1]
        size, sha256, new = vault.keep(self.place, path)
        self.copied += new
        entry = Entry(name, size, sha256, stat.st_mtime_ns)
        self.met[name] = stamp, entry
        return entry


def back_up(root: Path, place: Path, keep: int | None = None) -> Taken:
    """Add a backup of root to the folder `place`; with `keep`, forget all but that many of the newest.

    Raises:
        Refused: `place` lies in the data folder, or there is nothing to back up.
        Busy: a build did not end within WAIT seconds.
    """
    if place.resolve().is_relative_to(root.resolve()):
        raise Refused("备份不能放在数据文件夹里面，请换一个文件夹，最好在另一块磁盘上。")
    if not any(files(root)):
        raise Refused(f"{root} 中没有数据，没有什么可备份的。")
    make_folder(place / "objects")
    faults = _faults(root)
    taking = Pass(place)
    taking.over(dict(files(root)))
    with snapshot.lock(root, WAIT):
        entries = taking.over({**dict(files(root)), **dict(_settings())})
        version = snapshot.current(root)
    name = f"{_next(place):06d}-{clock.now():%Y%m%d-%H%M%S}"
    vault.write(place, Backup(name, version, tuple(entries)))
    forgotten = vault.prune(place, keep) if keep and not faults else 0
    size = sum(entry.size for entry in entries)
    return Taken(name, len(entries), taking.copied, size, forgotten, tuple(faults))


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file worth keeping: its path below root, and where it lies; what is half or in use is not."""
    for top in FOLDERS:
        for folder, inner, found in os.walk(root / top):
            here = Path(folder).relative_to(root)
            inner[:] = [name for name in sorted(inner) if not _passing(here / name)]
            for name in sorted(found):
                path = root / here / name
                if not _passing(here / name) and path.is_file():
                    yield (here / name).as_posix(), path


def _passing(path: Path) -> bool:
    """Locks, unfinished files, the scratch folder of an upload, the note of the inbox's times."""
    scratch = path.parts[0] == "pending" and len(path.parts) == 3 and path.name == "root"
    return scratch or ".tmp" in path.name or path.name in ("lock", ".lock", "inbox.json")


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
