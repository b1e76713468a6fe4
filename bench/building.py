"""Build: rows per second at several scales, beside a bare DuckDB read of the same accepted rows.

python -m bench.building [scale ...]
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench.prepared import prepared
from bench.served import machine
from etl.build import build
from etl.store import ingest

REPEATS = 3


def seconds(action: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of processor time."""
    begun, worked = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - begun, time.process_time() - worked


def bare_read(root: Path) -> int:
    """Every accepted row of the store into a table of its own; returns their number."""
    rows = 0
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/bare.duckdb") as con:
        for source in sorted(path for path in (root / "store").iterdir() if any(path.glob("*.parquet"))):
            files = f"read_parquet('{source}/*.parquet', union_by_name = true)"
            con.execute(f"CREATE TABLE bare_{source.name} AS SELECT * FROM {files}")
            found = con.execute(f"SELECT COUNT(*) FROM bare_{source.name}").fetchone()
            rows += found[0] if found else 0
    return rows


def once(inbox: Path) -> tuple[float, float, float, float, int]:
    """Seconds of judging and storing, of warehouse and checks, processor time of both; bare read; rows."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(inbox, root / "inbox")
        (root / "published").mkdir()
        storing, worked = seconds(lambda: ingest(root))
        warehouse, worked_too = seconds(lambda: build(root))
        rows: list[int] = []
        bare, _ = seconds(lambda: rows.append(bare_read(root)))
        return storing, warehouse, worked + worked_too, bare, rows[0]


def measure(scale: int) -> None:
    inbox = prepared(scale) / "inbox"
    told = [once(inbox) for _ in range(REPEATS)]
    storing, warehouse, worked, bare, rows = (statistics.median(column) for column in zip(*told, strict=True))
    whole = storing + warehouse
    print(
        f"{scale:>5}{rows:>10.0f}{storing:>9.2f}{warehouse:>11.2f}{whole:>8.2f}"
        f"{worked:>8.2f}{rows / whole:>10.0f}{1e6 * whole / rows:>12.1f}{bare:>8.2f}{warehouse / bare:>16.1f}"
    )


if __name__ == "__main__":
    print(machine())
    print(
        "scale      rows  store s  warehouse s  all s   CPU s    rows/s  µs per row  bare s  warehouse/bare"
    )
    for each in sys.argv[1:] or ["1", "5", "20"]:
        measure(int(each))
