"""Rules that one row can break by itself. Each yields the rows that break it, all rows at once."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cockpit.indicators import CATALOGUE
from etl.contract.frame import Fault, Frame
from etl.contract.spots import PHRASES
from etl.contract.wording import DAMAGED, expects
from etl.reading.grid import Mask

IN_PERCENT = [i.key for i in CATALOGUE.values() if i.unit == "%"]


def mask(condition: pa.Array) -> Mask:
    """Nulls count as not broken."""
    flags: Mask = pc.fill_null(condition, False).to_numpy(zero_copy_only=False)
    return flags


def given(cells: pa.Array) -> Mask:
    flags: Mask = cells.is_valid().to_numpy(zero_copy_only=False)
    return flags


def cells(frame: Frame) -> Iterator[Fault]:
    """Missing, unreadable, damaged by Excel, or out of place."""
    first = frame.source.columns[0].key
    yield Fault(frame.longer, first, "与表头一样长的一行（这一行多出了格，可能有逗号没有加引号）")
    for column in frame.source.sheet_columns:
        filled = given(frame.text[column.key])
        damaged = frame.damaged[column.key]
        seeming = np.any([*frame.spots[column.key].values(), np.zeros(len(frame), bool)], axis=0)
        if column.required:
            yield Fault(~filled & ~seeming, column.key, f"这一列必填，应为{expects(column)}")
        unread = filled & ~given(frame.values[column.key]) & ~damaged & ~seeming
        yield Fault(unread, column.key, expects(column))
        yield Fault(
            damaged, column.key, DAMAGED if column.exact else "2023-01 这样的月份（数字分不清1月和10月）"
        )
        yield from _seeming(frame, column.key)


def _seeming(frame: Frame, key: str) -> Iterator[Fault]:
    for kind, rows in frame.spots[key].items():
        shown, empty = PHRASES[kind]
        held = given(frame.text[key])
        yield Fault(rows & held, key, shown)
        yield Fault(rows & ~held, key, empty)


def order(frame: Frame) -> Iterator[Fault]:
    """Dates along `ordered` do not run backwards; a part does not exceed its whole."""
    for chain in frame.source.ordered:
        latest = frame.values[chain[0]]
        for before, key in pairwise(chain):
            label = frame.source.column(before).label
            value = frame.values[key]
            phrase = f"不早于前面各步（“{label}”等）的日期" if len(chain) > 2 else f"不早于“{label}”的日期"
            yield Fault(mask(pc.less(value, latest)), key, phrase)
            latest = pc.max_element_wise(latest, value, skip_nulls=True)
    for part, whole in frame.source.at_most:
        over = mask(pc.greater(frame.values[part], frame.values[whole]))
        yield Fault(over, part, f"不大于“{frame.source.column(whole).label}”的数")


def needs(frame: Frame) -> Iterator[Fault]:
    """Columns that another column's value calls for."""
    for key, code, other in frame.source.needs:
        column, wanted = frame.source.column(key), frame.source.column(other)
        when = given(frame.text[key]) if code is None else mask(pc.equal(frame.values[key], code))
        why = "填了" if code is None else f"为“{column.codes[code]}”"
        missing = when & ~given(frame.text[other])
        yield Fault(missing, other, f"“{column.label}”{why}时必填，应为{expects(wanted)}")


def fractions(frame: Frame) -> Iterator[Fault]:
    """Percent that Excel stores as fractions: a cell that shows 85% holds 0.85.

    A plan of 1 % by the end of January may be meant; a rate of 1 % as the target of a year is 100 %.
    """
    for key, indicator in frame.source.percents:
        value = frame.values[key]
        low = pc.less(value, 1) if indicator is None else pc.less_equal(value, 1)
        rows = mask(pc.and_(pc.greater(value, 0), low))
        if indicator is not None:
            rows &= mask(pc.is_in(frame.values[indicator], value_set=pa.array(IN_PERCENT)))
        yield Fault(rows, key, "百分数，85%应填85，不是0.85（单元格请用常规格式，不用百分比格式）")


def clock(frame: Frame, as_of: date) -> Iterator[Fault]:
    """What has happened lies not after the file's 数据截至; a month may have begun by then."""
    for column in frame.source.columns:
        if column.type not in ("date", "month") or column.future:
            continue
        limit = as_of if column.type == "date" else month_end(as_of)
        late = mask(pc.greater(frame.values[column.key], pa.scalar(limit, pa.date32())))
        yield Fault(late, column.key, f"不晚于数据截至日（{as_of}）的日期")


def month_end(day: date) -> date:
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(first_of_next.toordinal() - 1)
