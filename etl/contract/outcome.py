"""Faults -> the verdict: good rows as they are stored, bad ones as sentences."""

from datetime import date

import numpy as np
import pyarrow as pa

from etl import personal
from etl.contract import places, sentences, voids
from etl.contract.frame import Fault, Frame
from etl.contract.sentences import FileVerdict, Sentence
from etl.reading.grid import Mask

MOST_TOLD = 20_000
MORE = "另有{}处问题没有逐条列出（涉及列出的之外{}行），请先改正以上各处，再按同样的办法检查全表后重发"


def verdict(file: str, frame: Frame, faults: list[Fault], as_of: date | None, status: str) -> FileVerdict:
    """Every row is accepted or rejected; a rejected one has at least one sentence."""
    bad = np.any([fault.rows for fault in faults], axis=0)
    lasting = np.any([fault.rows for fault in faults if not fault.waiting], axis=0)
    districts = {sheet.title.district for sheet in frame.sheets}
    return FileVerdict(
        file,
        frame.source.name,
        districts.pop() if len(districts) == 1 else None,
        as_of.isoformat() if as_of else None,
        status,
        read=len(frame),
        accepted=int((~bad).sum()),
        rejected=int(bad.sum()),
        waiting=int((bad & ~lasting).sum()),
        sentences=_told(file, frame, faults),
        rows=_rows(frame, ~bad, file, status),
    )


def _told(file: str, frame: Frame, faults: list[Fault]) -> tuple[Sentence, ...]:
    """One sentence per broken rule and cell, in the order of the rows: the first 20,000, and how many more.

    Nobody reads more at once, and a million of them would fill the memory.
    """
    order = [column.key for column in frame.source.sheet_columns]
    rows = [np.flatnonzero(fault.rows) for fault in faults]
    which = np.repeat(np.arange(len(faults)), [len(of) for of in rows])
    at = np.concatenate([*rows, np.zeros(0, np.int64)])
    columns = np.array([order.index(fault.column) for fault in faults], dtype=np.int64)[which]
    first = np.lexsort((columns, at))[:MOST_TOLD]
    told = [_sentence(file, frame, faults[which[i]], int(at[i])) for i in first]
    if len(at) > MOST_TOLD:
        more = len(np.unique(at)) - len(np.unique(at[first]))
        told.append(sentences.whole(file, MORE.format(len(at) - MOST_TOLD, more)))
    return tuple(told)


def _sentence(file: str, frame: Frame, fault: Fault, row: int) -> Sentence:
    """What is no person key may be a name or a mistyped ID number: it is never shown."""
    column, found = frame.source.column(fault.column), frame.text[fault.column][row].as_py()
    return sentences.cell(
        file,
        frame.sheets[frame.sheet_of[row]].grid.sheet,
        int(frame.row_numbers[row]),
        column.label,
        personal.MASK if found and column.type == "person_key" else found,
        fault.phrase(row),
    )


def _rows(frame: Frame, good: Mask, file: str, status: str) -> pa.Table:
    """Accepted rows with their file, sheet, row and status; stations with converted coordinates too."""
    columns = dict(frame.values)
    if frame.source.name == "station":
        columns["lon_wgs84"], columns["lat_wgs84"] = (
            pa.array(c) for c in places.wgs84(frame, good & ~voids.rows(frame))
        )
    names = pa.array([sheet.grid.sheet for sheet in frame.sheets], pa.string())
    size = len(frame)
    columns["_file"] = pa.array([file], pa.string()).take(pa.array(np.zeros(size, dtype=np.int64)))
    columns["_sheet"] = names.take(pa.array(frame.sheet_of))
    columns["_row"] = pa.array(frame.row_numbers)
    columns["_status"] = pa.array([status], pa.string()).take(pa.array(np.zeros(size, dtype=np.int64)))
    return pa.table(columns).filter(pa.array(good))
