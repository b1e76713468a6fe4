"""What every published version counted, and why it was published: published/versions.jsonl, append-only."""

from pathlib import Path

from etl import clock, journal
from etl.inputs import Inputs


def record(root: Path, inputs: Inputs, by: str, why: str) -> None:
    """Note that this version is now the published one.

    `why`: build, accept, withdraw, reinstate or rollback. `by`: unit or post.
    """
    entry = {"version": inputs.version, "at": clock.stamp(), "by": by, "why": why}
    counted = {"batches": [batch.name for batch in inputs.batches], "withdrawn": []}
    journal.append(_path(root), entry | counted)


def recorded(root: Path) -> list[journal.Entry]:
    """Every publication, oldest first; one version may have been published more than once."""
    return journal.entries(_path(root))


def latest(root: Path, version: str | None) -> journal.Entry | None:
    """The last publication of a version."""
    found = [entry for entry in recorded(root) if entry["version"] == version]
    return found[-1] if found else None


def _path(root: Path) -> Path:
    return root / "published" / "versions.jsonl"
