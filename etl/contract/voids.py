"""Rows that withdraw a record (作废): of a known record, of the own county, that nothing refers to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from cockpit import districts
from etl.contract.frame import Fault, Frame
from etl.contract.known import PARENTS, Known
from etl.contract.rules import mask
from etl.contract.values import areas
from etl.contract.wording import quoted
from etl.reading.grid import Mask
from etl.sources import SOURCES


def rows(frame: Frame) -> Mask:
    return mask(pc.equal(frame.values["void"], "yes"))


def spared(frame: Frame, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults of the content do not hold up a withdrawal: only its key, and 作废 itself, must be right."""
    kept = {*frame.source.key, "void"}
    judged = ~rows(frame)
    for fault in faults:
        whole = fault.column in kept and not fault.waiting
        yield fault if whole else replace(fault, rows=fault.rows & judged)


def told(frame: Frame, known: Known, status: str) -> Iterator[Fault]:
    """What a withdrawal itself may break."""
    voided = rows(frame)
    if not voided.any():
        return
    source, keys = frame.source, list(frame.source.key)
    own = pd.DataFrame({key: frame.values[key].to_pandas() for key in keys})
    past = known.rows(source.name, status)
    latest = past[past["void"] != "yes"].drop_duplicates(keys)
    found = own.merge(latest, on=keys, how="left", indicator="met")
    there = (found["met"] == "both").to_numpy()
    label = quoted(source, source.key)
    yield Fault(voided & ~there, keys[0], f"已报送并接受的记录的{label}（要作废的记录没有找到，请核对）")
    county, declared = _county(frame, found, known, status), _declared(frame)
    nameless = "由标题写明区县的文件作废的记录（标题没有写明一个区县，如“德清县”，这一行没有作废）"
    yield Fault(voided & (declared == ""), "void", nameless)
    bound = ~np.isin(declared, ["", districts.ROOT.code])  # the city may withdraw any
    names, foreign = areas(), voided & there & bound & (county != declared)
    yield Fault(foreign, keys[0], lambda row: f"本区县报送的记录（这条属于{names.get(county[row], '别处')}）")
    if source.name in PARENTS:
        yield from _referred(frame, voided & there, known, status)


def _county(frame: Frame, found: pd.DataFrame, known: Known, status: str) -> np.ndarray:
    """Six digits per row, of the record that a row withdraws; None where unknown."""
    place = frame.source.place
    if place:
        return found[place].str[:6].to_numpy(dtype=object)
    column = next(c for c in frame.source.columns if c.references)
    assert column.references is not None
    parent, key = column.references
    past = known.rows(parent, status)
    towns = past[past["void"] != "yes"].drop_duplicates(key).set_index(key)["town"]
    return found[column.key].map(towns).str[:6].to_numpy(dtype=object)


def _declared(frame: Frame) -> np.ndarray:
    """District code per row that its sheet's title names; "" where it names none, or more than one county."""
    return np.array([sheet.title.district or "" for sheet in frame.sheets], dtype=object)[frame.sheet_of]


def _referred(frame: Frame, voided: Mask, known: Known, status: str) -> Iterator[Fault]:
    """Records that others still refer to: those go first, or come along in the same upload."""
    parent = frame.source.name
    for child in SOURCES.values():
        for column in child.columns:
            if column.references and column.references[0] == parent:
                past = known.rows(child.name, status).drop_duplicates(list(child.key))
                used = past[past["void"] != "yes"][column.key].value_counts()
                own = frame.values[column.references[1]].to_pandas()
                count = own.map(used).fillna(0).to_numpy()
                phrase = partial(_still, child.label, count)
                yield Fault(voided & (count > 0), column.references[1], phrase, waiting=True)


def _still(label: str, count: np.ndarray, row: int) -> str:
    return f"没有别的记录引用的（“{label}”还有{int(count[row])}条引用它，请先作废那些记录，或一并上报）"
