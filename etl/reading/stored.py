"""Which cells of a sheet are stored as numbers, from its own text; the parser's text does not tell.

All in Arrow and numpy, beside the parser and at a quarter of the cost of letting it parse the sheet again.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.reading.grid import Mask

START = b'<c r="'
# A cell that starts in another way, as ECMA-376 allows: no attribute r, or not first, a prefix, odd blanks.
OTHER_START = rb'<(?:[^<>\s/]*:c[\s/>]|c(?:[\t\r\n/>]| (?:[^r]|r[^=]|r=[^"])))'
# A formula or a hidden row. Looked for together with the former, as most sheets have neither.
TRAITS = rb"<(?:[^<>\s/]*:)?(?:f[\s/>]|row\s[^>]*hidden)"
PLAIN = rb'(?: (?:s|cm|vm|ph)="\d*")*'
PLACE = rb'^[A-Z]{1,3}[1-9]\d{0,6}"' + PLAIN
NUMBER = PLACE + rb'(?: t="[nb]")?' + PLAIN + rb" ?/?>"
NO_NUMBER = PLACE + rb' t="(?:s|str|inlineStr|e|d)"' + PLAIN + rb" ?/?>"
# What a cell stored as a number or boolean reads as, unless its format makes a date or time of it.
DIGITS = r"^(?:[-+]?\d[0-9.]*(?:[eE][-+]?\d+)?|true|false|[-+]?(?:NaN|inf))$"
WIDEST = 10  # XFD1048576
Places = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def usual(part: bytes) -> bool:
    """No cell that starts in another way, no formula, nothing hidden: one pass over the sheet."""
    return not pc.match_substring_regex(whole(part), OTHER_START + b"|" + TRAITS)[0].as_py()


def places(part: bytes, plain: bool = False) -> Places | None:
    """Rows and columns (from 0) of the cells whose type is number or boolean, empty ones and dates too.

    None when the sheet is written in a way that this reading does not know: the parser must tell then.
    `plain`: it is known to be `usual`.
    """
    text = whole(part)
    if not plain and pc.match_substring_regex(text, OTHER_START)[0].as_py():
        return None
    cells = pc.split_pattern(text, START).values[1:]
    # Most cells of most sheets are texts: what they are is asked first.
    rest = cells.filter(pc.invert(pc.match_substring_regex(cells, NO_NUMBER)))
    return _parsed(rest) if pc.all(pc.match_substring_regex(rest, NUMBER), min_count=0).as_py() else None


def numbers_of(found: Places, columns: dict[int, pa.Array]) -> dict[int, Mask]:
    """Column -> its cells that are stored as numbers and read as such."""
    rows, at = found
    marked = {}
    for place, column in columns.items():
        mask = np.zeros(len(column), dtype=bool)
        own = rows[at == place]
        mask[own[own < len(column)]] = True
        shown = column.filter(pa.array(mask))
        digits = pc.fill_null(pc.match_substring_regex(shown, DIGITS), False)
        mask[mask] = digits.to_numpy(zero_copy_only=False)
        marked[place] = mask
    return marked


def whole(part: bytes) -> pa.Array:
    """The whole part as one value, without a copy."""
    ends = pa.py_buffer(np.array([0, len(part)], dtype=np.int64).tobytes())
    return pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(part)])


def _parsed(cells: pa.Array) -> Places:
    """F12" and what follows -> row 11, column 5; sixteen bytes follow every start of a cell."""
    ends = np.frombuffer(cells.buffers()[1], dtype=np.int64)[cells.offset :][: len(cells)]
    held = np.frombuffer(cells.buffers()[2], dtype=np.uint8) if len(cells) else np.zeros(0, np.uint8)
    row, column = np.zeros((2, len(cells)), dtype=np.int64)
    inside = np.ones(len(cells), dtype=bool)
    for step in range(WIDEST):
        sign = held[np.minimum(ends + step, len(held) - 1)].astype(np.int64)
        inside &= sign != ord('"')
        letter, digit = inside & (sign >= ord("A")), inside & (sign <= ord("9"))
        column = np.where(letter, column * 26 + sign - 64, column)
        row = np.where(digit, row * 10 + sign - 48, row)
    return row - 1, column - 1
