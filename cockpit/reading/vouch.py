"""What may be shown: every reason why a figure is not, and how old the data behind it is."""

from dataclasses import replace
from datetime import date, timedelta

from cockpit import districts
from cockpit.districts import District
from cockpit.indicators import BREAKDOWNS, LEAST, Indicator
from cockpit.reading.opened import DAY, opened
from cockpit.slices import Slice
from cockpit.slices.period import month_end
from cockpit.warehouse import Snapshot, Window, effective

Filters = tuple[tuple[str, str], ...]
# A register sent less often than this stands until its rhythm runs out; the rest stands for its own days.
SLOW_DAYS = 60
MONTHLY = {"visit"}  # marts whose records are whole months, dated on the last day
HIDDEN = f"不足{LEAST}{{unit}}或可由此推算，不显示"


def refusal(
    snapshot: Snapshot,
    indicator: Indicator,
    district: District,
    filters: Filters,
    window: Window,
    by: str = "",
) -> str | None:
    """Why the figure may not be told in this window, or None: asked before anything is told of it."""
    return (
        unsupported(indicator, filters, by)
        or unvouched(snapshot, indicator, district, window)
        or withheld(snapshot, indicator, district, filters, window, by)
    )


def withheld(
    snapshot: Snapshot,
    indicator: Indicator,
    district: District,
    filters: Filters,
    window: Window,
    by: str = "",
) -> str | None:
    """Why a guarded figure would tell of a small group, by itself or by subtraction; or None."""
    guard = indicator.guarded(filters, by)
    if guard is None:
        return None
    if crossed := {by, *dict(filters)} - {"", guard.split}:
        names = "、".join(sorted(BREAKDOWNS[key][0] for key in crossed))
        return f"涉及个人身份信息，不与{names}交叉统计"
    start, end = effective(indicator, window)
    ends = {end} if indicator.rule == "stock" else {start - DAY, end}
    if any(day != month_end(day) for day in ends if day >= snapshot.info.complete_since):
        return "涉及个人身份信息，只按整月统计"
    unit = "人" if indicator.is_ratio else indicator.unit
    return None if ends <= opened(snapshot, guard)[district.code] else HIDDEN.format(unit=unit)


def unsupported(indicator: Indicator, filters: Filters, by: str = "") -> str | None:
    """Why the indicator is not counted with these filters, split `by` a breakdown; or None."""
    lacking = [BREAKDOWNS[key][0] for key, _ in filters if key not in indicator.breakdowns]
    if lacking:
        return f"不按{'、'.join(lacking)}统计"
    if indicator.only_by not in ("", by, *dict(filters)):
        return f"没有合计，请按{BREAKDOWNS[indicator.only_by][0]}分开看"
    return None


def unvouched(snapshot: Snapshot, indicator: Indicator, district: District, window: Window) -> str | None:
    """Why no figure can be vouched for in this window, or None.

    A total with a missing county is missing. Days after a county's data ends were not reported, which is not
    the same as zero, nor as a stock that stood still.
    """
    start, end = effective(indicator, window)
    since = snapshot.info.complete_since
    if start < since:
        return f"{since}之前没有完整记录"
    if indicator.numerator.mart in MONTHLY and not _has_whole_month(window):
        return "按月上报，不满一个月的时段没有数"
    for county in districts.counties(district.code):
        for source in indicator.sources:
            label, reached = snapshot.sources[source].label, reach(snapshot, source, county)
            if reached is None:
                return f"未收到{county.name}的{label}数据"
            if end > reached:
                as_of = snapshot.states[source, county.code]
                return f"{county.name}的{label}数据截至{as_of}，本期尚未上报"
    return None


def _has_whole_month(window: Window) -> bool:
    """A week holds no month's records: without this it would read as none, or as all of one."""
    start, end = window
    first = start if start.day == 1 else (start.replace(day=1) + timedelta(days=31)).replace(day=1)
    return (first + timedelta(days=31)).replace(day=1) <= end + timedelta(days=1)


def reach(snapshot: Snapshot, source: str, county: District) -> date | None:
    """The last day that a county's data of a source can speak for; None when it never reported."""
    as_of = snapshot.states.get((source, county.code))
    rhythm = snapshot.sources[source].rhythm_days
    return as_of + timedelta(days=rhythm) if as_of and rhythm > SLOW_DAYS else as_of


def dated(snapshot: Snapshot, indicator: Indicator, slice: Slice, by: str = "") -> Slice:
    """The slice, cut where the oldest data the figure is counted from ends; guarded, at a month's end.

    A sum in which one county stops in March is no half-year's sum: it is told, and compared, up to March.
    """
    last, period = reaches(snapshot, indicator, slice, by), slice.period
    if last is None or not period.start <= last < period.end:
        return slice
    return replace(slice, period=period.until(last))


def counted(snapshot: Snapshot, indicator: Indicator, slice: Slice, by: str = "") -> Window:
    """The days a figure of the slice is counted over, up to where the oldest of its data ends."""
    return dated(snapshot, indicator, slice, by).period.counted(indicator.rule)


def reaches(snapshot: Snapshot, indicator: Indicator, slice: Slice, by: str = "") -> date | None:
    """The last day all data of a figure can speak for; None when any was never sent."""
    district = slice.district
    found = [
        reach(snapshot, source, county)
        for county in districts.counties(district.code)
        for source in indicator.sources
    ]
    known = [day for day in found if day is not None]
    if len(known) < len(found):
        return None
    last = min(known)
    return whole_months(snapshot, last) if indicator.guarded(slice.filters, by) else last


def held_up(snapshot: Snapshot, indicator: Indicator, district: District) -> str:
    """Whose data of what a figure waits for: the county and source that reach least far."""
    found = [
        (day, county.name, snapshot.sources[source].label, snapshot.states[source, county.code])
        for county in districts.counties(district.code)
        for source in indicator.sources
        if (day := reach(snapshot, source, county))
    ]
    _, county, label, as_of = min(found, key=lambda one: one[0])
    return f"{county}的{label}数据截至{as_of}"


def whole_months(snapshot: Snapshot, last: date) -> date:
    """The last month's end up to a day, and up to the data."""
    last = min(last, snapshot.info.data_date)
    return last if last == month_end(last) else last.replace(day=1) - DAY


def overdue(snapshot: Snapshot, indicator: Indicator, district: District) -> int:
    """Days by which the data of some county and source is older than that source's rhythm allows; 0: none."""
    late = [0]
    for county in districts.counties(district.code):
        for source in indicator.sources:
            if as_of := snapshot.states.get((source, county.code)):
                age = (snapshot.clock_date - as_of).days
                late.append(age - snapshot.sources[source].rhythm_days)
    return max(late)


def ages(snapshot: Snapshot, indicator: Indicator, district: District) -> tuple[date | None, bool]:
    """The oldest date of the data a figure is counted from, and whether any of it is stale."""
    oldest, stale = None, False
    for county in districts.counties(district.code):
        for source in indicator.sources:
            as_of = snapshot.states.get((source, county.code))
            if as_of is None:
                return None, False
            oldest = min(oldest or as_of, as_of)
            stale = stale or (snapshot.clock_date - as_of).days > snapshot.sources[source].rhythm_days
    return oldest, stale
