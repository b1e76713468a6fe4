"""manifest.json: what the pack is made from, and the hash of every file in it.

No clock time stands in it: a pack made twice has the same manifest.
"""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

from report import sentences
from report.story import Story

NAME = "manifest.json"
REPOSITORY = Path(__file__).resolve().parents[1]
# What is counted, how it is counted from the records, and what is said of it.
DEFINITIONS = ("cockpit/indicators", "etl/sql", "data/reference/lamps.toml", "data/reference/site.toml")


def build(story: Story, files: dict[str, bytes], tiles: dict[str, dict[str, str]]) -> bytes:
    """tiles: page path -> tile id -> ready | empty."""
    scope, info = story.scope, story.info
    told: dict[str, Any] = {
        "week": scope.code,
        "district": scope.week.district.code,
        "label": sentences.title(scope),
        "slice": scope.week.query(),
        "to_date": scope.to_date.query(),
        "version": info.version,
        "data_date": info.data_date.isoformat(),
        "status": info.status,
        "judged_on": story.judged_on.isoformat(),
        "definitions": {"sha256": definitions(), "commit": commit()},
        "tiles": tiles,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def definitions() -> str:
    """One hash over the text of the catalogue and of the rules."""
    whole = hashlib.sha256()
    for path in _definition_files():
        name = path.relative_to(REPOSITORY).as_posix()
        whole.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _definition_files() -> list[Path]:
    places = [REPOSITORY / name for name in DEFINITIONS]
    return sorted(file for place in places for file in ([place] if place.is_file() else place.glob("*.*")))


def commit() -> str | None:
    """The commit that last changed the definitions; none without git, or where they differ from it."""
    if not (REPOSITORY / ".git").exists():
        return None
    changed = _git("status", "--porcelain", "--", *DEFINITIONS)
    return None if changed is None or changed else _git("log", "-1", "--format=%H", "--", *DEFINITIONS)


def _git(*arguments: str) -> str | None:
    """None where git does not answer. A copy that root installed is read by the service's own user too."""
    trusted = ["-c", f"safe.directory={REPOSITORY}"]
    try:
        done = subprocess.run(["git", *trusted, *arguments], cwd=REPOSITORY, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
