"""Judging one file: every violation at once, good rows apart from bad ones."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow.compute as pc

from etl.contract import keys, outcome, places, privacy, remarks, rules, sentences, strays, voids
from etl.contract.frame import Fault, Frame, assemble
from etl.contract.header import DEPTH, NEVER_DATA, Misfit, Sheet, recognise
from etl.contract.known import Known
from etl.contract.sentences import FileVerdict, Sentence
from etl.personal import masked
from etl.reading import Unreadable, peek, read
from etl.reading.grid import seen

__all__ = [
    "FileVerdict",
    "Head",
    "Known",
    "Opened",
    "Sentence",
    "head_of",
    "judge",
    "open_file",
    "shown_name",
]

# What the first rows tell: source and 数据截至, each None when they do not.
Head = tuple[str | None, date | None]


@dataclass(frozen=True)
class Opened:
    """A file read and recognised, not yet judged: refused whole, or with sheets that all hold one source."""

    file: str
    sheets: tuple[Sheet, ...] = ()
    refusal: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    status: str = "reported"

    @property
    def head(self) -> Head:
        return _head(self.sheets)

    @property
    def rows(self) -> int:
        """Below the headers."""
        return sum(len(sheet.grid) - sheet.header - 1 for sheet in self.sheets)

    @property
    def nbytes(self) -> int:
        """Of its cells in memory."""
        return sum(column.nbytes for sheet in self.sheets for column in sheet.grid.columns)


def open_file(path: Path, file: str) -> Opened:
    """Read a file and find its source. `file` is how verdicts call it."""
    shown = shown_name(file)
    if os.fsencode(file).decode("utf-8", "replace") != file:
        why = "文件名不是UTF-8编码，整份退回；请打开后以新的文件名另存，再重发"
        return Opened(shown, refusal=(sentences.whole(shown, why),))
    try:
        book = read(path)
    except Unreadable as reason:
        return Opened(shown, refusal=(sentences.whole(shown, str(reason)),))
    found = [recognise(grid) for grid in book.sheets]
    found_personal = privacy.refusals(shown, file, found, book.asides)
    if found_personal:
        return Opened(shown, refusal=tuple(found_personal), status=_status(found))
    data = [s for s in found if s.grid.sheet not in NEVER_DATA and len(s.grid) and not s.grid.hidden]
    sheets = [sheet for sheet in data if isinstance(sheet, Sheet)]
    misfits = [sheet for sheet in data if isinstance(sheet, Misfit)]
    fate = "没有读取" if sheets else "整份退回"
    notes = tuple(sentences.whole(shown, f"{m.reason}，{fate}", sheet=m.grid.sheet) for m in misfits)
    notes += tuple(remarks.notes(shown, found))
    if sheets:
        refusal = _whole(shown, sheets)
    else:
        refusal = notes or (sentences.whole(shown, "没有任何数据，整份退回"),)
    return Opened(shown, () if refusal else tuple(sheets), refusal, notes, _status(found))


def shown_name(file: str) -> str:
    """How verdicts call a file: nothing invisible, nothing that looks personal."""
    told = os.fsencode(file).decode("utf-8", "replace")
    return "/".join(masked(" ".join(seen(part).split())) for part in told.split("/"))


def _status(found: list[Sheet | Misfit]) -> str:
    """'demo' when a sheet's title says 演示数据; without a known header, when its first rows do."""
    return "demo" if any(_is_demo(item) for item in found) else "reported"


def _is_demo(item: Sheet | Misfit) -> bool:
    if isinstance(item, Sheet):
        return item.title.demo
    rows = range(min(DEPTH, len(item.grid)))
    return any("演示数据" in (cell or "") for row in rows for cell in item.grid.row(row))


def head_of(path: Path) -> Head:
    """What a CSV seems to hold, from its first rows; nothing when that takes a verdict to tell."""
    try:
        found = [recognise(grid) for grid in peek(path)]
    except (Unreadable, OSError):
        return None, None
    return _head(tuple(sheet for sheet in found if isinstance(sheet, Sheet)))


def _head(sheets: tuple[Sheet, ...]) -> Head:
    dates = [sheet.title.as_of for sheet in sheets if sheet.title.as_of]
    return sheets[0].source.name if sheets else None, max(dates, default=None)


def _whole(file: str, sheets: list[Sheet]) -> tuple[Sentence, ...]:
    """Why readable sheets are refused together all the same."""
    labels = sorted({sheet.source.label for sheet in sheets})
    if len(labels) > 1:
        return (sentences.whole(file, f"一份文件只能有一种数据，这里有“{'”“'.join(labels)}”，请分开发送"),)
    return tuple(
        sentences.whole(file, "标题中“数据截至”的日期认不出，应如2023-06-30", s.title.unread, s.grid.sheet)
        for s in sheets
        if s.title.unread
    )


def judge(opened: Opened, known: Known, today: date, newest: Mapping[str, date]) -> FileVerdict:
    """All violations of a file, and its good rows.

    `newest`: status -> latest 数据截至 so far; it stands in for a file with neither a title nor a date.
    """
    if opened.refusal:
        return FileVerdict(opened.file, status=opened.status, refused=True, sentences=opened.refusal)
    frame, status = assemble(list(opened.sheets)), opened.status
    as_of = _as_of(frame, today) or (newest.get(status, today) if len(frame) else None)
    if as_of and as_of > today:
        return _too_early(opened, frame.source.name, as_of)
    if other := _other_key(opened, known):
        return FileVerdict(opened.file, frame.source.name, status=status, refused=True, sentences=(other,))
    faults = strays.told(frame, list(_faults(frame, known, status, as_of or today)))
    found = outcome.verdict(opened.file, frame, faults, as_of, status)
    return replace(
        found, sentences=(*opened.notes, *found.sentences), key_id=next(iter(_key_ids(opened)), None)
    )


def _too_early(opened: Opened, source: str, as_of: date) -> FileVerdict:
    why = "“数据截至”的日期在将来，整份退回，请核对；日期无误的，到那一天会自动重新核对"
    late = sentences.whole(opened.file, why, as_of.isoformat())
    refused = FileVerdict(opened.file, source, status=opened.status, refused=True, sentences=(late,))
    return replace(refused, not_before=as_of.isoformat())


def _key_ids(opened: Opened) -> set[str]:
    return {sheet.title.key_id for sheet in opened.sheets if sheet.title.key_id}


def _other_key(opened: Opened, known: Known) -> Sentence | None:
    """Person keys of two keys must not meet: one person would be counted as two."""
    own, accepted = _key_ids(opened), known.key_ids(opened.status)
    if len(own | accepted) < 2 or own <= accepted:
        return None
    told = f"与已收下的（{'、'.join(sorted(accepted))}）" if accepted else "各表"
    why = f"人员标识用的密钥{told}不同，同一个人会被数成两个人，整份退回；请用全市统一的密钥重做"
    return sentences.whole(opened.file, why, "、".join(sorted(own)))


def _faults(frame: Frame, known: Known, status: str, as_of: date) -> Iterator[Fault]:
    yield from voids.spared(frame, _of_content(frame, known, status, as_of))
    yield from keys.repeats(frame)
    yield from voids.told(frame, known, status)


def _of_content(frame: Frame, known: Known, status: str, as_of: date) -> Iterator[Fault]:
    yield from rules.cells(frame)
    yield from rules.order(frame)
    yield from rules.needs(frame)
    yield from rules.clock(frame, as_of)
    yield from rules.fractions(frame)
    yield from keys.taken(frame, known, status)
    yield from keys.references(frame, known, status)
    yield from keys.agreement(frame, known, status)
    yield from places.declared(frame, known, status)
    yield from places.coordinates(frame)


def _as_of(frame: Frame, today: date) -> date | None:
    """The title's 数据截至, else the latest date on which something has happened."""
    titles = [sheet.title.as_of for sheet in frame.sheets if sheet.title.as_of]
    if titles:
        return max(titles)
    happened = [c.key for c in frame.source.columns if c.type in ("date", "month") and not c.future]
    past = [pc.max(v.filter(pc.less_equal(v, today))).as_py() for v in (frame.values[k] for k in happened)]
    return max((day for day in past if day), default=None)
