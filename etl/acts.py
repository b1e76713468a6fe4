"""Withdrawing a batch and putting it back: store/acts/NNNNNN.json, append-only like the verdicts.

Nothing is erased: a withdrawn batch takes no part in a build, so earlier rows of the same keys count again.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from etl import clock, ledger, snapshot
from etl.durable import write_once
from etl.integrity import Lost


@dataclass(frozen=True)
class Act:
    """`batch`: sha256 of the content that the act is about; the last act on it counts."""

    seq: int
    at: str
    by: str
    act: Literal["withdraw", "reinstate"]
    batch: str
    reason: str


def acts(root: Path) -> list[Act]:
    """Every act, oldest first.

    Raises:
        Lost: one is spoilt or gone, so that nobody knows what counts. A seal tells of the last ones.
    """
    found = {path.stem: _read(path) for path in (root / "store" / "acts").glob("*.json")}
    told: list[Act] = []
    for number in range(1, max(len(found), snapshot.acts_counted(root)) + 1):
        act = found.get(f"{number:06d}")
        if act is None or act.seq != number:
            raise Lost(
                f"撤回记录 store/acts/{number:06d}.json 已损坏或不见了，不知道哪些数据已撤回："
                "请用 manage.py restore 从备份恢复。已发布的版本保持不变。"
            )
        told.append(act)
    return told


def withdrawn(root: Path) -> frozenset[str]:
    """Contents (sha256) that do not count. Raises as `acts`."""
    last = {act.batch: act.act for act in acts(root)}
    return frozenset(batch for batch, act in last.items() if act == "withdraw")


def append(root: Path, act: Literal["withdraw", "reinstate"], batch: str, by: str, reason: str) -> Act:
    """Record an act under the next number. Call it under the build's lock."""
    done = Act(len(acts(root)) + 1, clock.stamp(), by, act, batch, reason)
    told = asdict(done)
    text = json.dumps({**told, "seal": ledger.digest(told)}, ensure_ascii=False, indent=1)
    path = root / "store" / "acts" / f"{done.seq:06d}.json"
    write_once(path, lambda tmp: tmp.write_text(text, "utf-8"))
    return done


def _read(path: Path) -> Act | None:
    try:
        told = json.loads(path.read_text("utf-8"))
        seal = told.pop("seal")
        act = Act(**told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return act if seal == ledger.digest(told) else None
