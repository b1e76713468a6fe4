"""CSV by pyarrow; what is not rectangular goes through the standard library's slower reader."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice, zip_longest

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from etl.reading.grid import Grid, Unreadable, tidy

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Chinese in UTF-8, two characters or more, between other signs.
CHINESE = re.compile(rb"(?<![\x80-\xff])(?:[\xe4-\xe9][\x80-\xbf]{2}){2,}(?![\x80-\xff])")
RESAVE = "请用 Excel 或 WPS 打开、核对后另存为 xlsx。"
UNPAIRED = f"CSV 的引号或换行不成对，{RESAVE}"
HEAD = 10  # records read one by one: titles above the header are narrower than the table


def read_csv(data: bytes) -> Grid:
    """A whole file as one grid.

    Raises:
        Unreadable: neither UTF-8 nor GB18030, or quotes that do not close.
    """
    data = _utf8(data)
    _refuse_other_marks(data)
    try:
        head, rest = _split(data)
        width = max((len(record) for record in head), default=0)
        try:
            columns, numbers = _rectangular(rest, width, len(head))
        except pa.ArrowInvalid:  # a record wider or narrower than the table
            head, columns = list(csv.reader(_lines(data))), []
            numbers = np.array([], dtype=np.int64)
            width = max(len(record) for record in head)
    except csv.Error as error:
        raise Unreadable(UNPAIRED) from error
    above = [pa.array(cells, pa.string()) for cells in zip_longest(*head, [None] * width)] if width else []
    above = [column.slice(0, len(head)) for column in above]
    joined = [pa.concat_arrays([a, b]) for a, b in zip(above, columns, strict=True)] if columns else above
    row_numbers = np.concatenate([np.arange(1, len(head) + 1, dtype=np.int64), numbers])
    if b'"' in data:
        _refuse_swallowed(joined)
    return Grid("", [tidy(column) for column in joined], row_numbers)


def _utf8(data: bytes) -> bytes:
    """UTF-16 and UTF-8 by their marks, then UTF-8, then GB18030; line ends of every kind made one."""
    try:
        if data.startswith(UTF_16):
            data = data.decode("utf-16").encode("utf-8")
        data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            _refuse_mixed(data, error.start)
            data = data.decode("gb18030").encode("utf-8")
    except UnicodeError as error:
        raise Unreadable("文字编码认不出（不是 UTF-8 也不是 GB18030），请另存为 xlsx。") from error
    if b"\0" in data:
        raise Unreadable(f"文件里有空字节（NUL），多半在保存或传输中损坏，没有读取；{RESAVE}")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _refuse_mixed(data: bytes, other: int) -> None:
    """Chinese in UTF-8 within a file that is not: read as GB18030 it would become other characters.

    True GB18030 hardly ever has that form, and then of common characters, those of GB 2312. `other`: place of
    the first byte that is no UTF-8.
    """
    for found in CHINESE.finditer(data):
        try:
            found[0].decode("gb2312")
        except UnicodeDecodeError:
            line = data.count(b"\n", 0, other) + 1
            why = f"文字编码前后不一致（第{line}行有的字不是 UTF-8，别处是），没有读取；{RESAVE}"
            raise Unreadable(why) from None


def _refuse_other_marks(data: bytes) -> None:
    """Columns kept apart by something else would be one column."""
    head = data[:4096]
    others = {"制表符": b"\t", "分号": b";", "全角逗号": "，".encode()}
    for told, mark in others.items():
        if b"," not in head and head.count(mark) > 1:
            raise Unreadable(f"各列之间用的是{told}，应为半角逗号；{RESAVE}")


def _lines(data: bytes) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def _split(data: bytes) -> tuple[list[list[str]], bytes]:
    """The first records, and the bytes after them."""
    used = 0

    def counted() -> Iterator[str]:
        nonlocal used
        for line in io.BytesIO(data):
            used += len(line)
            yield line.decode("utf-8")

    head = list(islice(csv.reader(counted()), HEAD))
    return head, data[used:]


def _refuse_swallowed(columns: list[pa.Array]) -> None:
    """A quote that nobody closed takes the lines after it into its cell, and no row would be missed."""
    for column in columns:
        broken = column.filter(pc.fill_null(pc.match_substring(column, "\n"), False))
        if any(cell.count(",") >= max(1, len(columns) - 1) for cell in broken.to_pylist()):
            raise Unreadable(UNPAIRED)


def _rectangular(rest: bytes, width: int, above: int) -> tuple[list[pa.Array], npt.NDArray[np.int64]]:
    """Columns and row numbers of the records below the head; blank lines are left out."""
    blank: list[int] = []

    def uneven(record: pa.csv.InvalidRow) -> str:
        if record.text.strip() or record.number is None:
            return "error"
        blank.append(record.number)
        return "skip"

    if not rest.strip():
        return [], np.array([], dtype=np.int64)
    names = [str(i) for i in range(width)]
    table = pa.csv.read_csv(
        io.BytesIO(rest),
        pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=1 << 23),
        pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=uneven),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    records = np.arange(1, table.num_rows + len(blank) + 1, dtype=np.int64)
    kept = np.delete(records, np.array(blank, dtype=np.int64) - 1) + above
    return [column.combine_chunks() for column in table.columns], kept
