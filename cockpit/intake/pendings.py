"""Uploads that wait for a decision, and what became of those decided: data/pending/<id>."""

import fcntl
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from cockpit.intake import kept
from cockpit.intake.kept import Spoilt
from cockpit.intake.received import CHINA
from cockpit.intake.told import Changes, Effect, Verdict, effect, verdict

State = Literal[
    "waiting", "running", "ready", "failed", "broken", "confirmed", "spoilt", "accepted", "discarded"
]
OPEN: tuple[State, ...] = ("waiting", "running", "ready", "failed", "broken", "confirmed", "spoilt")
ENDED = ("accepted", "discarded")
ID = re.compile(r"[0-9a-f]{20}")
GRACE = 90  # seconds until a process that was started must have taken its lock, on a busy machine too


@dataclass(frozen=True)
class Pending:
    """One upload: who sent what and when, how far it is, and once judged its verdicts and effects.

    Of a spoilt request neither sender nor files are known.
    """

    folder: Path
    at: datetime
    sender: str
    files: tuple[str, ...]
    state: State
    words: str
    warnings: tuple[str, ...]
    done: int
    total: int
    base_version: str
    version: str
    verdicts: tuple[Verdict, ...]
    effects: tuple[Effect, ...]

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def accepted(self) -> int:
        return sum(verdict.accepted for verdict in self.verdicts)

    @property
    def changes(self) -> Changes:
        return sum((verdict.changes for verdict in self.verdicts), Changes())

    @property
    def answers(self) -> list[str]:
        return [verdict.answer for verdict in self.verdicts if verdict.answer]

    def answer(self, name: str) -> bytes:
        """A return workbook of this upload."""
        assert name in self.answers
        return (self.folder / "answers" / name).read_bytes()

    def all_answers(self) -> bytes:
        """All its return workbooks as one zip file."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
            for name in self.answers:
                target.writestr(name, self.answer(name))
        return made.getvalue()


def pendings(root: Path) -> list[Pending]:
    """Newest first; a folder whose request.json is not there yet is none."""
    folders = (path.parent for path in (root / "pending").glob("*/request.json"))
    return [_pending(folder) for folder in sorted(folders, reverse=True) if ID.fullmatch(folder.name)]


def find(root: Path, id: str) -> Pending | None:
    """The pending with this id, which comes from a URL."""
    folder = root / "pending" / id
    known = ID.fullmatch(id) and (folder / "request.json").is_file()
    return _pending(folder) if known else None


def _pending(folder: Path) -> Pending:
    told = _preview(folder)
    progress = _json(folder / "progress.json") or {}
    at, sender, files = _request(folder)
    state = _state(folder, at, told) if files else "spoilt"
    told = told or {}
    judged = state not in ("waiting", "running", "broken")
    return Pending(
        folder=folder,
        at=at,
        sender=sender,
        files=files,
        state=state,
        words=told.get("words", "") if judged else progress.get("step", ""),
        warnings=tuple(told.get("warnings", ())),
        done=progress.get("done", 0),
        total=progress.get("total", 1),
        base_version=told.get("base_version") or "",
        version=told.get("version") or "",
        verdicts=told.get("verdicts", ()),
        effects=told.get("effects", ()),
    )


def _request(folder: Path) -> tuple[datetime, str, tuple[str, ...]]:
    """When, by whom and what; of a spoilt request only the time is known, by the id, and no files."""
    try:
        told = kept.told(folder / "request.json")
        files = tuple(one["file"] for one in told["files"])
        return datetime.fromisoformat(told["at"]), told["sender"], files
    except (Spoilt, KeyError):
        return datetime.fromtimestamp(int(folder.name[:16], 16) / 1e9, CHINA), "", ()


def _state(folder: Path, at: datetime, told: Mapping[str, Any] | None) -> State:
    """Whether a process works on it is told by its lock: a killed one leaves none behind.

    `told`: None where the preview is spoilt.
    """
    if _locked(folder / "lock"):
        return "running"
    state: State = "spoilt" if told is None else told.get("state", "broken")
    if state not in ENDED and (folder / "accept.json").exists():
        return "confirmed"
    if told != {}:
        return state
    began = (folder / "lock").exists() or (folder / "progress.json").exists()
    young = (datetime.now(CHINA) - at).total_seconds() < GRACE
    return "waiting" if young and not began else "broken"


def _locked(path: Path) -> bool:
    try:
        with path.open() as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _json(path: Path) -> Mapping[str, Any] | None:
    """{} when it is not there, None when it is spoilt."""
    try:
        return kept.told(path)
    except Spoilt:
        return None


def _preview(folder: Path) -> Mapping[str, Any] | None:
    """As `_json`."""
    path = folder / "preview.json"
    try:
        stat = path.stat()
    except FileNotFoundError:
        return {}
    return _read(path, stat.st_mtime_ns, stat.st_ino)


@lru_cache(64)
def _read(path: Path, _changed: int, _file: int) -> Mapping[str, Any] | None:
    """A preview may tell of thousands of faults: it is read again only when it was replaced."""
    told = _json(path)
    try:
        verdicts = tuple(map(verdict, told["files"])) if told else ()
        effects = tuple(map(effect, told["effects"])) if told else ()
    except (KeyError, TypeError):
        return None
    return {**told, "verdicts": verdicts, "effects": effects, "files": ()} if told else None
