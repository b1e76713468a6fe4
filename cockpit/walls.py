"""The walls that report to this server: what each shows, and which are silent or frozen.

No address, no user: a wall says its own name. Bounded in number and length; kept over a restart in
root/walls/walls.json.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Lock
from typing import Any, Literal

CHINA = timezone(timedelta(hours=8))
MOST = 50  # walls
MISSED = 86400  # seconds: who was heard of since then gives no place to a newcomer
LONGEST = 64  # characters of a text
SILENT = 30  # seconds without a heartbeat (walls send one every 5)
SLACK = 150  # seconds a screen may come late before its wall counts as frozen; the wall says so after 120
SAVE_EVERY = 30  # seconds
FORGET = 14 * 86400  # seconds
FORGET_NAMELESS = 3600  # seconds: who opened /wall just to look is not missed
WORDS = ("id", "name", "screen", "version", "stamp")  # of a heartbeat
State = Literal["ok", "silent", "frozen", "behind"]


class BadBeat(ValueError):
    """A heartbeat that is none."""


@dataclass(frozen=True)
class Wall:
    """One wall as it last reported; times in seconds since 1970, `painted` 0: nothing painted yet.

    `begun`: its first report, or that of the wall whose place it took. `version` is the data's on its
    picture, `stamp` the release of the program that it runs.
    """

    id: str
    name: str
    screen: str
    version: str
    stamp: str
    seconds: int
    heard: float
    painted: float
    begun: float = 0.0

    def state(self, now: float, version: str, stamp: str) -> State:
        """Silent before frozen before showing other data or running another release than the current ones."""
        if now - self.heard > SILENT:
            return "silent"
        if self.heard - self.painted > self.seconds + SLACK:
            return "frozen"
        return "ok" if (self.version, self.stamp) == (version, stamp) else "behind"

    def forgotten(self, now: float) -> bool:
        """Whether nobody misses it any more."""
        return now - self.heard >= (FORGET if self.name else FORGET_NAMELESS)


def read(told: Any, now: float) -> Wall:
    """A wall from a heartbeat's JSON; BadBeat when a part is missing or of another kind."""
    if not isinstance(told, Mapping):
        raise BadBeat("心跳不是 JSON 对象。")
    words: dict[str, Any] = {key: told.get(key) for key in WORDS}
    seconds: Any = told.get("seconds")
    since: Any = told.get("painted")
    if not all(isinstance(word, str) and len(word) <= LONGEST for word in words.values()) or not words["id"]:
        raise BadBeat(f"心跳的 {'、'.join(WORDS)} 应为不超过{LONGEST}个字符的文字。")
    if not _whole(seconds) or not (since is None or _whole(since)):
        raise BadBeat("心跳的 seconds、painted 应为不小于零的整数。")
    painted = 0.0 if since is None else now - since
    return Wall(**words, seconds=seconds, heard=now, painted=painted, begun=now)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**8


class Walls:
    """All walls heard of. Threads share it."""

    def __init__(self, root: Path) -> None:
        self._path = root / "walls" / "walls.json"
        self._lock = Lock()
        self._saved = 0.0
        self._walls = self._load()

    def _load(self) -> dict[str, Wall]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {wall["id"]: Wall(**wall) for wall in kept}
        except (FileNotFoundError, ValueError, TypeError, KeyError):  # lost or damaged: walls report again
            return {}

    def beat(self, wall: Wall) -> None:
        with self._lock:
            others = [w for w in self._walls.values() if w.id != wall.id and not w.forgotten(wall.heard)]
            wall = replace(wall, begun=self._walls.get(wall.id, wall).begun)
            was = _before(wall, others)
            if was and wall.heard - was.heard > SILENT:
                others.remove(was)
                wall = replace(wall, begun=was.begun)
            self._walls = {w.id: w for w in _room(wall, others)}
            if wall.heard - self._saved >= SAVE_EVERY:
                self._saved = wall.heard
                self._save()

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".tmp")
        new.write_text(json.dumps([asdict(w) for w in self._walls.values()], ensure_ascii=False), "utf-8")
        os.replace(new, self._path)

    def all(self) -> list[Wall]:
        """By name, then id; those without a name last."""
        with self._lock:
            return sorted(self._walls.values(), key=lambda wall: (not wall.name, wall.name, wall.id))


def _before(wall: Wall, others: list[Wall]) -> Wall | None:
    """The wall that this one is, begun anew: of its name, and not heard of since this one began."""
    same = [w for w in others if w.name == wall.name != "" and w.heard < wall.begun]
    return max(same, key=lambda w: w.heard, default=None)


def _room(wall: Wall, others: list[Wall]) -> list[Wall]:
    """All that are kept; when the list is full, only one that is not missed gives its place to another."""
    longest = min(others, key=lambda w: w.heard, default=wall)
    if len(others) < MOST:
        return [*others, wall]
    if wall.heard - longest.heard < MISSED:
        return others
    return [*(w for w in others if w is not longest), wall]


def moment(seconds: float) -> str:
    """A moment in China: 06-30 08:15:00; — for none."""
    return datetime.fromtimestamp(seconds, CHINA).strftime("%m-%d %H:%M:%S") if seconds else "—"
