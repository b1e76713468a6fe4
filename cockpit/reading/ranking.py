"""Places among siblings: ratios by value, counts by completion where all have a target, else by value."""

from dataclasses import dataclass
from datetime import date

from cockpit import districts
from cockpit.districts import District
from cockpit.indicators import Indicator
from cockpit.reading.figures import Figures
from cockpit.reading.vouch import ages
from cockpit.slices import Period

BY_COMPLETION = "完成率"
BY_VALUE = "数值"


@dataclass(frozen=True)
class Place:
    """A place among `siblings` that could be ranked, up to the day `rank_until`.

    `rank_change` is positive when it got better; none from one year's completion to another's.
    """

    rank: int | None = None
    siblings: int | None = None
    rank_change: int | None = None
    rank_basis: str | None = None
    rank_until: date | None = None


def ranking(figures: Figures, indicator: Indicator) -> dict[str, Place]:
    """District code -> place, for the siblings of the slice's district. Equal values share a place."""
    siblings = districts.siblings(figures.slice.district.code)
    if not indicator.ranked or len(siblings) < 2:
        return {}
    basis = _basis(figures, indicator, "ytd")
    now = _ranks(figures, indicator, basis, "current", "ytd")
    before: dict[str, int] = {}
    if basis == _basis(figures, indicator, "previous_ytd") and _comparable(figures.slice.period, basis):
        before = _ranks(figures, indicator, basis, "previous", "previous_ytd")
    if len(now) < 2:
        return {}
    end = figures.shared_end(indicator, _fresh(figures, indicator))
    name = "ytd" if basis == BY_COMPLETION else "current"
    until = figures.until(indicator, siblings[0], name, end)
    if basis == BY_COMPLETION and until.year != figures.slice.period.year:
        return {}  # who led the year before is none of this one
    return {
        code: Place(rank, len(now), before[code] - rank if code in before else None, basis, until)
        for code, rank in now.items()
    }


def _comparable(period: Period, basis: str) -> bool:
    """A year's first completion says nothing beside the last of the year before."""
    before = period.previous()
    return basis == BY_VALUE or period.kind == "year" or (before is not None and before.year == period.year)


def _basis(figures: Figures, indicator: Indicator, window: str) -> str:
    siblings = districts.siblings(figures.slice.district.code)
    if indicator.is_ratio or not all(figures.target(indicator, d, window) for d in siblings):
        return BY_VALUE
    return BY_COMPLETION


def _ranks(figures: Figures, indicator: Indicator, basis: str, window: str, to_date: str) -> dict[str, int]:
    """Those without a figure that can be vouched for, or with stale data, have no place.

    All are compared up to one day, the oldest of theirs: who reports a month later is not behind for that.
    """
    fresh = _fresh(figures, indicator)
    end = figures.shared_end(indicator, fresh)
    scores: dict[str, float] = {}
    for district in fresh:
        if basis == BY_COMPLETION:
            score = figures.done(indicator, district, to_date, end)
        else:
            score = figures.figure(indicator, district, window, end).value
        if score is not None:
            scores[district.code] = -score if indicator.direction == "down" else score
    return {code: 1 + sum(other > own for other in scores.values()) for code, own in scores.items()}


def _fresh(figures: Figures, indicator: Indicator) -> list[District]:
    siblings = districts.siblings(figures.slice.district.code)
    return [d for d in siblings if not ages(figures.snapshot, indicator, d)[1]]
