"""The order in which files that came together are judged."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from etl import contract
from etl.contract import Head, Opened
from etl.sources import SOURCES

MOST_HELD = 64 * 1024**2  # bytes of cells, of all files that wait for their turn together


def in_order(
    paths: list[Path], name: Callable[[Path], str], reading: Callable[[Path], None] = lambda path: None
) -> Iterator[tuple[Path, Opened]]:
    """Files read: what others refer to comes first, and of one source the latest 数据截至 last.

    A workbook has to be read whole to tell its source. Those that are small together are kept, the others are
    read again when their turn comes, as a CSV is: memory must not depend on how many came. `reading` is told
    of each file that is about to be read.
    """
    ranks = {source: rank for rank, source in enumerate(SOURCES)}

    def opened(path: Path) -> Opened:
        reading(path)
        return contract.open_file(path, name(path))

    heads, books = _heads(paths, opened)

    def place(path: Path) -> tuple[int, date, Path]:
        source, as_of = heads[path]
        return ranks.get(source or "", len(ranks)), as_of or date.min, path

    for path in sorted(paths, key=place):
        yield path, books.pop(path) if path in books else opened(path)


def _heads(paths: list[Path], read: Callable[[Path], Opened]) -> tuple[dict[Path, Head], dict[Path, Opened]]:
    """What the first rows of every file tell, and the workbooks kept."""
    heads: dict[Path, Head] = {}
    books: dict[Path, Opened] = {}
    left = MOST_HELD
    for path in paths:
        if path.suffix.lower() == ".csv":
            heads[path] = contract.head_of(path)
            continue
        opened = read(path)
        heads[path] = opened.head
        if opened.nbytes <= left:
            books[path], left = opened, left - opened.nbytes
    return heads, books
