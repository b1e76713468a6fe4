"""Is everything in the store as it was written? What is spoilt or gone is named, and judged again or refused.

A batch that cannot be read counts as not received: when a file of the same content lies in the inbox it is
judged anew under a new number. When none does, nothing is built: figures without those rows would be wrong.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl import ledger, snapshot
from etl.ledger import Batch, Kept
from etl.snapshot import BuildRefused

NAME = re.compile(r"\d{6}-[0-9a-f]{12}")


class Lost(BuildRefused):
    """Accepted rows are spoilt and no file of the inbox can replace them; one sentence per file."""


@dataclass(frozen=True)
class Damage:
    """`name`: of the batch; `path`: below the data folder; `file`: what the district called it, if known."""

    name: str
    path: str
    what: str
    file: str | None = None

    def of(self, sha256: str) -> bool:
        return self.name[7:] == sha256[:12]


@dataclass(frozen=True)
class Examined:
    """What can be relied upon, oldest first; what cannot; the number of the last verdict ever written."""

    sound: tuple[Batch, ...]
    damaged: tuple[Damage, ...]
    last: int

    def first(self, sha256: str) -> int | None:
        """Number of the damaged batch of this content."""
        return min((int(d.name[:6]) for d in self.damaged if d.of(sha256)), default=None)

    def open(self) -> list[Damage]:
        """Damage that no later batch of the same content has made good."""
        return [
            damage
            for damage in self.damaged
            if not any(damage.of(b.sha256) and b.seq > int(damage.name[:6]) for b in self.sound)
        ]


def examine(root: Path) -> Examined:
    """Read every verdict, hash every file of rows: 1 s per GB."""
    sound, damaged = [], []
    seen: set[str] = set()
    before: set[str] = set()
    for path in ledger.manifests(root):
        kept = ledger.read(path)
        seen.add(path.stem)
        if kept is None:
            damaged.append(Damage(path.stem, _below(root, path), "损坏"))
            continue
        before |= {kept.before} if kept.before else set()
        if what := _rows_flaw(root, kept):
            rows = ledger.parquet(root, kept.batch)
            damaged.append(Damage(path.stem, _below(root, rows), what, kept.batch.file))
        else:
            sound.append(kept.batch)
    for name in sorted((before | _published(root)) - seen):
        damaged.append(Damage(name, f"store/batches/{name}.json", "不见了"))
    return Examined(tuple(sound), tuple(damaged), max((int(n[:6]) for n in seen | before), default=0))


def hold(examined: Examined, at_hand: Collection[str]) -> None:
    """Raises Lost when something is spoilt that is not `at_hand`, as the hash of a file in the inbox."""
    lost = [d for d in examined.open() if not any(d.of(sha256) for sha256 in at_hand)]
    if lost:
        raise Lost("\n".join(_sentence(damage) for damage in lost))


def made_good(before: Examined, taken: Collection[Batch]) -> list[str]:
    """One sentence per spoilt file that was taken in again from the inbox."""
    return [
        f"存储文件 {damage.path} 已{damage.what}，"
        f"已用收件箱中的原件“{batch.file}”重新入库：接受{batch.accepted}行。"
        for damage in before.open()
        for batch in taken
        if damage.of(batch.sha256)
    ]


def _published(root: Path) -> set[str]:
    """The batch that a publication counted as the last one: without it, the end of the store is missing."""
    last = snapshot.last_seal(root)
    return {last.last_batch} if last and NAME.fullmatch(last.last_batch) else set()


def _rows_flaw(root: Path, kept: Kept) -> str:
    path = ledger.parquet(root, kept.batch)
    if not kept.batch.accepted:
        return ""
    if not path.is_file():
        return "不见了"
    if kept.rows_sha256:
        return "" if ledger.file_digest(path) == kept.rows_sha256 else "损坏"
    try:  # from before there were hashes: its end at least must be readable
        pq.read_metadata(path)
    except (pa.ArrowInvalid, OSError):
        return "损坏"
    return ""


def _sentence(damage: Damage) -> str:
    original = f"原文件“{damage.file}”" if damage.file else f"内容校验值以 {damage.name[7:]} 开头的原文件"
    return (
        f"存储文件 {damage.path} 已{damage.what}，收件箱中没有同样内容的文件：请把{original}放回 data/inbox "
        "后再建库，或用 manage.py restore 从备份恢复。已发布的版本保持不变。"
    )


def _below(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
