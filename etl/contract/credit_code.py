"""统一社会信用代码 (GB 32100-2015), many at a time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from etl.reading.grid import Mask

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
VALUES = np.full(256, 0, dtype=np.int64)
VALUES[[ord(c) for c in ALPHABET]] = range(31)
FORM = "^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$"


def sound(column: pa.Array) -> Mask:
    """Cells that are a whole code with the right check character, exactly as written.

    Says the same as `stdnum.cn.uscc` for compact upper-case codes, a hundred times faster.
    """
    formed = pc.fill_null(pc.match_substring_regex(column, FORM), False)
    mask: Mask = formed.to_numpy(zero_copy_only=False).copy()
    codes = column.filter(formed)
    held = np.frombuffer(codes.buffers()[2] or b"", dtype=np.uint8)[: 18 * len(codes)]
    values = VALUES[held].reshape(-1, 18)
    mask[mask] = (31 - values[:, :17] @ WEIGHTS % 31) % 31 == values[:, 17]
    return mask


def compact(text: str) -> str | None:
    """The code without blanks and hyphens, in capitals; None when it is none. Source: python-stdnum."""
    try:
        return str(uscc.validate(text))
    except ValidationError:
        return None
