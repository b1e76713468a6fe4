"""What a leader should look at: behind plan, contracts about to expire, data that is missing or stale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cockpit import numbers, pace
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


def missing(readings: Iterable[Reading]) -> list[Item]:
    """Districts whose figure cannot be told; one line per district and reason."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        if reading.value is None and reading.reason:
            found.setdefault((reading.slice.district.name, reading.reason), reading)
    return [_item("missing", "grey", f"{where}：{why}", r) for (where, why), r in found.items()]


def stale(readings: Iterable[Reading]) -> list[Item]:
    """Districts whose data is older than its rhythm allows, oldest first; one line per district and date."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        if reading.stale and reading.as_of:
            found.setdefault((f"{reading.as_of}", reading.slice.district.name), []).append(reading)
    return [
        _item("stale", "grey", f"{where}{_told_figures(group)}的数据停在{day}，已过期", group[0])
        for (day, where), group in sorted(found.items(), key=lambda pair: pair[0])
    ]


def _told_figures(group: list[Reading]) -> str:
    first = group[0].indicator.name
    return first if len(group) == 1 else f"{first}等{len(group)}项"


def items(readings: Iterable[Reading], contracts: Iterable[Reading], most: int = 8) -> list[Item]:
    """The list, at most `most` lines: every kind gets a place before the long ones are cut.

    readings: the headline indicators of all child districts. contracts: contracts_expiring_90d of the same.
    """
    known = list(readings)
    kinds = [behind(known), expiring(contracts), missing(known), stale(known)]
    room = most
    for later in kinds[1:]:
        room -= min(len(later), 2)
    shares = [room, 2, 2, 2]
    return [item for kind, share in zip(kinds, shares, strict=True) for item in kind[:share]]
