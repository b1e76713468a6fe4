"""One published version of the warehouse, opened read-only."""

import os
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from cockpit.pace import Target

CHINA = timezone(timedelta(hours=8))
PLAN = ", ".join(f"plan_{month:02d}" for month in range(1, 13))
COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns ORDER BY table_name, ordinal_position"
)
REMEMBERED = 256


def today() -> date:
    """Today in China, whatever the server's clock zone."""
    return datetime.now(CHINA).date()


@dataclass(frozen=True)
class Info:
    """The row of table `info`."""

    version: str
    built_at: datetime
    status: str
    data_date: date
    clock_date: date
    complete_since: date


@dataclass(frozen=True)
class SourceInfo:
    """A source as the handbook tells it; data older than `rhythm_days` is stale."""

    label: str
    rhythm_days: int
    meaning: str


class Snapshot:
    """One published version, open read-only. It closes itself when nobody holds it any more.

    states: (source, county) -> date of the data; no key = never reported. targets: (indicator, district,
    year) -> Target. columns: table -> its columns. memo: sums already measured (see measure.py).
    """

    def __init__(self, path: Path, today: Callable[[], date] = today) -> None:
        self._con = duckdb.connect(str(path), read_only=True)
        weakref.finalize(self, self._con.close)
        self._con.execute("SET memory_limit = '1GB'")
        self._con.execute(f"SET threads = {min(4, os.cpu_count() or 1)}")
        self._today = today
        self.info = Info(
            *self.rows("SELECT version, built_at, status, data_date, clock_date, complete_since FROM info")[0]
        )
        self.version = self.info.version
        self.memo: dict[Any, Any] = {}
        self._settled: dict[Any, Any] = {}
        self._read_side_tables()

    def _read_side_tables(self) -> None:
        self.states: dict[tuple[str, str], date] = {
            (source, county): as_of
            for source, county, as_of in self.rows("SELECT source, county, as_of FROM source_state")
        }
        self.sources = {
            source: SourceInfo(*rest)
            for source, *rest in self.rows("SELECT source, label, rhythm_days, meaning FROM source")
        }
        self.targets = {
            (indicator, district, year): Target(annual, tuple(plan), document)
            for indicator, district, year, annual, document, *plan in self.rows(
                f"SELECT indicator, district, year, annual, document, {PLAN} FROM target"
            )
        }
        self.columns: dict[str, list[str]] = {}
        for table, column in self.rows(COLUMNS):
            self.columns.setdefault(table, []).append(column)

    @property
    def clock_date(self) -> date:
        """The day freshness is judged against: the demonstration's own last day, else today."""
        return self.info.clock_date if self.info.status == "demo" else self._today()

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Result rows as tuples; every call has a cursor of its own, so threads do not meet."""
        with self._con.cursor() as cursor:
            return cursor.execute(sql, list(params)).fetchall()

    def query(self, sql: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """The result as a frame."""
        with self._con.cursor() as cursor:
            return cursor.execute(sql, list(params)).df()

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` returned for this key, kept as long as the snapshot and bounded in number."""
        if key not in self.memo:
            if len(self.memo) >= REMEMBERED:
                self.memo = {}
            self.memo[key] = make()
        return self.memo[key]

    def settle(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` returned for one of a few keys, kept as long as the snapshot."""
        if key not in self._settled:
            self._settled[key] = make()
        return self._settled[key]
