"""What a leader should look at: behind plan, contracts about to expire, data that is missing or stale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cockpit import numbers, pace
from cockpit.districts import District
from cockpit.pace import Lamp
from cockpit.reading.reading import Reading

Kind = Literal["behind", "expiring", "missing", "stale"]
KINDS: dict[Kind, str] = {
    "behind": "落后计划",
    "expiring": "即将到期",
    "missing": "数据缺报",
    "stale": "数据过期",
}


@dataclass(frozen=True)
class Report:
    """How far a county's data of one source reaches; as_of None: never sent; late: past its rhythm."""

    district: District
    source: str
    as_of: date | None
    rhythm_days: int
    late: bool


@dataclass(frozen=True)
class Item:
    """One line of the list: what kind, its lamp, a sentence, and the page and query that show more."""

    kind: Kind
    lamp: Lamp
    sentence: str
    page: str
    query: Mapping[str, str]


def _item(kind: Kind, lamp: Lamp, sentence: str, reading: Reading) -> Item:
    return Item(kind, lamp, sentence, reading.indicator.theme, reading.slice.query())


def behind(readings: Iterable[Reading]) -> list[Item]:
    """Red and yellow lamps, furthest behind first."""
    late = [r for r in readings if r.gap is not None and r.lamp in ("red", "yellow")]
    late.sort(key=lambda r: r.gap or 0.0)
    return [_item("behind", r.lamp, _told_behind(r), r) for r in late]


def _told_behind(reading: Reading) -> str:
    assert reading.gap is not None
    where, what = reading.slice.district.name, reading.indicator.name
    return f"{where}{what}{pace.told(reading.gap)}（完成{numbers.percent(reading.done)}）"


def expiring(readings: Iterable[Reading]) -> list[Item]:
    """Districts with contracts that end within 90 days, most first."""
    soon = sorted((r for r in readings if r.value), key=lambda r: -(r.value or 0.0))
    return [
        _item("expiring", "yellow", f"{r.slice.district.name}有{numbers.number(r.value)}份合同90天内到期", r)
        for r in soon
    ]


def unreported(reports: Iterable[Report]) -> list[Item]:
    """Sources that a county never sent, then those older than their rhythm allows, oldest first."""
    known = list(reports)
    never = [r for r in known if r.as_of is None]
    late = sorted((r for r in known if r.as_of and r.late), key=lambda r: str(r.as_of))
    return [_told_report("missing", r, "从未报送") for r in never] + [
        _told_report("stale", r, f"停在{r.as_of}，超过{r.rhythm_days}天") for r in late
    ]


def _told_report(kind: Kind, report: Report, words: str) -> Item:
    query = {"district": report.district.code}
    return Item(kind, "grey", f"{report.district.name}“{report.source}”{words}", "handbook", query)


def items(
    readings: Iterable[Reading], contracts: Iterable[Reading], reports: Iterable[Report], most: int = 6
) -> list[Item]:
    """The list, at most `most` lines: the rarer kinds get two places each before the first is cut.

    readings: the headline indicators of all districts below. contracts: contracts_expiring_90d of the same.
    """
    rare = [expiring(contracts)[:2], unreported(reports)[:2]]
    room = most - sum(len(kind) for kind in rare)
    return [*behind(readings)[:room], *rare[0], *rare[1]]
