"""What the store is made of: accepted rows in immutable parquet files, and one verdict per file.

store/<source>/<seq>-<sha12>.parquet is written first, store/batches/<seq>-<sha12>.json last: without its
verdict a parquet file does not exist.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.contract import FileVerdict, Sentence
from etl.contract.frame import ARROW
from etl.sources import SOURCES


@dataclass(frozen=True)
class Batch:
    """The verdict on one file content, as store/batches holds it. `as_of` and `received_at` are ISO texts.

    `waiting`: rejected rows that become good once the records they refer to arrive. `by_name`: refused for
    the file's name alone. `not_before`: refused until that day. `sender`: code of the district whose upload
    it came with, None for a file that was put into the inbox.
    """

    seq: int
    sha256: str
    file: str
    source: str | None
    district: str | None
    as_of: str | None
    status: str
    received_at: str
    read: int
    accepted: int
    rejected: int
    refused: bool
    waiting: int
    sentences: tuple[Sentence, ...]
    by_name: bool = False
    not_before: str | None = None
    sender: str | None = None

    @property
    def name(self) -> str:
        return f"{self.seq:06d}-{self.sha256[:12]}"


def batches(root: Path) -> list[Batch]:
    """Every verdict, oldest first."""
    found = sorted((root / "store" / "batches").glob("*.json"))
    return [_batch(json.loads(path.read_text("utf-8"))) for path in found]


def write(
    root: Path, seq: int, sha256: str, received_at: str, verdict: FileVerdict, sender: str | None = None
) -> Batch:
    """Store a verdict and its rows under the next number, rows first."""
    facts = {k: v for k, v in vars(verdict).items() if k != "rows"}
    batch = Batch(seq=seq, sha256=sha256, received_at=received_at, sender=sender, **facts)
    if batch.accepted and batch.source and verdict.rows is not None:
        marks = pa.array([seq] * len(verdict.rows), pa.int64())
        rows = verdict.rows.append_column("_batch", marks)
        write_once(_parquet(root, batch), lambda tmp: pq.write_table(rows, tmp, compression="zstd"))
    text = json.dumps(asdict(batch), ensure_ascii=False, indent=1)
    write_once(_manifest(root, batch), lambda tmp: tmp.write_text(text, "utf-8"))
    return batch


def read_rows(root: Path, stored: list[Batch], source: str, columns: list[str]) -> pa.Table:
    """These columns of all rows of a source in these batches, the latest batch first."""
    kinds = {c.key: ARROW.get(c.type, pa.string()) for c in SOURCES[source].columns}
    none = pa.schema([(name, kinds.get(name, pa.string())) for name in columns]).empty_table()
    held = [b for b in reversed(stored) if b.source == source and b.accepted]
    return pa.concat_tables([none, *(pq.read_table(_parquet(root, b), columns=columns) for b in held)])


def sweep(root: Path, stored: list[Batch]) -> None:
    """Remove what an interrupted run left: unfinished files, and rows without a verdict."""
    kept = {_parquet(root, batch) for batch in stored}
    for path in sorted((root / "store").rglob("*")):
        if path.suffix == ".tmp" or (path.suffix == ".parquet" and path not in kept):
            path.unlink()


def _parquet(root: Path, batch: Batch) -> Path:
    return root / "store" / (batch.source or "") / f"{batch.name}.parquet"


def _manifest(root: Path, batch: Batch) -> Path:
    return root / "store" / "batches" / f"{batch.name}.json"


def _batch(manifest: dict[str, Any]) -> Batch:
    told = tuple(Sentence(**sentence) for sentence in manifest["sentences"])
    return Batch(**{**manifest, "sentences": told})


def write_once(path: Path, fill: Callable[[Path], object]) -> None:
    """A whole file or none, also when the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tmp = path.with_name(path.name + ".tmp")
    fill(tmp)
    _sync(tmp)
    os.replace(tmp, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
