"""What may be told of a week that some data ends inside (docs/decisions/0018)."""

from dataclasses import replace
from typing import Any

from cockpit.reading import Reading
from cockpit.reading.ranking import BY_COMPLETION
from cockpit.reading.vouch import held_up
from cockpit.warehouse import Snapshot

UNRANKED: dict[str, Any] = dict.fromkeys(("rank", "siblings", "rank_change", "rank_basis", "rank_until"))


def whole(snapshot: Snapshot, week: Reading) -> Reading:
    """The reading without what only a whole week has: its amount, and what is compared with the week before.

    What stands (a stock, the year so far, completion, lamp) stays, with its own date `until`. Nothing that is
    of the year before is told of a week of this one.
    """
    begun = week.slice.period.year_to_date[0]
    if week.rank_until and week.rank_until < begun:
        week = replace(week, **UNRANKED)
    elif week.rank_short:
        week = replace(week, rank_change=None)
        if week.indicator.rule == "flow" and week.rank_basis != BY_COMPLETION:
            week = replace(week, **UNRANKED)
    if not week.short:
        return week
    ended = week.indicator.rule == "year" and week.until is not None and week.until < begun
    if week.indicator.rule == "flow" or ended:
        return untold(snapshot, week)
    return replace(week, previous=None, change=None, previous_reason=_not_whole(snapshot, week))


def untold(snapshot: Snapshot, week: Reading) -> Reading:
    """The reading without any figure, with whose data it waits for."""
    why = _not_whole(snapshot, week)
    now = {"value": None, "numerator": None, "denominator": None, "reason": why}
    before = {"previous": None, "change": None, "previous_reason": why}
    year_ago = {"year_ago": None, "year_change": None, "year_ago_reason": why}
    gone: dict[str, Any] = {**now, **before, **year_ago}
    return replace(week, **gone)


def _not_whole(snapshot: Snapshot, week: Reading) -> str:
    return f"{held_up(snapshot, week.indicator, week.slice.district)}，本周尚未报全"
