"""The return workbook: the sender's own file, every error marked, ready to be corrected and sent again."""

import os
import re
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import is_zipfile

from etl.answer import copied, rewritten
from etl.answer.plan import Plan, planned
from etl.contract import FileVerdict
from etl.reading import Grid, Unreadable, read
from etl.reading.child import parse_apart

__all__ = ["free_place", "write"]


def write(path: Path, verdict: FileVerdict, out: Path) -> Path | None:
    """Write the return workbook of one judged file to `out`, an xlsx; None when nothing was said of the file.

    First sheet 退回说明: every sentence, with what to do and a link to the cell. Then the sheets of the file,
    faulty cells coloured and commented. What looks personal is masked on every sheet. Values, formats, widths
    and merged cells are all that is carried over: no formula, macro, link, picture, comment or property.
    `path` is only read. An earlier `out` is replaced whole.

    Raises:
        OSError: `out` cannot be written.
    """
    if not verdict.sentences:
        return None
    grids = _grids(path)
    drawn = planned(grids, verdict)
    with TemporaryDirectory(dir=out.parent, prefix=".answer-") as folder:
        made = Path(folder) / out.name
        if not (grids and is_zipfile(path) and _copied(path, drawn, made)):
            rewritten.draw(grids, drawn, made)
        os.replace(made, out)
    return out


def free_place(folder: Path, file: str) -> Path:
    """A path in `folder` for the return workbook of `file`, as verdicts call it, that is not taken."""
    stem = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]", "_", Path(file).stem)[:80]
    marks = chain([""], (f"_{number}" for number in count(2)))
    numbered = (folder / f"退回_{stem}{mark}.xlsx" for mark in marks)
    return next(path for path in numbered if not path.exists())


def _grids(path: Path) -> list[Grid]:
    """The file as the contract has read it; nothing when it cannot be read, and is never opened again."""
    try:
        return read(path).sheets
    except Unreadable:
        return []


def _copied(path: Path, drawn: Plan, made: Path) -> bool:
    """False when the workbook's formats cannot be read (they are damaged, say): its cells go without."""
    try:
        parse_apart(partial(copied.draw, drawn=drawn, made=made), path)
    except Unreadable:
        return False
    return True
