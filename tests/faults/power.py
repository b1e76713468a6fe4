"""What a power cut may leave: only what was synced is sure to be on the disk.

Two ways it can go: names and contents that were not synced are gone (strict), or names are there already
while contents that were not synced are cut in half (eager).
"""

import os
from pathlib import Path

Image = dict[str, bytes | None]  # path below the root -> content; None: a folder


class Disk:
    """Watches the calls of one process. Every inode met is held open: its number is not used again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sure: dict[int, tuple[int, bytes]] = {}  # inode of a file -> its time, its content when synced
        self._names: dict[int, dict[str, int]] = {}  # inode of a folder -> the names in it when synced
        self._folders: set[int] = set()
        self._held: list[int] = []
        self.images: list[tuple[str, Image]] = []
        for folder, _, files in os.walk(root):
            self._synced(Path(folder))
            for name in files:
                self._synced(Path(folder) / name)

    def after(self, call: str, given: tuple[object, ...]) -> None:
        if call == "fsync":
            self._synced(Path(os.readlink(f"/proc/self/fd/{given[0]}")))
        step = f"{len(self.images) // 2 + 1} {call}"
        self.images.append((f"{step} strict", self._strict()))
        self.images.append((f"{step} eager", self._eager()))

    def _synced(self, path: Path) -> None:
        self._held.append(os.open(path, os.O_RDONLY))
        stat = path.stat()
        if path.is_dir():
            self._folders.add(stat.st_ino)
            self._names[stat.st_ino] = {
                entry.name: entry.inode() for entry in os.scandir(path) if not entry.is_symlink()
            }
            self._folders |= {entry.inode() for entry in os.scandir(path) if entry.is_dir()}
        else:
            self._sure[stat.st_ino] = stat.st_mtime_ns, path.read_bytes()

    def _strict(self) -> Image:
        found: Image = {}

        def walk(inode: int, below: str) -> None:
            for name, inner in self._names.get(inode, {}).items():
                path = f"{below}/{name}" if below else name
                if inner in self._folders:
                    found[path] = None
                    walk(inner, path)
                else:
                    found[path] = self._sure.get(inner, (0, b""))[1]

        walk(self._root.stat().st_ino, "")
        return found

    def _eager(self) -> Image:
        found: Image = {}
        for path in sorted(self._root.rglob("*")):
            name = path.relative_to(self._root).as_posix()
            if path.is_dir():
                found[name] = None
                continue
            stat = path.stat()
            time, content = self._sure.get(stat.st_ino, (0, b""))
            found[name] = content if time == stat.st_mtime_ns else path.read_bytes()[: stat.st_size // 2]
        return found


def put(image: Image, root: Path) -> None:
    """Make the folder that the power cut left."""
    root.mkdir()
    for name, content in sorted(image.items()):
        if content is None:
            (root / name).mkdir(parents=True, exist_ok=True)
        else:
            (root / name).write_bytes(content)
