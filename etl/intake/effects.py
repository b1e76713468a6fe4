"""The headline indicators before and after: of the city, and of every county where one of them changes."""

from pathlib import Path
from typing import Any

from cockpit import districts
from cockpit.districts import District
from cockpit.reading import Reading, readings
from cockpit.site import HEADLINES
from cockpit.slices import Slice, default_period, parse_period
from cockpit.slices.period import BadPeriod
from cockpit.warehouse import Snapshot

NOTHING_YET = "还没有发布过数据"
DEMO = "现在发布的是演示数据，不与上报数据相比"


def effects(before: Path | None, after: Path) -> list[dict[str, Any]]:
    """One entry per indicator and district, in the period that the overview will show.

    before, after: snapshot files; `before` is None when nothing has been published yet. Values are in the
    indicator's unit; None comes with its reason.
    """
    then, now = Snapshot(before) if before else None, Snapshot(after)
    found = []
    for district in (districts.ROOT, *districts.children(districts.ROOT.code)):
        told = _told(then, now, district)
        if district == districts.ROOT or any(_differs(entry) for entry in told):
            found += told
    return found


def _told(then: Snapshot | None, now: Snapshot, district: District) -> list[dict[str, Any]]:
    period = default_period(now.info.data_date)
    after = readings(now, HEADLINES, Slice(district, period))
    before, reason = _before(then, now, district, period.code)
    return [_entry(before.get(key), after[key], reason) for key in HEADLINES]


def _before(
    then: Snapshot | None, now: Snapshot, district: District, code: str
) -> tuple[dict[str, Reading], str | None]:
    """The readings of the same period in the published version, or why there are none to compare."""
    if then is None:
        return {}, NOTHING_YET
    if then.info.status != now.info.status:
        return {}, DEMO
    try:
        period = parse_period(code).until(then.info.data_date)
    except BadPeriod as none_yet:
        return {}, none_yet.args[0]
    return readings(then, HEADLINES, Slice(district, period)), None


def _entry(before: Reading | None, after: Reading, reason: str | None) -> dict[str, Any]:
    indicator, district = after.indicator, after.slice.district
    return {
        **{"indicator": indicator.key, "name": indicator.name},
        **{"unit": indicator.unit, "decimals": indicator.decimals},
        **{"district": district.code, "district_name": district.name, "period": after.slice.period.label},
        **{"before": before.value if before else None, "after": after.value},
        **{"before_reason": before.reason if before else reason, "after_reason": after.reason},
    }


def _differs(entry: dict[str, Any]) -> bool:
    return (entry["before"], entry["before_reason"]) != (entry["after"], entry["after_reason"])
