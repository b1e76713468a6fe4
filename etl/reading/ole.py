"""Chains of sectors in an OLE file ([MS-CFB]): one in a circle would be followed until the memory ends."""

import struct

import numpy as np
import numpy.typing as npt

from etl.reading.grid import Unreadable

HEADER = 76  # after it, the places of the first 109 sectors of the allocation table
Links = npt.NDArray[np.int64]


def refuse_circles(data: bytes) -> None:
    """Raises Unreadable for a circle in the allocation table or in that of the small streams."""
    data = data.ljust(512, b"\0")
    size = 1 << min(16, struct.unpack_from("<H", data, 30)[0])
    heads = [place for place in struct.unpack_from("<109I", data, HEADER) if place < 0xFFFFFFFA]
    table = _joined(data, size, heads)
    _refuse(table)
    place, small = struct.unpack_from("<I", data, 60)[0], []
    while place < len(table):
        small.append(place)
        place = int(table[place])
    _refuse(_joined(data, size, small))


def _joined(data: bytes, size: int, sectors: list[int]) -> Links:
    """Entry -> next sector, of a table that lies in these sectors."""
    parts = [data[(place + 1) * size : (place + 2) * size] for place in sectors]
    whole = b"".join(part[: len(part) // 4 * 4] for part in parts)
    return np.frombuffer(whole, dtype="<u4").astype(np.int64)


def _refuse(table: Links) -> None:
    """Jump twice as far each time: after as many steps as there are sectors every chain has ended."""
    end = len(table)
    links = np.append(np.where(table < end, table, end), end)
    for _ in range(end.bit_length()):
        links = links[links]
    if bool((links < end).any()):
        raise Unreadable("工作簿打不开：内容已损坏，请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。")
