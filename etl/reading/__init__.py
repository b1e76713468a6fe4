"""A file of any kind -> grids of text cells that still know their sheet, row and column."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.reading.child import parse_apart
from etl.reading.csv_file import read_csv
from etl.reading.excel_file import read_excel
from etl.reading.grid import Book, Grid, Unreadable
from etl.reading.package import OLE, ZIP

__all__ = ["SUFFIXES", "Book", "Grid", "Unreadable", "peek", "read"]
SUFFIXES = (".xlsx", ".xls", ".csv")
HEAD_BYTES = 65_536
MOST_BYTES = 200_000_000


def read(path: Path) -> Book:
    """All sheets of a workbook, or the one grid of a CSV.

    The content decides, not the name: an .xls that holds an xlsx is read as what it is.

    Raises:
        Unreadable: a Chinese sentence, without the file's name.
    """
    with _openable():
        before = _refuse(path)
    book = parse_apart(_parse, path)
    with _openable():
        same = _state(path) == before
    if not same:
        raise Unreadable("文件在读取时还在变化（可能没有复制完），没有读取；请等复制完成后重新发送。")
    return book


@contextmanager
def _openable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreadable("文件打不开（没有权限、已被移走或磁盘出错），没有读取；请重新发送。") from error


def peek(path: Path) -> list[Grid]:
    """The first rows of a CSV: enough to recognise its header. Nothing of what only looks like one."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return []
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return [] if head.startswith((ZIP, OLE)) else [read_csv(head[: head.rfind(b"\n") + 1] or head)]


def _refuse(path: Path) -> tuple[int, int, int]:
    """Look at the name and the kind before anything is opened: opening a pipe would wait for ever."""
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(f"不认识的文件类型“{path.suffix[:10]}”，请另存为 xlsx、xls 或 csv。")
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise Unreadable("这是指向别处的链接，没有读取；请把文件本身放进来。")
    if not stat.S_ISREG(mode):
        raise Unreadable("这不是普通文件（是文件夹、管道或设备），没有读取；请把文件本身放进来。")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"文件超过{MOST_BYTES // 1_000_000}兆，请拆成几份。")
    return _state(path)


def _state(path: Path) -> tuple[int, int, int]:
    """What changes when somebody writes: number on the disk, size and time."""
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


def _parse(path: Path) -> Book:
    """In the child. One reading of the disk, so that everything is told of the same content."""
    with _openable():
        data = path.read_bytes()
    if data.startswith((ZIP, OLE)):
        return read_excel(data)
    if path.suffix.lower() != ".csv":
        raise Unreadable("内容不是 Excel 工作簿（可能是网页导出的假 xls），请用 Excel 或 WPS 另存为 xlsx。")
    return Book([read_csv(data)])
