"""Faults -> the verdict: good rows as they are stored, bad ones as sentences."""

from datetime import date

import numpy as np
import pyarrow as pa

from etl.contract import places, sentences, voids
from etl.contract.frame import Fault, Frame
from etl.contract.sentences import FileVerdict, Sentence
from etl.reading.grid import Mask


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
    """One sentence per broken rule and cell, in the order of the rows."""
    order = [column.key for column in frame.source.sheet_columns]
    broken = [(int(row), order.index(f.column), f) for f in faults for row in np.flatnonzero(f.rows)]
    broken.sort(key=lambda item: item[:2])
    return tuple(
        sentences.cell(
            file,
            frame.sheets[frame.sheet_of[row]].grid.sheet,
            int(frame.row_numbers[row]),
            frame.source.column(fault.column).label,
            frame.text[fault.column][row].as_py(),
            fault.phrase(row),
        )
        for row, _, fault in broken
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
