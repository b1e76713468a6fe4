"""Who did what, when, with what outcome: data/log/audit-YYYY-MM.jsonl, which the product never shortens.

The law asks for at least six months (网络安全法第二十一条). No cell values, no persons.
Each line bears the hash of the one before it (`before`), so that a lost or altered one is noticed.
"""

import getpass
import hashlib
import os
from pathlib import Path

from etl import clock, journal
from etl.contract import sentences
from etl.personal import masked

LONGEST = 300


def account() -> str:
    """The operating system's name for whoever runs this, for acts that nobody signed."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account number without a name
        return f"uid {os.getuid()}"


def record(root: Path, by: str, act: str, what: str, outcome: str) -> None:
    """Append one act. `by`: unit or post; `outcome`: one line, what looks personal left out."""
    told = {"by": sentences.shorten(by), "act": act, "what": masked(what), "outcome": _line(outcome)}
    path = root / "log" / f"audit-{clock.now():%Y-%m}.jsonl"
    earlier = [other for other in months(root) if other.name < path.name]

    def link(last: bytes) -> journal.Entry:
        last = last or (journal.last(earlier[-1]) if earlier else b"")
        return {"before": _hash(last)} if last else {}

    journal.append(path, {"at": clock.stamp(), **told}, link)


def entries(root: Path) -> list[journal.Entry]:
    """Every act on record, oldest first."""
    return [entry for path in months(root) for entry in journal.entries(path)]


def flaws(root: Path) -> list[str]:
    """A sentence per line that cannot be read, or whose line before it is gone or no longer what it was.

    Lines from before there were hashes count as they are. Where a restore has put two logs together, the line
    before may stand further up, so it is looked for in all of them. Lines cut off at the end leave no trace.
    """
    found = [(path.name, n, line) for path in months(root) for n, line in enumerate(journal.lines(path), 1)]
    known = {_hash(line) for _, _, line in found}
    told = []
    for name, n, line in found:
        entry = journal.parsed(line)
        if entry is None:
            told.append(f"{name} 第{n}行读不出。")
        elif "before" in entry and entry["before"] not in known:
            told.append(f"{name} 第{n}行之前的一行不见了或被改动过。")
    return told


def months(root: Path) -> list[Path]:
    """One file per month, oldest first."""
    return sorted((root / "log").glob("audit-*.jsonl"))


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _line(text: str) -> str:
    line = " ".join(masked(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
