"""All data rows of one file under the declared columns, as text and as values."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.column import Column, Source
from etl.contract import credit_code, spots
from etl.contract.header import OVERFLOW, Sheet
from etl.contract.values import parser
from etl.reading.grid import Mask, filled

ARROW = {"whole": pa.int64(), "number": pa.float64(), "date": pa.date32(), "month": pa.date32()}
# Cells of this form need no reading: the text is the value.
AS_IS = {
    "text": r"^[0-9A-Za-z_\-]{1,40}$",
    "name": r"^[^\s].{0,400}$",
    "person_key": "^[0-9a-f]{64}$",
}
UNCLEAR_MONTH = r"^\d{4}\.1$"


@dataclass(frozen=True)
class Frame:
    """Rows of one file. `text`, `values` and `damaged` (cells that Excel has spoilt) go by column key.

    `spots`: column key -> kind -> cells whose value is not what it seems (etl.contract.spots).
    `longer`: rows of a CSV that are longer than its header, so that nobody knows which cell is which.
    """

    source: Source
    sheets: list[Sheet]
    sheet_of: npt.NDArray[np.int64]
    row_numbers: npt.NDArray[np.int64]
    text: dict[str, pa.Array]
    values: dict[str, pa.Array]
    damaged: dict[str, Mask]
    spots: dict[str, dict[str, Mask]]
    longer: Mask

    def __len__(self) -> int:
        return len(self.row_numbers)


@dataclass(frozen=True)
class Fault:
    """Rows that break one rule at one column. `waiting`: they may become good when other files arrive."""

    rows: Mask
    column: str
    expected: str | Callable[[int], str]
    waiting: bool = False

    def phrase(self, row: int) -> str:
        return self.expected if isinstance(self.expected, str) else self.expected(row)


def assemble(sheets: list[Sheet]) -> Frame:
    """Rows below the headers that hold anything, of all sheets, with every cell read as its type."""
    source = sheets[0].source
    kept = [_kept(sheet) for sheet in sheets]
    text, values, damaged, seen = {}, {}, {}, {}
    for column in source.sheet_columns:
        parts = [_some(_cells(s, column.key), k) for s, k in zip(sheets, kept, strict=True)]
        cells = parts[0] if len(parts) == 1 else pa.concat_arrays(parts)
        found = _spots(column, sheets, kept)
        seeming = np.any([*found.values(), np.zeros(len(cells), bool)], axis=0)
        spoilt = _spoilt(column, cells, sheets, kept) & ~seeming
        readable = _without(cells, spoilt | seeming)
        text[column.key], damaged[column.key], seen[column.key] = cells, spoilt, found
        values[column.key] = read_cells(column, readable)
    sheet_of = np.concatenate([np.full(k.sum(), i) for i, k in enumerate(kept)])
    row_numbers = np.concatenate([s.grid.row_numbers[k] for s, k in zip(sheets, kept, strict=True)])
    longer = np.concatenate([_longer(s)[k] for s, k in zip(sheets, kept, strict=True)])
    return Frame(source, sheets, sheet_of, row_numbers, text, values, damaged, seen, longer)


def read_cells(column: Column, text: pa.Array) -> pa.Array:
    """Values of one column; null where the cell is empty or not what the column expects.

    Python sees each different text once, and none that is already in its final form.
    """
    kind = ARROW.get(column.type, pa.string())
    ready = _ready(column, text)
    if ready is not None and bool(ready.all()):
        return text
    rest = text if ready is None else pc.if_else(pa.array(ready), pa.scalar(None, pa.string()), text)
    words = rest.dictionary_encode()
    read = parser(column)
    parsed = pa.array([read(word) for word in words.dictionary.to_pylist()], kind).take(words.indices)
    return parsed if ready is None else pc.if_else(pa.array(ready), text, parsed)


def _ready(column: Column, text: pa.Array) -> Mask | None:
    """Cells whose text is the value; None where every cell must be read."""
    if column.type == "uscc":
        return credit_code.sound(text)
    form = AS_IS.get("name" if column.type == "text" and not column.exact else column.type)
    if form is None:
        return None
    same: Mask = pc.fill_null(pc.match_substring_regex(text, form), False).to_numpy(zero_copy_only=False)
    return same


def _spots(column: Column, sheets: list[Sheet], kept: list[Mask]) -> dict[str, Mask]:
    parts = [spots.marked(sheet, column) for sheet in sheets]
    return {
        kind: np.concatenate(
            [part.get(kind, np.zeros(len(k), bool))[k] for part, k in zip(parts, kept, strict=True)]
        )
        for kind in {kind for part in parts for kind in part}
    }


def _spoilt(column: Column, text: pa.Array, sheets: list[Sheet], kept: list[Mask]) -> Mask:
    """Cells that may have lost digits: identifiers stored as numbers; 2023.1, which may have been 2023.10.

    A CSV does not tell its numbers: there a month of that form may have passed through Excel too.
    """
    stored = np.concatenate([_stored(s, column.key)[k] for s, k in zip(sheets, kept, strict=True)])
    if column.exact:
        return stored
    if column.type != "month":
        return np.zeros(len(stored), dtype=bool)
    from_csv = np.concatenate([np.full(k.sum(), not s.grid.sheet) for s, k in zip(sheets, kept, strict=True)])
    unclear = pc.fill_null(pc.match_substring_regex(text, UNCLEAR_MONTH), False)
    return (stored | from_csv) & unclear.to_numpy(zero_copy_only=False)


def _kept(sheet: Sheet) -> Mask:
    kept = filled(sheet.grid.columns, len(sheet.grid))
    kept[: sheet.header + 1] = False
    return kept


def _without(cells: pa.Array, those: Mask) -> pa.Array:
    """The same cells with those made empty."""
    return pc.if_else(pa.array(those), pa.scalar(None, pa.string()), cells) if those.any() else cells


def _some(cells: pa.Array, kept: Mask) -> pa.Array:
    """The cells of the rows kept; without a copy where they are all that follow the first of them."""
    first = int(kept.argmax())
    return cells.slice(first) if kept[first:].all() else cells.filter(pa.array(kept))


def _longer(sheet: Sheet) -> Mask:
    """In a workbook a cell beside the table is a note; in a CSV it is a comma that nobody quoted."""
    labels = sheet.grid.row(sheet.header)
    over = [i for i, label in enumerate(labels) if label == OVERFLOW]
    rest = [] if sheet.grid.sheet else range(sheet.width, len(labels))
    beside = [sheet.grid.columns[place] for place in (*over, *rest)]
    return filled(beside, len(sheet.grid))


def _cells(sheet: Sheet, key: str) -> pa.Array:
    if key not in sheet.places:
        return pa.nulls(len(sheet.grid), pa.string())
    return sheet.grid.columns[sheet.places[key]]


def _stored(sheet: Sheet, key: str) -> Mask:
    if key not in sheet.places:
        return np.zeros(len(sheet.grid), dtype=bool)
    return sheet.grid.stored_as_number(sheet.places[key])
