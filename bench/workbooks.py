"""Workbooks: reading, judging and typing one, beside the bare fastexcel reader on the same file.

python -m bench.workbooks [scale ...]
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import fastexcel

from bench.prepared import prepared
from bench.served import machine
from etl import reading
from etl.check import check_files

REPEATS = 5


def bare(path: Path) -> int:
    """All sheets as text, as fast as the reader can; returns rows."""
    book = fastexcel.read_excel(path)
    return sum(book.load_sheet(name, dtypes="string", header_row=None).height for name in book.sheet_names)


def milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def measure(scale: int) -> None:
    """The largest workbook that no other file must come before."""
    inbox = prepared(scale) / "inbox"
    path = max(inbox.rglob("*企业.xlsx"), key=lambda file: file.stat().st_size)
    nowhere = inbox / "none"
    told = [
        (
            milliseconds(lambda: bare(path)),
            milliseconds(lambda: reading.read(path)),
            milliseconds(lambda: check_files(nowhere, [path])),
        )
        for _ in range(REPEATS)
    ]
    floor, read, judged = (statistics.median(column) for column in zip(*told, strict=True))
    print(
        f"{scale:>5}{bare(path):>9}{floor:>9.0f}{read:>9.0f}{judged:>10.0f}"
        f"{read / floor:>11.2f}{judged / floor:>13.2f}"
    )


if __name__ == "__main__":
    print(machine())
    print("scale     rows  bare ms  read ms  judged ms  read/bare  judged/bare")
    for each in sys.argv[1:] or ["1", "20"]:
        measure(int(each))
