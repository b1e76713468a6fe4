"""Workbooks: reading, judging and typing one, beside the bare fastexcel reader on the same file.

python -m bench.workbooks [scale ...]      scale 55 has a workbook of 100,000 rows

Time by the clock, and CPU time of this process and of the one that parses: the first tells little on a busy
machine. Memory is the most that either has held.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import fastexcel

from bench.prepared import folder
from bench.served import machine
from etl import reading
from etl.check import check_files
from etl.demo import write_inbox

REPEATS = 5
TICKS = os.sysconf("SC_CLK_TCK")


def bare(path: Path) -> int:
    """All sheets as text, as fast as the reader can; returns rows."""
    book = fastexcel.read_excel(path)
    return sum(book.load_sheet(name, dtypes="string", header_row=None).height for name in book.sheet_names)


def children() -> list[str]:
    told = [
        task.joinpath("children").read_text("utf-8").split() for task in Path("/proc/self/task").iterdir()
    ]
    return [child for of in told for child in of]


def computed() -> float:
    """CPU seconds so far, of this process and its children; see proc(5)."""
    stats = [Path(f"/proc/{who}/stat").read_text("utf-8") for who in ("self", *children())]
    return sum(int(part) for stat in stats for part in stat.rpartition(")")[2].split()[11:13]) / TICKS


def most_held(who: str) -> int:
    """MB."""
    lines = Path(f"/proc/{who}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def spent(action: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of computing."""
    begun, used = time.perf_counter(), computed()
    action()
    return 1000 * (time.perf_counter() - begun), 1000 * (computed() - used)


def largest(scale: int) -> Path:
    """The largest workbook that no other file must come before."""
    inbox = folder(scale) / "inbox"
    if not inbox.exists():
        write_inbox(inbox, scale=scale)
    return max(inbox.rglob("*企业.xlsx"), key=lambda file: file.stat().st_size)


def measure(scale: int) -> None:
    path = largest(scale)
    nowhere = path.parent / "none"
    actions = (lambda: bare(path), lambda: reading.read(path), lambda: check_files(nowhere, [path]))
    reading.read(path)  # starts the child
    told = [[spent(action) for action in actions] for _ in range(REPEATS)]
    clock, work = ([statistics.median(of[i][axis] for of in told) for i in range(3)] for axis in (0, 1))
    held = f"{most_held('self')} + {'/'.join(str(most_held(child)) for child in children())}"
    for what, (floor, read, judged) in (("clock", clock), ("CPU", work)):
        print(
            f"{scale:>5}{bare(path):>9}{what:>7}{floor:>9.0f}{read:>9.0f}{judged:>10.0f}"
            f"{read / floor:>11.2f}{judged / floor:>13.2f}   {held}"
        )


if __name__ == "__main__":
    print(machine())
    print("scale     rows   time  bare ms  read ms  judged ms  read/bare  judged/bare   MB parent + child")
    for each in sys.argv[1:] or ["1", "20", "55"]:
        measure(int(each))
