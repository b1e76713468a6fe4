"""Rules between rows: one record per key and county, and references to records that exist."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cockpit import districts
from etl.contract.frame import Fault, Frame
from etl.contract.known import NUMBERED, Known
from etl.contract.rules import given, mask
from etl.contract.values import areas
from etl.contract.wording import quoted
from etl.sources import SOURCES


def repeats(frame: Frame) -> Iterator[Fault]:
    """The same row twice: the later one goes. Different rows under one key: nobody knows which, all go."""
    groups = _groups(frame)
    same, other = np.zeros(len(frame), bool), np.zeros(len(frame), bool)
    for rows in groups:
        contents = {tuple(values[row].as_py() for values in frame.values.values()) for row in rows}
        (same if len(contents) == 1 else other)[rows[1:] if len(contents) == 1 else rows] = True
    group = {row: rows for rows in groups for row in rows}
    key, label = frame.source.key[0], quoted(frame.source, frame.source.key)
    yield Fault(
        same,
        key,
        lambda row: f"没有重复的行（{label}与第{_others(frame, group[row], row)}行完全相同）",
    )
    yield Fault(
        other,
        key,
        lambda row: f"唯一的{label}（与第{_others(frame, group[row], row)}行冲突，只保留正确的一行）",
    )


def _groups(frame: Frame) -> list[list[int]]:
    """Rows that share a complete key with another row, together."""
    number = np.zeros(len(frame), dtype=np.int64)
    complete = np.ones(len(frame), dtype=bool)
    for key in frame.source.key:
        words = frame.values[key].dictionary_encode()
        complete &= given(frame.values[key])
        codes = pc.fill_null(words.indices, 0).to_numpy(zero_copy_only=False)
        number = number * (len(words.dictionary) + 1) + codes
    shared = pd.Series(number[complete]).duplicated(keep=False).to_numpy()
    groups: dict[int, list[int]] = {}
    for row in np.flatnonzero(complete)[shared]:
        groups.setdefault(int(number[row]), []).append(int(row))
    return list(groups.values())


def _others(frame: Frame, rows: list[int], row: int) -> str:
    numbers = [str(frame.row_numbers[other]) for other in rows if other != row]
    return "、".join(numbers[:5]) + ("等" if len(numbers) > 5 else "")


def taken(frame: Frame, known: Known, status: str) -> Iterator[Fault]:
    """Numbers under which another county's record stands: only a file of the whole city may move a record."""
    source = frame.source
    if source.name not in NUMBERED:
        return
    key = source.key[0]
    place = pc.index_in(frame.values[key], value_set=known.keys(source.name, status))
    there = pc.utf8_slice_codeunits(known.towns(source.name, status).take(place), 0, 6)
    here = pc.utf8_slice_codeunits(frame.values["town"], 0, 6)
    citys = np.array([sheet.title.district == districts.ROOT.code for sheet in frame.sheets], dtype=bool)
    rows = mask(pc.not_equal(here, there)) & ~citys[frame.sheet_of]
    label, names = source.column(key).label, areas()
    yield Fault(
        rows,
        key,
        lambda row: (
            f"没有被其他区县使用的{label}（该编号已由{names[there[row].as_py()]}使用；"
            f"记录确实改属别的区县的，由{districts.ROOT.name}的文件报送）"
        ),
    )


def references(frame: Frame, known: Known, status: str) -> Iterator[Fault]:
    """Values that point at a record nobody has sent."""
    for column in frame.source.columns:
        if column.references is None:
            continue
        parent = SOURCES[column.references[0]]
        there = pc.is_in(frame.values[column.key], value_set=known.keys(parent.name, status))
        orphan = given(frame.values[column.key]) & ~mask(there)
        expected = f"已报送并接受的“{parent.label}”中有的{parent.column(column.references[1]).label}"
        yield Fault(orphan, column.key, expected, waiting=True)


def agreement(frame: Frame, known: Known, status: str) -> Iterator[Fault]:
    """Values that contradict the record they refer to; they may become right when that is corrected."""
    for reference, condition, code, column in frame.source.agrees:
        parents = frame.source.column(reference).references
        assert parents is not None
        parent = SOURCES[parents[0]]
        place = pc.index_in(frame.values[reference], value_set=known.keys(parent.name, status))
        kind = known.column(parent.name, condition, status).take(place)
        theirs = known.column(parent.name, column, status).take(place)
        differs = mask(pc.and_(pc.equal(kind, code), pc.not_equal(frame.values[column], theirs)))
        word, label = parent.column(condition).codes[code], parent.column(column).label
        expected = f"“{parent.label}”里这份{word}合同的{label}（{word}合同只覆盖自己的企业，请核对两处）"
        yield Fault(differs, column, expected, waiting=True)


def towns(frame: Frame, known: Known, status: str) -> tuple[str, pa.Array]:
    """(column, town or district code per row): the row's own, else of the first record it refers to."""
    own = frame.source.place
    if own is not None:
        return own, frame.values[own]
    column = next(c for c in frame.source.columns if c.references)
    assert column.references is not None
    place = pc.index_in(frame.values[column.key], value_set=known.keys(column.references[0], status))
    return column.key, known.towns(column.references[0], status).take(place)
