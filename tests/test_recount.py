"""The demonstration files, read and counted again without the warehouse: the cockpit must show the same."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cockpit import codes
from cockpit.value import value
from etl.ledger import batches
from etl.sources import SOURCES
from tests.demo_root import demo_root

Record = dict[str, Any]
Count = Callable[["Inbox", str, date, date], tuple[int, int | None]]
DATA_DATE = date(2023, 6, 30)
FOREVER = date.max
PLACES = ("330500", "330522", "330521102")
PERIODS = {
    "2023-H1": (date(2023, 1, 1), DATA_DATE),
    "2022-H2": (date(2022, 7, 1), date(2022, 12, 31)),
    "2023-W20": (date(2023, 5, 15), date(2023, 5, 21)),
}
RANKS = {level: rank for rank, level in enumerate(codes.LEVELS)}


def _sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    if path.suffix == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        yield "", [list(row) for row in csv.reader(io.StringIO(text))]
        return
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        if sheet.title not in ("示例", "填写说明"):
            yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    parts = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?", str(cell).strip())
    assert parts, cell  # 2023-06-30, 2023/6/30, 2023.6.30, 2023年6月30日, 20230630
    return date(*map(int, parts.groups()))


def _told(kind: str, words: dict[str, str], cell: Any) -> Any:
    """A cell as what it means: date, number, truth, code, text; None when blank."""
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    if kind == "date":
        return _day(cell)
    if kind == "whole":
        return int(float(text.replace(",", "")))
    return text == "是" if kind == "flag" else words.get(text, text)


class Inbox:
    """What the files say, without the rows that were sent back; a later row replaces one of the same key."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: dict[str, dict[tuple[Any, ...], Record]] = defaultdict(dict)
        for batch in batches(root):
            if batch.source and not batch.refused:
                sent_back = {(s.sheet, s.row) for s in batch.sentences}
                for sheet, grid in _sheets(root / "inbox" / batch.file):
                    self._take(batch.source, grid, {row for where, row in sent_back if where == sheet})
        self.cover = self._grouped("contract_coverage", "uscc")
        self.joint = self._grouped("union_coverage", "uscc")
        self.own = self._grouped("union", "uscc")

    def _take(self, source: str, grid: list[list[Any]], sent_back: set[int | None]) -> None:
        columns = {column.label: column for column in SOURCES[source].columns}
        names = [str(cell).strip() for cell in grid[1]]  # under the title row
        for number, row in enumerate(grid[2:], start=3):
            if number in sent_back or not any(cell not in (None, "") for cell in row):
                continue
            record: Record = {}
            for name, cell in zip(names, row, strict=False):
                column = columns[name]
                words = {word: code for code, word in column.codes.items()}
                record[column.key] = _told(column.type, words, cell)
            self.rows[source][tuple(record[key] for key in SOURCES[source].key)] = record

    def _grouped(self, source: str, key: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.rows[source].values():
            found[record[key]].append(record)
        return found

    def of(self, source: str, place: str) -> list[Record]:
        prefix = "3305" if place == "330500" else place
        return [r for r in self.rows[source].values() if r["town"].startswith(prefix)]

    def contracts(self, uscc: str, day: date) -> list[tuple[Record, int]]:
        """Contracts on wages in force over an enterprise on a day, each with the workers it covers."""
        rows = [r for r in self.cover[uscc] if _on(r["covered_from"] or date.min, r["covered_to"], day)]
        found = [(self.rows["contract"][(row["contract_id"],)], row["workers"]) for row in rows]
        return [(contract, workers) for contract, workers in found if _in_force(contract, day)]

    def unionised(self, uscc: str, day: date) -> bool:
        if any(_on(union["approved_on"], union["dissolved_on"], day) for union in self.own[uscc]):
            return True
        rows = [row for row in self.joint[uscc] if _on(row["covered_from"], row["covered_to"], day)]
        unions = (self.rows["union"][(row["union_id"],)] for row in rows)
        return any(_on(union["approved_on"], union["dissolved_on"], day) for union in unions)

    def firms(self, place: str, day: date) -> list[Record]:
        return [e for e in self.of("enterprise", place) if _on(e["opened_on"], e["closed_on"], day)]

    @cache  # noqa: B019 - one inbox per run
    def promotions(self) -> list[Record]:
        best: dict[tuple[str, str], int] = {}
        found = []
        certificates = self.rows["certificate"].values()
        for row in sorted(certificates, key=lambda r: (r["issued_on"], RANKS[r["level"]])):
            key, rank = (row["person_key"], row["occupation_code"]), RANKS[row["level"]]
            if key in best and rank > best[key]:
                found.append(row)
            best[key] = max(rank, best.get(key, rank))
        return found


def _on(first: date, end: date | None, day: date) -> bool:
    return first <= day < (end or FOREVER)


def _in_force(contract: Record, day: date) -> bool:
    filed = contract["filed_on"]
    first = contract["effective_on"] or (filed and filed + timedelta(15))
    ends = min(contract["ends_on"] or FOREVER, contract["terminated_on"] or FOREVER)
    return bool(contract["topic"] in ("wage", "nengji") and first and first <= day < ends)


def promotions(inbox: Inbox, place: str, start: date, end: date) -> tuple[int, None]:
    prefix = "3305" if place == "330500" else place
    rows = (r for r in inbox.promotions() if r["town"].startswith(prefix))
    return sum(start <= r["issued_on"] <= end for r in rows), None


def covered(inbox: Inbox, place: str, _start: date, end: date) -> tuple[int, None]:
    return sum(bool(inbox.contracts(e["uscc"], end)) for e in inbox.firms(place, end)), None


def bargain_rate(inbox: Inbox, place: str, _start: date, end: date) -> tuple[int, int]:
    with_union = [e["uscc"] for e in inbox.firms(place, end) if inbox.unionised(e["uscc"], end)]
    return sum(bool(inbox.contracts(uscc, end)) for uscc in with_union), len(with_union)


def nengji_workers(inbox: Inbox, place: str, _start: date, end: date) -> tuple[int, None]:
    over = (inbox.contracts(e["uscc"], end) for e in inbox.firms(place, end))
    return sum(max((n for c, n in all_ if c["topic"] == "nengji"), default=0) for all_ in over), None


def expiring(inbox: Inbox, place: str, _start: date, end: date) -> tuple[int, None]:
    rows = (c for c in inbox.of("contract", place) if _in_force(c, end))
    return sum((c["ends_on"] - end).days <= 90 for c in rows), None


def mapped(inbox: Inbox, place: str, _start: date, end: date) -> tuple[int, int]:
    rows = [s for s in inbox.of("station", place) if _on(s["opened_on"], s["closed_on"], end)]
    rows = [s for s in rows if s["accepted_on"] and s["accepted_on"] <= end]
    return sum(s["on_gaode"] or s["on_baidu"] or s["on_tencent"] for s in rows), len(rows)


COUNTS: dict[str, Count] = {
    "skill_promotions": promotions,
    "enterprises_covered": covered,
    "wage_bargain_rate": bargain_rate,
    "nengji_workers": nengji_workers,
    "contracts_expiring_90d": expiring,
    "mapped_rate": mapped,
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Inbox:
    return Inbox(demo_root(tmp_path_factory))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", COUNTS)
def test_the_cockpit_shows_what_the_files_say(inbox: Inbox, key: str, place: str, period: str) -> None:
    numerator, denominator = COUNTS[key](inbox, place, *PERIODS[period])
    told = value(inbox.root, key, place, period)
    assert (told["numerator"], told["denominator"]) == (numerator, denominator)
