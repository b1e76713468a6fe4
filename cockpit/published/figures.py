"""Published figures: the numbers that public documents state.

They are never mixed with counted figures. Each keeps the document's own words, its precision and its traps.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from cockpit import numbers
from cockpit.published.words import PRECISIONS, TRAPS

SOURCE = Path(__file__).resolve().parents[2] / "data" / "reference" / "published_figures.csv"


@dataclass(frozen=True)
class Figure:
    """One published number: `value` in base units, `written` in the document's words, `locator` its line."""

    id: str
    place_code: str
    place: str
    period_start: date
    period_end: date
    period_kind: str
    measure_kind: str
    topic: str
    indicator: str
    label: str
    value: float
    unit: str
    precision: str
    written: str
    document: str
    title: str
    locator: str
    trap: str
    note: str

    @property
    def period(self) -> str:
        """2023年上半年, 2020年, 2018—2022年累计, 截至2023-06-30, 到2025年的目标."""
        start, end = self.period_start.year, self.period_end.year
        words = {
            "half_year": f"{end}年{'上' if self.period_end.month <= 6 else '下'}半年",
            "five_years": f"{start}—{end}年累计",
            "point": f"截至{self.period_end:%Y-%m-%d}",
            "goal": f"到{end}年的目标",
        }
        return words.get(self.period_kind, f"{end}年")

    @property
    def amount(self) -> str:
        """The value as the document vouches for it: '10,000家以上' where it wrote 1万余家."""
        return f"{numbers.figure(self.value, self.unit)}{PRECISIONS[self.precision]}"

    @property
    def basis(self) -> tuple[str, str, str]:
        """What must be the same before two figures may be compared."""
        return self.measure_kind, self.period_kind, self.unit

    @property
    def caveats(self) -> list[str]:
        """What a reader must know beside this figure: its trap, then the note."""
        return [words for words in (TRAPS.get(self.trap, ""), *self.note.split("；")) if words]


def _figure(row: dict[str, str]) -> Figure:
    """One row of the file, column by column in the order of the fields."""
    start, end = (date.fromisoformat(row.pop(name)) for name in ("period_start", "period_end"))
    return Figure(period_start=start, period_end=end, value=float(row.pop("value")), **row)


@cache
def figures() -> tuple[Figure, ...]:
    """All published figures, in the order of the documents."""
    with SOURCE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_figure(row) for row in csv.DictReader(file))


def select(place: str = "", topic: str = "", year: str = "") -> list[Figure]:
    """The figures of a place (6-digit code), a topic and a year of reporting; an empty word means all."""
    return [
        f
        for f in figures()
        if place in ("", f.place_code) and topic in ("", f.topic) and year in ("", str(f.period_end.year))
    ]


def choices() -> dict[str, dict[str, str]]:
    """Filter -> code -> words: places and topics in document order, years newest first."""
    years = sorted({str(f.period_end.year) for f in figures()}, reverse=True)
    return {
        "place": {f.place_code: f.place for f in figures()},
        "topic": {f.topic: f.topic for f in figures()},
        "year": {year: f"{year}年" for year in years},
    }
