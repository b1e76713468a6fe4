"""What may be told of a week that some data ends inside (docs/decisions/0018)."""

from dataclasses import replace
from typing import Any

from cockpit.reading import Reading
from cockpit.reading.ranking import BY_COMPLETION
from cockpit.reading.vouch import held_up
from cockpit.warehouse import Snapshot


def whole(snapshot: Snapshot, week: Reading) -> Reading:
    """The reading without what only a whole week has: its amount, and what is compared with the week before.

    What stands (a stock, the year so far, completion, lamp) stays, with its own date `until`.
    """
    if week.rank_until and week.rank_until < week.slice.period.end:
        week = replace(week, rank_change=None)
        if week.indicator.rule == "flow" and week.rank_basis != BY_COMPLETION:
            week = replace(week, rank=None, siblings=None, rank_basis=None, rank_until=None)
    if not week.short:
        return week
    if week.indicator.rule == "flow":
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
