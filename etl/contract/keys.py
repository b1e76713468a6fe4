"""Rules between rows: one record per key and county, and references to records that exist."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt
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

NEAR = 5  # rows named of those with the same key


def repeats(frame: Frame) -> Iterator[Fault]:
    """The same row twice: the later one goes. Different rows under one key: nobody knows which, all go."""
    complete = np.all([given(frame.values[key]) for key in frame.source.key], axis=0)
    rows = pd.DataFrame({"key": _numbered(frame, frame.source.key)})[complete]
    rows = rows[rows["key"].duplicated(keep=False)]
    rows["content"] = _numbered(frame, frame.values, rows.index)
    alike = rows.groupby("key")["content"].transform("nunique") == 1
    same, other = np.zeros(len(frame), bool), np.zeros(len(frame), bool)
    same[rows.index[alike & rows["key"].duplicated()]] = True
    other[rows.index[~alike]] = True
    first = rows.groupby("key").head(NEAR + 2).groupby("key").groups
    others = partial(_others, frame, rows["key"], first)
    key, label = frame.source.key[0], quoted(frame.source, frame.source.key)
    yield Fault(same, key, lambda row: f"没有重复的行（{label}与第{others(row)}行完全相同）")
    yield Fault(other, key, lambda row: f"唯一的{label}（与第{others(row)}行冲突，只保留正确的一行）")


def _others(frame: Frame, keys: pd.Series, first: Mapping[Hashable, pd.Index], row: int) -> str:
    """`first`: by key its first rows, enough to name some and to see whether there are more."""
    others = [str(frame.row_numbers[other]) for other in first[keys[row]] if other != row]
    return "、".join(others[:NEAR]) + ("等" if len(others) > NEAR else "")


def _numbered(frame: Frame, keys: Iterable[str], rows: pd.Index | None = None) -> npt.NDArray[np.int64]:
    """Rows (or some of them) with the same values in these columns, and they alone, have the same number."""
    number = np.zeros(len(frame) if rows is None else len(rows), dtype=np.int64)
    for key in keys:
        cells = frame.values[key]
        words = (cells if rows is None else cells.take(pa.array(rows, pa.int64()))).dictionary_encode()
        codes = pc.fill_null(words.indices, len(words.dictionary)).to_numpy(zero_copy_only=False)
        number = pd.factorize(number * (len(words.dictionary) + 1) + codes)[0]
    return number


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
