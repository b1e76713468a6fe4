"""Readings of a slice and of its district's children."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cockpit import districts, indicators, numbers, pace
from cockpit.indicators import Indicator
from cockpit.reading.figures import NO_TARGET, NO_TOWN_TARGET, Figure, Figures
from cockpit.reading.ranking import Place, ranking
from cockpit.reading.reading import Reading
from cockpit.reading.vouch import ages, held_up, whole_months
from cockpit.slices import Slice
from cockpit.warehouse import Snapshot

NO_PREVIOUS = "年初至今没有上期，请看同比"
NOT_CUMULATIVE = "年内累计，不作环比"
NO_YEAR_AGO = "上一年没有这一周"


@dataclass(frozen=True)
class Comparison:
    value: float | None
    change: float | None
    reason: str | None


@dataclass(frozen=True)
class Progress:
    target: float | None
    done: float | None
    plan: float | None
    gap: float | None
    lamp: pace.Lamp
    lamp_reason: str
    target_document: str | None


def readings(snapshot: Snapshot, keys: Sequence[str], slice: Slice) -> dict[str, Reading]:
    """One reading per indicator key, in the order of the keys.

    Raises:
        UnknownIndicator: a key that the catalogue does not hold.
    """
    asked = [indicators.get(key) for key in keys]
    figures = Figures(snapshot, asked, slice)
    return {i.key: _reading(figures, i, slice, ranking(figures, i)) for i in asked}


def children(snapshot: Snapshot, key: str, slice: Slice) -> list[Reading]:
    """One reading per district right below the slice's, best first; those without a place come last."""
    below = [slice.at(district) for district in districts.children(slice.district.code)]
    if not below:
        return []
    indicator = indicators.get(key)
    figures = Figures(snapshot, [indicator], below[0])
    places = ranking(figures, indicator)
    found = [_reading(figures, indicator, child, places) for child in below]
    return sorted(found, key=lambda r: (r.rank is None, r.rank or 0, r.value is None, -(r.value or 0)))


def _reading(figures: Figures, indicator: Indicator, slice: Slice, places: dict[str, Place]) -> Reading:
    snapshot, district = figures.snapshot, slice.district
    now = figures.figure(indicator, district, "current")
    as_of, stale = ages(snapshot, indicator, district)
    previous = _compared(figures, indicator, slice, now, "previous", NO_PREVIOUS)
    year_ago = _compared(figures, indicator, slice, now, "year_ago", NO_YEAR_AGO)
    progress = _progress(figures, indicator, slice, stale)
    place = places.get(district.code, Place())
    same_names: dict[str, Any] = {**vars(now), **vars(progress), **vars(place)}
    return Reading(
        indicator=indicator,
        slice=slice,
        previous=previous.value,
        change=previous.change,
        previous_reason=previous.reason,
        year_ago=year_ago.value,
        year_change=year_ago.change,
        year_ago_reason=year_ago.reason,
        as_of=whole_months(snapshot, as_of) if as_of and indicator.guarded(slice.filters) else as_of,
        stale=stale,
        status=snapshot.info.status,
        version=snapshot.version,
        until=figures.until(indicator, district, "current"),
        **same_names,
    )


def _compared(
    figures: Figures, indicator: Indicator, slice: Slice, now: Figure, window: str, absent: str
) -> Comparison:
    if window == "previous" and indicator.rule == "year":
        return Comparison(None, None, NOT_CUMULATIVE)
    if figures.window(indicator, slice.district, window) is None:
        return Comparison(None, None, absent)
    then = figures.figure(indicator, slice.district, window)
    if now.value is None or then.value is None:
        return Comparison(then.value, None, then.reason or now.reason)
    if indicator.unit == "%":
        return Comparison(then.value, now.value - then.value, None)
    if then.value <= 0:
        return Comparison(then.value, None, "对比期不大于零，不算百分比")
    return Comparison(then.value, 100 * (now.value - then.value) / then.value, None)


def _progress(figures: Figures, indicator: Indicator, slice: Slice, stale: bool) -> Progress:
    """Target, completion, plan and lamp from 1 January to the period's last day."""
    district = slice.district
    target = figures.target(indicator, district, "ytd")
    to_date = figures.window(indicator, district, "ytd")
    if target is None or to_date is None:
        return _dark(_no_target(slice))
    if to_date[1].year != slice.period.year:  # completion of the year before is none of this one
        why = f"{held_up(figures.snapshot, indicator, district)}，{slice.period.year}年尚未上报"
        return _dark(why)
    done = figures.done(indicator, district, "ytd")
    plan = pace.planned(target, to_date[1], from_zero=indicator.rule != "stock" and not indicator.is_ratio)
    gap = None if done is None or plan is None else done - plan
    unknown = figures.figure(indicator, district, "ytd").reason or "未下达按月计划"
    reason = unknown if gap is None else _judged(indicator, done, gap, stale)
    lit = gap is not None and indicator.direction == "up" and not stale
    return Progress(
        target.annual,
        done,
        plan,
        gap,
        pace.lamp(gap) if lit and gap is not None else "grey",
        reason,
        target.document,
    )


def _judged(indicator: Indicator, done: float | None, gap: float, stale: bool) -> str:
    if indicator.direction != "up":
        return "此指标不评价高低"
    return "数据过期，不亮灯" if stale else f"完成{numbers.percent(done)}，{pace.told(gap)}"


def _dark(reason: str) -> Progress:
    return Progress(None, None, None, None, "grey", reason, None)


def _no_target(slice: Slice) -> str:
    if slice.filters:
        return "有筛选条件，不与目标比较"
    return NO_TOWN_TARGET if slice.district.level == "town" else NO_TARGET
