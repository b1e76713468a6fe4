"""Is everything in the store as it was written? What is spoilt or gone is named, and judged again or refused.

A batch that cannot be read counts as not received: when a file of the same content lies in the inbox it is
judged anew under a new number. When none does, nothing is built: figures without those rows would be wrong.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl import ledger
from etl.ledger import Batch, Kept
from etl.snapshot import BuildRefused


class Lost(BuildRefused):
    """Accepted rows are spoilt and no file of the inbox can replace them; one sentence per file."""


@dataclass(frozen=True)
class Damage:
    """`path`: below the data folder; `file`: what the district called it, if known.

    `name`: of the batch; its number alone where nothing tells of which content it was.
    """

    name: str
    path: str
    what: str
    file: str | None = None

    def of(self, sha256: str) -> bool:
        return self.name[7:] == sha256[:12]


@dataclass(frozen=True)
class Examined:
    """What can be relied upon, oldest first; what cannot; the number of the last verdict ever written.

    `unfinished`: rows under the number after that, as a run leaves them that stopped before their verdict.
    Was there one after all, they are the only copy of what was accepted, unless their file is at hand.
    """

    sound: tuple[Batch, ...]
    damaged: tuple[Damage, ...]
    last: int
    unfinished: Damage | None

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
    for path in ledger.manifests(root):
        kept = ledger.read(path)
        if kept is None:
            damaged.append(Damage(path.stem, _below(root, path), "损坏"))
            continue
        if what := _rows_flaw(root, kept):
            rows = ledger.parquet(root, kept.batch)
            damaged.append(Damage(path.stem, _below(root, rows), what, kept.batch.file))
        else:
            sound.append(kept.batch)
    names = ledger.told_of(root)
    rows_alone = ledger.with_rows(root) - names
    unfinished = _unfinished(names, rows_alone)
    gone = _gone(names | (rows_alone - {unfinished}))
    seen = {path.stem for path in ledger.manifests(root)}
    damaged += [Damage(n, f"store/batches/{_called(n)}.json", "不见了") for n in sorted(gone - seen)]
    last = max((int(name[:6]) for name in gone | seen), default=0)
    return Examined(tuple(sound), tuple(damaged), last, _rows_alone(root, unfinished))


def hold(examined: Examined, at_hand: Collection[str]) -> None:
    """Raises Lost when something is spoilt that is not `at_hand`, as the hash of a file in the inbox."""
    doubtful = [*examined.open(), *([examined.unfinished] if examined.unfinished else [])]
    lost = [d for d in doubtful if not any(d.of(sha256) for sha256 in at_hand)]
    if lost:
        raise Lost("\n".join(_sentence(damage) for damage in lost))


def hold_all(examined: Examined) -> None:
    """Raises Lost when something is spoilt, though a build may be able to take it in again."""
    if lost := examined.open():
        told = "\n".join(f"存储文件 {damage.path} 已{damage.what}。" for damage in lost)
        raise Lost(f"{told}\n请先运行 etl build（原文件在收件箱中的会重新入库），再办这件事。")


def made_good(before: Examined, taken: Collection[Batch]) -> list[str]:
    """One sentence per spoilt file that was taken in again from the inbox."""
    return [
        f"存储文件 {damage.path} 已{damage.what}，"
        f"已用收件箱中的原件“{batch.file}”重新入库：接受{batch.accepted}行。"
        for damage in before.open()
        for batch in taken
        if damage.of(batch.sha256)
    ]


def _unfinished(names: Collection[str], rows_alone: Collection[str]) -> str | None:
    """Of rows without a verdict those under the next number: a run stops at one, and the next one sweeps."""
    last = max(rows_alone, default="")
    others = {int(name[:6]) for name in (*names, *rows_alone) if name != last}
    return last if last and int(last[:6]) == max(others, default=0) + 1 else None


def _gone(names: Collection[str]) -> set[str]:
    """These, and every number up to the last of which there is no name."""
    numbers = {int(name[:6]) for name in names}
    return {*names, *(f"{n:06d}" for n in range(1, max(numbers, default=0)) if n not in numbers)}


def _called(name: str) -> str:
    return name if name[6:] else f"{name}-*"


def _rows_alone(root: Path, name: str | None) -> Damage | None:
    found = next((root / "store").glob(f"*/{name}.parquet"), None)
    return Damage(name, _below(root, found), "失去收件结论") if name and found else None


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
    if not damage.name[7:]:
        return (
            f"存储文件 {damage.path} 已{damage.what}，也不知道是哪一份文件："
            "请用 manage.py restore 从备份恢复。已发布的版本保持不变。"
        )
    original = f"原文件“{damage.file}”" if damage.file else f"内容校验值以 {damage.name[7:]} 开头的原文件"
    return (
        f"存储文件 {damage.path} 已{damage.what}，收件箱中没有同样内容的文件：请把{original}放回 data/inbox "
        "后再建库，或用 manage.py restore 从备份恢复。已发布的版本保持不变。"
    )


def _below(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
