"""The weekly packs that lie in data/reports: which there are, how a run goes, and a run of one's own.

They are made by `manage.py weekly` alone, in a process of its own; here they are only listed and asked for.
"""

import fcntl
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from cockpit.districts import REFERENCE

MANAGE = REFERENCE.parents[1] / "manage.py"
LOCK, PROGRESS, LOGS, MANIFEST = ".lock", ".progress.json", ".run-*.log", "manifest.json"
DAY = 86_400  # seconds
LOOKS = 5
CHINA = timezone(timedelta(hours=8))
DOCUMENTS = ("周报.pptx", "周报.pdf", "数据.xlsx")
State = Literal["none", "running", "done", "failed", "broken"]


@dataclass(frozen=True)
class Pack:
    """One finished pack: its folder, its manifest, and when it was put in place."""

    folder: Path
    told: Mapping[str, Any]
    made_at: datetime

    def pictures(self) -> bytes:
        """All its pictures as one zip file."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
            for path in sorted(self.folder.glob("*.png")):
                target.write(path, path.name)
        return made.getvalue()


@dataclass(frozen=True)
class Run:
    """The run going on, or how the last one ended."""

    state: State
    done: int = 0
    total: int = 1
    words: str = ""


def packs(root: Path) -> list[Pack]:
    """Newest week first; a folder without a manifest is no pack."""
    seen = (_seen(manifest) for manifest in (root / "reports").glob(f"[0-9]*/*/{MANIFEST}"))
    found = [pack for pack in seen if pack is not None]
    return sorted(sorted(found, key=lambda p: p.told["district"]), key=lambda p: p.told["week"], reverse=True)


def _seen(manifest: Path) -> Pack | None:
    """A pack, looked at again where its folder is just being exchanged; None when it stays away."""
    for _ in range(LOOKS):
        with suppress(FileNotFoundError):
            made_at = datetime.fromtimestamp(manifest.stat().st_mtime, CHINA)
            return Pack(manifest.parent, json.loads(manifest.read_text("utf-8")), made_at)
        time.sleep(0.01)
    return None


def run(root: Path) -> Run:
    """Whether a run goes on is told by its lock: a killed one leaves none behind."""
    try:
        told = json.loads((root / "reports" / PROGRESS).read_text("utf-8"))
    except FileNotFoundError:
        told = {}
    words = " ".join(part for part in (told.get("label"), told.get("words")) if part)
    if _locked(root):
        return Run("running", told.get("done", 0), told.get("total", 1), words)
    state = told.get("state", "none")
    return Run("broken" if state == "running" else state, words=words)


def _locked(root: Path) -> bool:
    try:
        with (root / "reports" / LOCK).open() as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@dataclass(frozen=True)
class Asked:
    """A run of one's own; it outlives this server, and its log tells why it did not even begin."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def going(self) -> bool:
        return self.process.poll() is None

    def refusal(self) -> str:
        """The sentence it ended with; empty while it runs and when a pack was made."""
        if not self.process.poll():
            return ""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return lines[-1] if lines else "没有说明原因"


def start(root: Path, district: str) -> Asked:
    """Ask for the last whole week of a district. Logs older than a day go."""
    folder = root / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(LOGS):
        if time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)
    path = folder / LOGS.replace("*", uuid4().hex)
    command = [sys.executable, str(MANAGE), "weekly", "--district", district]
    with path.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "COCKPIT_DATA": str(root)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Asked(process, path)
