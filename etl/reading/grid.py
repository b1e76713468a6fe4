"""The common form of everything read: columns of text."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]


class Unreadable(Exception):
    """The file cannot be read at all; args[0] is a Chinese sentence."""


@dataclass(frozen=True)
class Grid:
    """One sheet. `columns` hold trimmed text, null where a cell is empty; all have one length.

    `row_numbers` count as Excel shows them, from 1. `numbers[i]` marks the cells of column i that Excel
    stores as numbers; in a CSV there are none.
    """

    sheet: str
    columns: list[pa.Array]
    row_numbers: npt.NDArray[np.int64]
    numbers: dict[int, Mask] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def stored_as_number(self, column: int) -> Mask:
        return self.numbers.get(column, np.zeros(len(self), dtype=bool))

    def row(self, index: int) -> list[str | None]:
        return [column[index].as_py() for column in self.columns]


def tidy(column: pa.Array) -> pa.Array:
    """Surrounding blanks (full-width ones too) away, empty cells null."""
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def filled(columns: list[pa.Array], length: int) -> Mask:
    """Rows that hold anything."""
    some = np.zeros(length, dtype=bool)
    for column in columns:
        some |= column.is_valid().to_numpy(zero_copy_only=False)
    return some
