"""Store -> published snapshot: take in new files, load, run etl/sql in order, check, publish."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from cockpit import codes
from etl import acts, arrivals, audit, checks, clock, load, snapshot, trouble, versions
from etl.inputs import SQL, Inputs, gather
from etl.intake import handover
from etl.ledger import batches, manifests
from etl.snapshot import BuildRefused, Busy
from etl.sources import SOURCES
from etl.store import unjudged
from etl.taking import Shown, take_in

__all__ = ["BuildRefused", "BuildReport", "Busy", "Shown", "SourceTotal", "build", "needs_build"]
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


def build(root: Path, by: str | None = None) -> BuildReport:
    """Take in new files of root/inbox, build and publish the warehouse. `by`: who asked, for the records.

    Raises:
        Busy: another build is running.
        Lost: accepted rows are spoilt (etl.integrity); the published version stays.
        BuildRefused: nothing to build from, or a check failed; the published version stays.
    """
    with snapshot.lock(root):
        return under_lock(root, by or audit.account(), "build")


def under_lock(root: Path, by: str, why: str, shown: Shown | None = None) -> BuildReport:
    """`build` for who holds the lock already. `why` as in etl.versions. `shown`: that, and nothing else."""
    started = time.perf_counter()
    with trouble.disk(root), trouble.told(root):
        handover.finish(root)
        messages = take_in(root, shown)
        inputs = gather(root)
        if shown and inputs.version != shown.version:
            raise BuildRefused(
                f"建出的版本 {inputs.version} 与预览的 {shown.version} 不同，没有发布；"
                "请把这两个版本号告诉管理员核对。"
            )
        changed, lifted = publish(root, inputs, by, why)
        handover.settle(root, inputs.version)
        arrivals.remember(root)
    messages += [*lifted, *_told(inputs, changed), *checks.warnings(snapshot.path_of(root, inputs.version))]
    seconds = time.perf_counter() - started
    return BuildReport(inputs.version, seconds, changed, totals(inputs), tuple(messages))


def publish(
    root: Path, inputs: Inputs, by: str, why: str, proven: Callable[[], object] = bool
) -> tuple[bool, list[str]]:
    """Publish what these inputs count and put it on record; a pin gives way. Call it under the lock.

    `proven` is called when the new version has stood every check, before anybody sees it. Returns whether the
    published version changed, and a sentence about the pin, if there was one.
    """
    changed = not snapshot.is_published(root, inputs.version)
    if changed:
        write_out(root, inputs, proven)
    else:
        proven()
        snapshot.count_acts(root, inputs.version, len(acts.acts(root)))
    pin = versions.pinned(root)
    if pin:
        audit.record(root, by, "unpin", pin.version, f"由 {why} 解除固定")
        versions.lift(root)
    fresh = changed or not versions.latest(root, inputs.version)  # a build may have stopped after publishing
    if fresh and why == "build":
        audit.record(root, by, why, inputs.version, "已发布")
    if fresh or why != "build":
        versions.record(root, inputs, by, why)
    return changed, [f"原来固定在版本 {pin.version}，现已解除固定。"] if pin else []


def needs_build(root: Path) -> bool:
    """Would `build` publish something new? Reads no file whose size and time are as at the last build."""
    stored = batches(root)
    if not stored or not snapshot.current(root):
        return True
    if unjudged(root, arrivals.hashes(root), stored, clock.now().date()):
        return True
    return not snapshot.is_published(root, gather(root).version)


def write_out(root: Path, inputs: Inputs, proven: Callable[[], object]) -> None:
    """Build and point to the version of these inputs, whatever else is published; `proven` as `publish`.

    Call it within trouble.disk.
    """
    last = manifests(root)[-1].stem

    def check(tmp: Path) -> None:
        checks.published(tmp)
        proven()

    def done() -> int:
        return len(acts.acts(root))

    snapshot.publish(root, inputs.version, lambda tmp: write(tmp, inputs), check, last, done)


def _told(inputs: Inputs, changed: bool) -> list[str]:
    left = sum(b.status == "demo" for b in batches(inputs.root)) if inputs.status == "reported" else 0
    return [
        *([f"已有上报数据，{left}份演示文件不再计入。"] if left else []),
        f"数据截至{inputs.data_date}，状态：{codes.STATUS[inputs.status]}。",
        f"已发布版本 {inputs.version}。" if changed else f"没有变化，仍是版本 {inputs.version}。",
    ]


def write(path: Path, inputs: Inputs) -> None:
    """Fill a new database file. Intermediate tables are temporary and never reach it."""
    with duckdb.connect(str(path)) as con:
        con.execute(f"SET temp_directory = '{str(path).replace(chr(39), chr(39) * 2)}.spill'")
        load.load(con, inputs)
        for file in sorted(SQL.glob("*.sql")):
            table = file.stem[3:]
            kept = "" if table.startswith(PUBLISHED) else "TEMP"
            con.execute(f"CREATE {kept} TABLE {table} AS {file.read_text('utf-8')}")
        now = clock.now().replace(tzinfo=None)
        clock_date = inputs.data_date if inputs.status == "demo" else now.date()
        con.execute(
            "CREATE TABLE info AS SELECT ? AS version, CAST(? AS TIMESTAMP) AS built_at, ? AS status, "
            "CAST(? AS DATE) AS data_date, CAST(? AS DATE) AS clock_date, CAST(? AS DATE) AS complete_since",
            [inputs.version, now, inputs.status, inputs.data_date, clock_date, inputs.complete_since],
        )
        checks.records(con)


def totals(inputs: Inputs) -> tuple[SourceTotal, ...]:
    """In the order of SOURCES, those of which a file has come."""
    found = []
    for source in SOURCES.values():
        files = [b for b in inputs.batches if b.source == source.name]
        counts = (sum(getattr(b, column) for b in files) for column in ("read", "accepted", "rejected"))
        if files:
            found.append(SourceTotal(source.name, source.label, len(files), *counts))
    return tuple(found)
