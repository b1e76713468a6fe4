"""A file of any kind -> grids of text cells that still know their sheet, row and column."""

from pathlib import Path

from etl.reading.csv_file import read_csv
from etl.reading.excel_file import is_excel, read_excel
from etl.reading.grid import Grid, Unreadable

__all__ = ["SUFFIXES", "Grid", "Unreadable", "read"]
SUFFIXES = (".xlsx", ".xls", ".csv")
HEAD_BYTES = 65_536
MOST_BYTES = 500_000_000


def read(path: Path) -> list[Grid]:
    """All sheets of a workbook, or the one grid of a CSV.

    The content decides, not the name: an .xls that holds an xlsx is read as what it is.

    Raises:
        Unreadable: a Chinese sentence, without the file's name.
    """
    _refuse(path)
    return read_excel(path) if is_excel(path) else [read_csv(path.read_bytes())]


def peek(path: Path) -> list[Grid]:
    """The first rows of a CSV: enough to recognise its header. Nothing of what only looks like one."""
    if is_excel(path):
        return []
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return [read_csv(head[: head.rfind(b"\n") + 1] or head)]


def _refuse(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(f"不认识的文件类型“{path.suffix[:10]}”，请另存为 xlsx、xls 或 csv。")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"文件超过{MOST_BYTES // 1_000_000}兆，请拆成几份。")
    if path.suffix.lower() != ".csv" and not is_excel(path):
        raise Unreadable("内容不是 Excel 工作簿（可能是网页导出的假 xls），请用 Excel 或 WPS 另存为 xlsx。")
