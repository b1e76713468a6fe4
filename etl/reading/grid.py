"""The common form of everything read: columns of text."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
# Format and control characters (Unicode Cf and Cc) that nobody sees and that make two of one number; the
# bytes with which any of them starts in UTF-8 tell quickly that a column has none.
UNSEEN = r"[\x{00}-\x{08}\x{0E}-\x{1F}\x{7F}-\x{9F}\p{Cf}]"
ABOVE_ASCII = (
    b"\xe2\x80",
    b"\xe2\x81",
    b"\xef\xbb\xbf",
    b"\xef\xbf\xb9",
    b"\xc2",
    b"\xd8\x9c",
    b"\xe1\xa0\x8e",
)
CONTROL = bytes([*range(9), *range(14, 32), 127])


class Unreadable(Exception):
    """The file cannot be read at all; args[0] is a Chinese sentence."""


@dataclass(frozen=True)
class Spot:
    """A block of cells (indices of the grid, both ends included) whose value is not what it seems."""

    kind: Literal["merged", "uncomputed"]
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """One sheet. `columns` hold trimmed text, null where a cell is empty; all have one length.

    `row_numbers` count as Excel shows them, from 1. `numbers[i]` marks the cells of column i that Excel
    stores as numbers; in a CSV there are none. `spots`: merged cells, formulas without a result. `hidden`:
    the whole sheet; `hidden_rows` by number. `linked`: formulas read other files. `since_1904`: serials count
    from there.
    """

    sheet: str
    columns: list[pa.Array]
    row_numbers: npt.NDArray[np.int64]
    numbers: dict[int, Mask] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    linked: bool = False
    since_1904: bool = False

    def __len__(self) -> int:
        return len(self.row_numbers)

    def stored_as_number(self, column: int) -> Mask:
        return self.numbers.get(column, np.zeros(len(self), dtype=bool))

    def row(self, index: int) -> list[str | None]:
        return [column[index].as_py() for column in self.columns]


@dataclass(frozen=True)
class Book:
    """A file read. `asides`: (what it is, text) of a workbook's text beside the cells, such as 批注."""

    sheets: list[Grid]
    asides: tuple[tuple[str, str], ...] = ()


def tidy(column: pa.Array) -> pa.Array:
    """What nobody sees and surrounding blanks (full-width ones too) away, empty cells null."""
    if _may_hide(column):
        column = pc.replace_substring_regex(column, UNSEEN, "")
    text = pc.utf8_trim_whitespace(column)
    blank = pc.equal(text, "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), text) if pc.any(blank).as_py() else text


def _may_hide(column: pa.Array) -> bool:
    held = np.frombuffer(column.buffers()[-1] or b"", dtype=np.uint8)
    if not len(held) or (held.min() >= 32 and held.max() < 127):
        return False
    text = held.tobytes()
    # One byte is found far faster than two, and most columns have none of the first ones.
    above = any(start[:1] in text and start in text for start in ABOVE_ASCII)
    return above or len(text.translate(None, CONTROL)) < len(text)


def seen(text: str) -> str:
    """One text as `tidy` leaves it; empty when nothing is left."""
    return tidy(pa.array([text], pa.string()))[0].as_py() or ""


def filled(columns: list[pa.Array], length: int) -> Mask:
    """Rows that hold anything."""
    some = np.zeros(length, dtype=bool)
    for column in columns:
        some |= column.is_valid().to_numpy(zero_copy_only=False)
    return some
