"""Store -> published snapshot: load, run etl/sql in order, check, publish."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from etl import checks, load, snapshot
from etl.inputs import SQL, Inputs, gather
from etl.snapshot import BuildRefused, Busy
from etl.sources import SOURCES

__all__ = ["BuildRefused", "BuildReport", "Busy", "SourceTotal", "build", "needs_build"]
PUBLISHED = ("dim_", "fact_", "mart_", "target", "source_state")


@dataclass(frozen=True)
class SourceTotal:
    """Rows of one source over all its files: read = accepted + rejected."""

    source: str
    label: str
    files: int
    read: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `changed` is False when the published version already counts these inputs."""

    version: str
    seconds: float
    changed: bool
    sources: tuple[SourceTotal, ...]
    messages: tuple[str, ...]


def build(root: Path) -> BuildReport:
    """Take in new files of root/inbox, build and publish the warehouse.

    Raises:
        Busy: another build is running.
        BuildRefused: nothing to build from, or a check failed; the published version stays.
    """
    started = time.perf_counter()
    with snapshot.lock(root):
        inputs = gather(root)
        changed = (
            snapshot.current(root) != inputs.version or not snapshot.path_of(root, inputs.version).exists()
        )
        if changed:
            snapshot.publish(root, inputs.version, lambda tmp: write(tmp, inputs), checks.published)
    seconds = time.perf_counter() - started
    return BuildReport(inputs.version, seconds, changed, totals(inputs), ())


def write(path: Path, inputs: Inputs) -> None:
    """Fill a new database file. Intermediate tables are temporary and never reach it."""
    with duckdb.connect(str(path)) as con:
        con.execute(f"SET temp_directory = '{path}.spill'")
        load.load(con, inputs)
        for file in sorted(SQL.glob("*.sql")):
            table = file.stem[3:]
            kept = "" if table.startswith(PUBLISHED) else "TEMP"
            con.execute(f"CREATE {kept} TABLE {table} AS {file.read_text('utf-8')}")
        clock = inputs.data_date if inputs.status == "demo" else date.today()
        con.execute(
            "CREATE TABLE info AS SELECT ? AS version, CAST(? AS TIMESTAMP) AS built_at, ? AS status, "
            "CAST(? AS DATE) AS data_date, CAST(? AS DATE) AS clock_date, CAST(? AS DATE) AS complete_since",
            [inputs.version, datetime.now(), inputs.status, inputs.data_date, clock, inputs.complete_since],
        )
        checks.records(con)


def totals(inputs: Inputs) -> tuple[SourceTotal, ...]:
    """In the order of SOURCES, those of which a file has come."""
    found = []
    for source in SOURCES.values():
        files = inputs.batches[inputs.batches["source"] == source.name]
        counts = (int(files[column].sum()) for column in ("read", "accepted", "rejected"))
        if len(files):
            found.append(SourceTotal(source.name, source.label, len(files), *counts))
    return tuple(found)


def needs_build(root: Path) -> bool:
    return True
