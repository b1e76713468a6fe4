"""Which files are judged again as their rows wait for records, and whether that said anything new."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from etl import ledger
from etl.contract import FileVerdict
from etl.ledger import Batch
from etl.sources import SOURCES


def waiting(done: list[Batch]) -> list[Batch]:
    """Latest verdicts with waiting rows where related sources have had new records since."""
    latest = {batch.sha256: batch for batch in done}
    return [
        batch
        for batch in latest.values()
        if batch.waiting
        and any(
            later.seq > batch.seq and later.accepted and later.source in _related(batch.source)
            for later in done
        )
    ]


def says_the_same(root: Path, earlier: Batch, verdict: FileVerdict) -> bool:
    """Does a new verdict on the same content accept the same rows, and tell the same of the others?"""
    facts = {name: value for name, value in vars(verdict).items() if name != "rows"}
    if replace(earlier, **facts) != earlier:
        return False
    if not earlier.accepted or verdict.rows is None:
        return True
    stored = pq.read_table(ledger.parquet(root, earlier))
    return bool(stored.drop_columns("_batch").equals(verdict.rows))


def _related(source: str | None) -> set[str]:
    """What a source refers to, and what refers to it: a withdrawal waits until nothing does."""
    pairs = {(s.name, c.references[0]) for s in SOURCES.values() for c in s.columns if c.references}
    return {parent for child, parent in pairs if child == source} | {
        child for child, parent in pairs if parent == source
    }
