"""Which version is served: the one the pointer names, or the last good one kept when that is spoilt."""

import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

import duckdb

from cockpit import seals
from cockpit.warehouse.snapshot import Snapshot, today

HOW_TO_BUILD = "请运行 python3 manage.py etl build。"
LOG = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None  # of a file; None when it is not there


class NoData(Exception):
    """No version can be read; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Warehouse:
    """The data folder's current version. Pages in progress keep the snapshot they began with.

    A file is hashed when it is first opened and again when its size or time changes, not with every query.
    """

    def __init__(self, root: Path, today: Callable[[], date] = today) -> None:
        self._folder = root / "published"
        self._today = today
        self._lock = Lock()
        self._seen: tuple[Stamp, ...] | None = None
        self._wanted = ""
        self._trouble = ""
        self._current: Snapshot | None = None
        self._stamp: Stamp = None
        self._alive: WeakValueDictionary[str, Snapshot] = WeakValueDictionary()

    def snapshot(self) -> Snapshot:
        """The version the pointer names now; another that is whole, when that one is spoilt.

        Raises:
            NoData: nothing has been published, or nothing kept is whole.
        """
        if not self._lock.acquire(blocking=False):
            if (served := self._current) is not None:
                return served  # another thread is looking at a new version
            self._lock.acquire()
        try:
            if self._current is None or self._stamps() != self._seen:
                self._look()
            assert self._current is not None
            return self._current
        finally:
            self._lock.release()

    def troubles(self) -> list[str]:
        """Sentences on what is spoilt while something whole is served: of the versions, then of the store."""
        try:
            told = json.loads((self._folder / "trouble.json").read_text("utf-8"))["sentences"]
        except FileNotFoundError:
            told = []
        except (ValueError, KeyError):
            told = [f"最近一次建库有问题，但记录已损坏。{HOW_TO_BUILD}"]
        return [*([self._trouble] if self._trouble else []), *told]

    def _stamps(self) -> tuple[Stamp, ...]:
        served = self._current.version if self._current else ""
        files = (seals.file_of(self._folder, version) for version in (self._wanted, served))
        return (_stamp(self._folder / "current"), *map(_stamp, files))

    def _look(self) -> None:
        # Stamps before contents: what changes while we look is looked at again.
        pointer = _stamp(self._folder / "current")
        named = seals.named(self._folder)
        versions = seals.kept(self._folder)
        if named is None and not versions and self._current is None:
            raise NoData(f"还没有发布过数据。{HOW_TO_BUILD}")
        self._wanted = named or ""
        flaws = {} if named else {"": "指针文件损坏" if named == "" else "指针文件不在了"}
        order = _in_order(named or seals.pinned(self._folder), versions)
        before = {version: _stamp(seals.file_of(self._folder, version)) for version in order}
        for version in order:
            flaws[version] = self._open(version)
            if not flaws[version]:
                break
        else:
            self._current = None
            told = "；".join(f"{version[:40]} {why}".strip() for version, why in flaws.items())
            raise NoData(f"没有完好的数据版本（{told}）。{HOW_TO_BUILD}")
        self._trouble = self._told(flaws, named)
        served = self._current.version if self._current else ""
        seen = (pointer, before.get(self._wanted), before.get(served))
        self._seen = None if RELEASING in flaws.values() else seen

    def _open(self, version: str) -> str:
        """Make this version the served one; why not, in Chinese, when it is spoilt."""
        path = seals.file_of(self._folder, version)
        stamp = _stamp(path)
        if self._current is not None and self._current.version == version:
            if stamp in (self._stamp, None):  # a removed file that is open can still be read
                return ""
            self._current = None
        if version in self._alive:
            return RELEASING  # DuckDB would hand out the old file again while a page still reads it
        if flaw := seals.flaw(self._folder, version):
            return flaw
        try:
            opened = Snapshot(path, self._today)
        except duckdb.Error as error:
            LOG.error("version %s cannot be opened: %s", version, error)
            return "打不开"
        self._current, self._stamp = opened, stamp
        self._alive[version] = opened
        return ""

    def _told(self, flaws: dict[str, str], named: str | None) -> str:
        served = self._current.version if self._current else ""
        if served == named:
            gone = _stamp(seals.file_of(self._folder, served)) is None
            return f"数据版本 {served} 的文件不在了，重启后将无法显示。{HOW_TO_BUILD}" if gone else ""
        first = next(iter(flaws.items()))
        what = f"数据版本 {first[0][:40]} {first[1]}" if first[0] else first[1]
        sentence = f"{what}，现在显示的是完好的版本 {served}。{HOW_TO_BUILD}"
        LOG.error(sentence)  # the command line shows it beside the figure
        return sentence


RELEASING = "正在更换文件"


def _in_order(named: str | None, versions: list[str]) -> list[str]:
    """The named version, then those published before it, the latest first, then later ones."""
    if not named:
        return versions
    at = versions.index(named) if named in versions else -1
    return [named, *versions[at + 1 :], *reversed(versions[: max(at, 0)])]


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino
