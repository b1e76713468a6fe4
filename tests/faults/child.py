"""A build, the publication of an upload, a backup or a restore, in a process to which something happens.

Processes are forked from one that has everything imported, so that one costs milliseconds.
"""

import errno
import os
import pickle
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import duckdb

from etl import backup, build, checks, reading
from etl.inputs import Inputs
from etl.intake import accept, preview
from etl.intake.pending import Refused
from etl.snapshot import BuildRefused
from tests.faults.power import Disk

CALLS = ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir")
REFUSED = 1
SIDE_TABLES = (
    "CREATE TABLE source_state (source VARCHAR, county VARCHAR, as_of DATE)",
    "CREATE TABLE source (source VARCHAR, label VARCHAR, rhythm_days BIGINT, meaning VARCHAR)",
    "CREATE TABLE target (indicator VARCHAR, district VARCHAR, year VARCHAR, annual DOUBLE, "
    "document VARCHAR, " + ", ".join(f"plan_{month:02d} DOUBLE" for month in range(1, 13)) + ")",
)


@dataclass(frozen=True)
class Plan:
    """kill: SIGKILL before step `at`. full: no space left from step `at` on. limit: no file over `at` bytes.

    record: note what a power cut after each step would leave, in the file `out`. none: nothing happens.
    """

    kind: str = "none"
    at: int = 0
    out: str = ""


def context() -> Any:
    ready = get_context("forkserver")
    ready.set_forkserver_preload(["tests.faults.child"])
    return ready


def start(act: str, root: Path, plan: Plan | None = None, light: bool = True) -> ForkServerProcess:
    """`act`: build, preview or accept ID, backup or restore PLACE.

    `light`: one small table, files read in the process itself.
    """
    process = context().Process(target=_run, args=(act, root, plan or Plan(), light))
    process.start()
    return process


def done(act: str, root: Path, plan: Plan | None = None, light: bool = True) -> int:
    """Exit code: 0 done, REFUSED with a sentence, -9 killed."""
    process = start(act, root, plan, light)
    process.join(300)
    assert process.exitcode is not None
    return process.exitcode


def _run(act: str, root: Path, plan: Plan, light: bool) -> None:
    if light:
        build.write = _write
        checks.published = checks.warnings = lambda path: []
        reading.parse_apart = lambda parse, path: parse(path)
        preview.effects = lambda *given: []  # the catalogue's figures are not there
    disk = Disk(root) if plan.kind == "record" else None
    if plan.kind == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (plan.at, plan.at))
    _interfere(plan, disk)
    try:
        _act(act, root)
    except (BuildRefused, Refused, backup.Refused, OSError) as refused:  # told in a sentence by commands
        print(refused)
        os._exit(REFUSED)
    if disk:
        Path(plan.out).write_bytes(pickle.dumps(disk.images))
    os._exit(0)


def _act(act: str, root: Path) -> None:
    verb, _, id = act.partition(" ")
    if verb == "build":
        build.build(root, "测试")
    elif verb == "preview":
        preview.preview(root, id)
    elif verb == "backup":
        backup.back_up(root, Path(id), keep=1)
    elif verb == "restore":
        backup.restore(Path(id), root, replace=True)
    else:
        accept.accept(root, id, "测试")


def _interfere(plan: Plan, disk: Disk | None) -> None:
    met = 0

    def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            nonlocal met
            met += 1
            if plan.kind == "kill" and met == plan.at:
                os.kill(os.getpid(), signal.SIGKILL)
            if plan.kind == "full" and met >= plan.at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            result = real(*given, **named)
            if disk:
                disk.after(real.__name__, given)
            return result

        return stepped

    for name in CALLS:
        setattr(os, name, stepping(getattr(os, name)))


def _write(path: Path, inputs: Inputs) -> None:
    """In place of etl.build.write: the latest row of each contest, and what a reader needs to open it."""
    files = [str(file) for file in inputs.parquet("contest")]
    with duckdb.connect(str(path)) as con:
        con.execute(
            "CREATE TABLE fact_contest AS SELECT contest_id, entries FROM read_parquet(?) QUALIFY "
            "ROW_NUMBER() OVER (PARTITION BY contest_id ORDER BY _batch DESC, _row DESC) = 1",
            [files],
        )
        con.execute(
            "CREATE TABLE info AS SELECT ? AS version, TIMESTAMP '2023-07-01' AS built_at, ? AS status, "
            "CAST(? AS DATE) AS data_date, CAST(? AS DATE) AS clock_date, CAST(? AS DATE) AS complete_since",
            [inputs.version, inputs.status, inputs.data_date, inputs.data_date, inputs.complete_since],
        )
        for table in SIDE_TABLES:
            con.execute(table)
