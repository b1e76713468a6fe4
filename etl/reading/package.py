"""What lies in a workbook's package (zip, or OLE before 2007): looked at before the parser unpacks it."""

import io
import re
import struct
import zipfile
import zlib
from typing import NoReturn

from etl.reading.grid import Unreadable
from etl.reading.ole import refuse_circles

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A 2 MB zip bomb unpacks to gigabytes: the table of contents tells before anything is unpacked.
MOST_UNPACKED, MOST_RATIO, MOST_ENTRIES = 300_000_000, 100, 2_000
ODD_NAME = re.compile(r"^/|\\|:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, struct.error)
RESAVE = "请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。"


def old_book(data: bytes) -> None:
    """Refuse an OLE file that is locked by a password, carries macros or runs in circles."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("工作簿加了打开密码，没有读取；请取消密码后另存，再重新发送。")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        _macros()
    refuse_circles(data)


def new_book(data: bytes) -> dict[str, bytes]:
    """The parts of an xlsx that hold text, by lower-case name, whole and with their check sums compared.

    Raises:
        Unreadable: not a workbook, not whole, or what no office program writes.
    """
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        entries = book.infolist()
        _refuse_bombs(entries)
        _refuse_entries(entries)
        parts = {e.filename.lower(): book.read(e) for e in entries if e.filename.endswith((".xml", ".rels"))}
    except BROKEN as error:
        raise Unreadable("工作簿打不开：文件不完整或在传输中损坏，请重新发送。") from error
    _refuse_parts(parts)
    return parts


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(f"工作簿里有{len(entries)}个部分，正常的不超过{MOST_ENTRIES}个，没有读取；{RESAVE}")
    if unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise Unreadable("工作簿解压后异常大，没有读取；请删去多余的格式和空行后另存，或拆成几份。")


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("工作簿加了密码，没有读取；请取消密码后另存，再重新发送。")
    if any(ODD_NAME.search(entry.orig_filename) for entry in entries):
        raise Unreadable(f"工作簿的压缩包里有不正常的文件名，没有读取；{RESAVE}")
    if len(set(names)) < len(names):
        raise Unreadable(f"工作簿的压缩包里有重名的部分，没有读取；{RESAVE}")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        _macros()
    if "xl/workbook.xml" not in names:
        raise Unreadable("内容不是 Excel 工作簿（xlsx），请用 Excel 或 WPS 另存为 xlsx 后重新发送。")


def _refuse_parts(parts: dict[str, bytes]) -> None:
    for part in parts.values():
        if b"<!DOCTYPE" in part[:65_536]:  # it stands before the root; the parser expands none
            raise Unreadable(f"工作簿里有实体定义（DTD），正常的工作簿没有，没有读取；{RESAVE}")
        if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in part[:200]:
            raise Unreadable(f"工作簿内部的文字不是 UTF-8 编码，没有读取；{RESAVE}")


def _macros() -> NoReturn:
    raise Unreadable("工作簿带有宏，没有读取；请另存为不含宏的 xlsx 后重新发送。")
