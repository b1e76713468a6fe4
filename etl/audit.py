"""Who did what, when, with what outcome: data/log/audit-YYYY-MM.jsonl, which the product never shortens.

The law asks for at least six months (网络安全法第二十一条). No cell values, no persons.
"""

import getpass
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
    journal.append(path, {"at": clock.stamp(), **told})


def entries(root: Path) -> list[journal.Entry]:
    """Every act on record, oldest first."""
    return [entry for path in sorted((root / "log").glob("audit-*.jsonl")) for entry in journal.entries(path)]


def _line(text: str) -> str:
    line = " ".join(masked(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
