"""What a leader should look at: behind plan, contracts about to expire, data that is missing or stale."""

from collections.abc import Iterable, Mapping, Sequence
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
    dated = f"，截至{reading.until}" if reading.short else ""
    return f"{where}{what}{pace.told(reading.gap)}（完成{numbers.percent(reading.done)}{dated}）"


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


def unjudged(readings: Iterable[Reading]) -> list[Reading]:
    """Those with a dark lamp though the indicator has targets at their level: maybe they are behind."""
    known = sorted(readings, key=lambda r: r.slice.district.code)
    aimed = {_aim(r) for r in known if r.target is not None and r.indicator.direction == "up"}
    return [r for r in known if _aim(r) in aimed and r.lamp == "grey"]


def _aim(reading: Reading) -> tuple[str, str]:
    return reading.indicator.key, reading.slice.district.level


def told_unjudged(readings: Iterable[Reading]) -> str:
    """2个区县不能评价（吴兴区、德清县的新建工会：数据过期，不亮灯）; empty where all are judged."""
    dark = unjudged(readings)
    places: dict[tuple[str, str], list[str]] = {}
    for r in dark:
        places.setdefault((r.lamp_reason, r.indicator.name), []).append(r.slice.district.name)
    figures: dict[tuple[str, str], list[str]] = {}
    for (reason, figure), names in places.items():
        figures.setdefault((reason, "、".join(names)), []).append(figure)
    told = "；".join(f"{names}的{'、'.join(those)}：{reason}" for (reason, names), those in figures.items())
    noun = "区县" if all(r.slice.district.level == "county" for r in dark) else "区划"
    return f"{len({r.slice.district.code for r in dark})}个{noun}不能评价（{told}）" if dark else ""


def nobody_behind(readings: Sequence[Reading]) -> bool:
    """Whether it may be said that nobody is behind the plan: all with targets are judged, none is late."""
    lit = [r for r in readings if r.lamp != "grey"]
    return bool(lit) and not unjudged(readings) and not behind(readings)


def clear(readings: Sequence[Reading]) -> str:
    """What stands in place of an empty list; it claims no more than was judged."""
    if nobody_behind(readings):
        return "没有需要关注的事项：各项不落后于计划，数据没有过期。"
    told = told_unjudged(readings) or "没有可以评价的目标"
    return f"没有列出的事项，但是否落后于计划不能断定：{told}。"


def items(
    readings: Iterable[Reading], contracts: Iterable[Reading], reports: Iterable[Report], most: int = 6
) -> list[Item]:
    """The list, at most `most` lines: the rarer kinds get two places each before the first is cut.

    readings: the headline indicators of all districts below. contracts: contracts_expiring_90d of the same.
    """
    rare = [expiring(contracts)[:2], unreported(reports)[:2]]
    room = most - sum(len(kind) for kind in rare)
    return [*behind(readings)[:room], *rare[0], *rare[1]]
