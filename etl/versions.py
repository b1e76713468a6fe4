"""What every published version counted, and the pin that holds one: published/versions.jsonl, pinned.json."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from etl import clock, journal, snapshot
from etl.durable import write_once
from etl.inputs import Inputs


@dataclass(frozen=True)
class Pin:
    """Automatic builds do not move on from this version; an explicit publication lifts it."""

    version: str
    at: str
    by: str
    reason: str


def record(root: Path, inputs: Inputs, by: str, why: str) -> None:
    """Note that the version of these inputs is now the published one.

    `why`: build, accept, withdraw, reinstate or rollback. `by`: unit or post.
    """
    names = [batch.name for batch in inputs.batches]
    note(root, inputs.version, names, sorted(inputs.withdrawn), by, why)


def note(root: Path, version: str, batches: list[str], withdrawn: list[str], by: str, why: str) -> None:
    """`record` for a version whose inputs are told by name."""
    entry = {"version": version, "at": clock.stamp(), "by": by, "why": why}
    journal.append(snapshot.record_of(root), entry | {"batches": batches, "withdrawn": withdrawn})


def recorded(root: Path) -> list[journal.Entry]:
    """Every publication, oldest first; one version may have been published more than once."""
    return journal.entries(snapshot.record_of(root))


def latest(root: Path, version: str | None) -> journal.Entry | None:
    """The last publication of a version."""
    found = [entry for entry in recorded(root) if entry["version"] == version]
    return found[-1] if found else None


def pinned(root: Path) -> Pin | None:
    """A pin whose file is spoilt holds what is published: moving on is for people to decide."""
    try:
        return Pin(**json.loads((root / "published" / "pinned.json").read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        version = snapshot.current(root)
        return Pin(version, "", "", "固定记录已损坏") if version else None


def pin(root: Path, version: str, by: str, reason: str) -> Pin:
    """Call it under the build's lock."""
    held = Pin(version, clock.stamp(), by, reason)
    text = json.dumps(asdict(held), ensure_ascii=False, indent=1)
    write_once(root / "published" / "pinned.json", lambda tmp: tmp.write_text(text, "utf-8"))
    return held


def lift(root: Path) -> None:
    """Call it under the build's lock."""
    (root / "published" / "pinned.json").unlink(missing_ok=True)


def first_with(entries: Iterable[journal.Entry]) -> dict[str, str]:
    """Batch -> the first version that counted it."""
    first: dict[str, str] = {}
    for entry in entries:
        for batch in entry["batches"]:
            first.setdefault(batch, entry["version"])
    return first
