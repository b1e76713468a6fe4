"""xlsx and xls by fastexcel."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import fastexcel
import numpy as np
import pyarrow as pa

from etl.reading.child import parse_apart
from etl.reading.grid import Grid, Unreadable, tidy

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A 2 MB zip bomb unpacks to gigabytes: look at the table of contents before unpacking anything.
MOST_UNPACKED, MOST_RATIO, MOST_ENTRIES = 300_000_000, 100, 2_000


def is_excel(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (ZIP, OLE)


def read_excel(path: Path) -> list[Grid]:
    """Every sheet, hidden ones too.

    Raises:
        Unreadable: damaged, protected by a password, or larger unpacked than a real workbook is.
    """
    return parse_apart(_parse, path)


def _parse(path: Path) -> list[Grid]:
    _refuse_bombs(path)
    try:
        return [_read_sheet(path, name) for name in fastexcel.read_excel(str(path)).sheet_names]
    except fastexcel.FastExcelError as error:
        raise Unreadable("工作簿打不开：已损坏或加了密码，请用 Excel 或 WPS 另存为 xlsx。") from error


def _refuse_bombs(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) != ZIP:
            return
    try:
        entries = zipfile.ZipFile(path).infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("工作簿打不开：文件不完整，请重新发送。") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise Unreadable("工作簿解压后异常大，没有读取；请删去多余的格式和空行后另存，或拆成几份。")


def _read_sheet(path: Path, name: str) -> Grid:
    """Twice at once: as text, and as booleans, which only cells stored as numbers give."""
    with ThreadPoolExecutor(1) as other:
        typed = other.submit(_load, path, name, "boolean")
        columns = _load(path, name, "string")
    numbers = {i: column.is_valid().to_numpy(zero_copy_only=False) for i, column in typed.result().items()}
    length = max((len(column) for column in columns.values()), default=0)
    empty = pa.nulls(length, pa.string())
    width = max(columns, default=-1) + 1
    tidied = [tidy(columns[i]) if i in columns else empty for i in range(width)]
    return Grid(name, tidied, np.arange(1, length + 1), numbers)


def _load(path: Path, name: str, dtype: Literal["boolean", "string"]) -> dict[int, pa.Array]:
    """Position in the sheet -> cells from row 1 on (skip_rows=0 keeps leading blank rows)."""
    book = fastexcel.read_excel(str(path))
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes=dtype)
    places = [info.absolute_index for info in sheet.selected_columns]
    return dict(zip(places, sheet.to_arrow().columns, strict=True))
