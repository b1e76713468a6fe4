"""The system of record, append-only. Inbox -> store: what is new is judged once.

The order does not depend on when a file came, so that a fresh store of the same inbox is the same store.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from etl import clock, contract, ledger
from etl.contract import FileVerdict, Known, Opened
from etl.intake import pending
from etl.ledger import Batch, batches
from etl.reading import SUFFIXES
from etl.sources import SOURCES

__all__ = ["Batch", "batches", "in_order", "inbox", "ingest", "newest"]


def inbox(root: Path) -> list[Path]:
    """Files that districts have sent, in the order of their paths; Excel's lock files are none."""
    return sorted(
        path
        for path in (root / "inbox").rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(("~$", "."))
    )


def ingest(
    root: Path, now: datetime | None = None, watch: Callable[[str], None] | None = None
) -> list[Batch]:
    """Judge what is new in root/inbox and store it; returns the new verdicts. Call it under the build's lock.

    New files go in the order of SOURCES, then of their 数据截至, then of their paths. A file with rows that
    wait for records is judged again once such records have arrived. `now` is the clock, for tests. `watch` is
    told the path inside the inbox of each file as its turn comes.
    """
    now = now or clock.now()
    past = batches(root)
    ledger.sweep(root, past)
    known = Known(lambda source, columns: ledger.read_rows(root, past, source, columns))
    done = list(past)
    met = {batch.sha256 for batch in past}
    files = {_sha256(path): path for path in reversed(inbox(root))}
    new = {path: sha for sha, path in files.items() if sha not in met}
    stamp = now.isoformat(timespec="seconds")
    for path, opened in in_order(list(new), lambda path: _name(root, path)):
        name = _name(root, path)
        if watch:
            watch(name)
        verdict = contract.judge(opened, known, now.date(), newest(done))
        known.add(verdict)
        done.append(ledger.write(root, len(done) + 1, new[path], stamp, verdict, pending.sender(root, name)))
    for earlier in _waiting(done):
        if earlier.sha256 in files:
            verdict = _again(root, files[earlier.sha256], earlier, done, known, now.date())
            done.append(ledger.write(root, len(done) + 1, earlier.sha256, stamp, verdict, earlier.sender))
    return done[len(past) :]


def _again(
    root: Path, path: Path, earlier: Batch, done: list[Batch], known: Known, today: date
) -> FileVerdict:
    verdict = contract.judge(contract.open_file(path, _name(root, path)), known, today, newest(done))
    return replace(verdict, rows=_without_newer(root, done, earlier, verdict))


def in_order(paths: list[Path], name: Callable[[Path], str]) -> Iterator[tuple[Path, Opened]]:
    """Files read: what others refer to comes first, and of one source the latest 数据截至 last.

    A workbook has to be read whole to tell its source, so it is kept; a CSV is read when its turn comes.
    """
    ranks = {source: rank for rank, source in enumerate(SOURCES)}
    books = {path: contract.open_file(path, name(path)) for path in paths if path.suffix.lower() != ".csv"}
    heads = {path: books[path].head if path in books else contract.head_of(path) for path in paths}

    def place(path: Path) -> tuple[int, date, Path]:
        source, as_of = heads[path]
        return ranks.get(source or "", len(ranks)), as_of or date.min, path

    for path in sorted(paths, key=place):
        yield path, books.pop(path) if path in books else contract.open_file(path, name(path))


def newest(done: list[Batch]) -> dict[str, date]:
    """Status -> latest 数据截至 so far."""
    found: dict[str, date] = {}
    for batch in done:
        if batch.as_of:
            found[batch.status] = max(found.get(batch.status, date.min), date.fromisoformat(batch.as_of))
    return found


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root / "inbox").as_posix()


def _waiting(done: list[Batch]) -> list[Batch]:
    """Latest verdicts with waiting rows whose parents have had new records since."""
    latest = {batch.sha256: batch for batch in done}
    return [
        batch
        for batch in latest.values()
        if batch.waiting
        and any(
            later.seq > batch.seq and later.accepted and later.source in _parents(batch.source)
            for later in done
        )
    ]


def _parents(source: str | None) -> set[str]:
    columns = SOURCES[source].columns if source else ()
    return {column.references[0] for column in columns if column.references}


def _without_newer(root: Path, done: list[Batch], earlier: Batch, verdict: FileVerdict) -> pa.Table | None:
    """Rows that no other file has replaced since this content first came: an old row must not win."""
    first = min(batch.seq for batch in done if batch.sha256 == earlier.sha256)
    newer = [batch for batch in done if batch.seq > first and batch.sha256 != earlier.sha256]
    if verdict.rows is None or verdict.source is None or not any(b.source == verdict.source for b in newer):
        return verdict.rows
    key = list(SOURCES[verdict.source].key)
    replaced = ledger.read_rows(root, newer, verdict.source, key)
    kept = verdict.rows.join(replaced, keys=key, join_type="left anti", use_threads=False)
    return kept.select(verdict.rows.column_names).sort_by([("_sheet", "ascending"), ("_row", "ascending")])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
