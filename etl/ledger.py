"""What the store is made of: accepted rows in immutable parquet files, and one verdict per file.

store/<source>/<seq>-<sha12>.parquet is written first, store/batches/<seq>-<sha12>.json last: without its
verdict a parquet file does not exist. A verdict holds the hash of its rows, of itself (`seal`), and the name
of the batch before it, so that whatever is spoilt or gone can be named (etl.integrity).
"""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl import journal, snapshot
from etl.contract import FileVerdict, Sentence
from etl.contract.frame import ARROW
from etl.durable import write_once
from etl.sources import SOURCES

NAME = re.compile(r"\d{6}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Batch:
    """The verdict on one file content, as store/batches holds it. `as_of` and `received_at` are ISO texts.

    `waiting`: rejected rows that become good once the records they refer to arrive. `not_before`:
    refused until that day. `sender`: code of the district whose upload
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
    not_before: str | None = None
    sender: str | None = None
    key_id: str | None = None

    @property
    def name(self) -> str:
        return f"{self.seq:06d}-{self.sha256[:12]}"


@dataclass(frozen=True)
class Kept:
    """A verdict as it lies in the store. `rows_sha256`, `before`: None where nothing was noted of it."""

    batch: Batch
    rows_sha256: str | None
    before: str | None


def manifests(root: Path) -> list[Path]:
    """One per verdict, oldest first, those that cannot be read too."""
    return sorted((root / "store" / "batches").glob("*.json"))


def batches(root: Path) -> list[Batch]:
    """Every verdict that reads as it was written, oldest first."""
    return [kept.batch for path in manifests(root) if (kept := read(path))]


def firsts(root: Path) -> dict[str, int]:
    """Number under which each content first came, by 12 digits of its hash; spoilt verdicts count too."""
    names = told_of(root) | with_rows(root)
    return {name[7:]: int(name[:6]) for name in sorted(names, reverse=True)}


def told_of(root: Path) -> set[str]:
    """Names of batches that had a verdict: by itself, by the one after it, or by what was published."""
    paths = manifests(root)
    names = {path.stem for path in paths}
    names |= {kept.before for path in paths if (kept := read(path)) and kept.before}
    last = snapshot.last_seal(root)
    names |= {last.last_batch} if last and NAME.fullmatch(last.last_batch) else set()
    numbers = {int(name[:6]) for name in names | with_rows(root)}
    if names and not set(range(1, int(max(names)[:6]))) <= numbers:
        entries = journal.entries(snapshot.record_of(root))  # for a number that the store tells nothing of
        names |= {name for entry in entries for name in entry["batches"] if NAME.fullmatch(name)}
    return names


def with_rows(root: Path) -> set[str]:
    """Names of the batches whose rows lie in the store, with a verdict or without."""
    found = {path.stem for path in (root / "store").glob("*/*.parquet")}
    return {name for name in found if NAME.fullmatch(name)}


def counting(root: Path, stored: list[Batch], withdrawn: Collection[str]) -> list[Batch]:
    """The last verdict on each content that is not withdrawn, in the order in which the contents first came.

    A later one's row supersedes an earlier one's of the same key: a file judged again keeps its place.
    """
    latest = {batch.sha256: batch for batch in stored if batch.sha256 not in withdrawn}
    first = firsts(root)
    return sorted(latest.values(), key=lambda batch: first.get(batch.sha256[:12], batch.seq))


def read(path: Path) -> Kept | None:
    """The verdict, or None when it is spoilt. One without a seal was written before there were seals."""
    try:
        told = json.loads(path.read_text("utf-8"))
        seal = told.pop("seal", None)
        sound = seal is None or seal == digest(told)
        rows, before = told.pop("rows_sha256", None), told.pop("before", None)
        batch = Batch(**{**told, "sentences": tuple(Sentence(**s) for s in told["sentences"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return Kept(batch, rows, before) if sound and batch.name == path.stem else None


def write(
    root: Path, seq: int, sha256: str, received_at: str, verdict: FileVerdict, sender: str | None = None
) -> Batch:
    """Store a verdict and its rows under the next number, rows first."""
    facts = {k: v for k, v in vars(verdict).items() if k != "rows"}
    batch = Batch(seq=seq, sha256=sha256, received_at=received_at, sender=sender, **facts)
    rows_sha256 = None
    if batch.accepted and batch.source and verdict.rows is not None:
        marks = pa.array([seq] * len(verdict.rows), pa.int64())
        rows = verdict.rows.append_column("_batch", marks)
        write_once(parquet(root, batch), lambda tmp: pq.write_table(rows, tmp, compression="zstd"))
        rows_sha256 = file_digest(parquet(root, batch))
    known = manifests(root)
    before = known[-1].stem if known else None
    told = {**asdict(batch), "rows_sha256": rows_sha256, "before": before}
    text = json.dumps({**told, "seal": digest(told)}, ensure_ascii=False, indent=1)
    path = root / "store" / "batches" / f"{batch.name}.json"
    write_once(path, lambda tmp: tmp.write_text(text, "utf-8"))
    return batch


def key_ids(stored: list[Batch]) -> set[tuple[str, str]]:
    """(status, id) of the keys that the accepted person keys of these batches were made with."""
    return {(batch.status, batch.key_id) for batch in stored if batch.key_id and batch.accepted}


def file_digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def read_rows(root: Path, stored: list[Batch], source: str, columns: list[str]) -> pa.Table:
    """These columns of all rows of a source in these batches, the last of them first."""
    kinds = {c.key: ARROW.get(c.type, pa.string()) for c in SOURCES[source].sheet_columns}
    none = pa.schema([(name, kinds.get(name, pa.string())) for name in columns]).empty_table()
    held = [b for b in reversed(stored) if b.source == source and b.accepted]
    found = (_some(parquet(root, b), columns) for b in held)
    return pa.concat_tables([none, *found], promote_options="default")


def _some(path: Path, columns: list[str]) -> pa.Table:
    """Those of the columns that there are: one may be newer than the batch."""
    with pq.ParquetFile(path) as file:
        return file.read([name for name in columns if name in file.schema_arrow.names])


def sweep(root: Path, unfinished: str | None) -> None:
    """Remove what an interrupted run left: files half written, and the rows of an `unfinished` batch.

    Other rows without a verdict are no left-over: somebody has lost the verdict.
    """
    for path in sorted((root / "store").rglob("*")):
        if path.suffix == ".tmp" or (path.suffix == ".parquet" and path.stem == unfinished):
            path.unlink()


def parquet(root: Path, batch: Batch) -> Path:
    return root / "store" / (batch.source or "") / f"{batch.name}.parquet"
