"""One indicator split by a breakdown, and month by month."""

from datetime import date

import pandas as pd

from cockpit import districts, indicators
from cockpit.indicators import BREAKDOWNS, Indicator
from cockpit.reading.figures import Figure, added, divided, scope
from cockpit.reading.vouch import counted, reaches, refusal
from cockpit.slices import BadSlice, Slice
from cockpit.slices.period import month_end, shifted
from cockpit.warehouse import Snapshot, Sums, Window, measure


def breakdown(snapshot: Snapshot, key: str, slice: Slice, by: str) -> pd.DataFrame:
    """Columns code, label, numerator, denominator, value: one row per code, in the order of the code list.

    Empty where it may not be told; untold() says why. What carries no known code is a last row 未填, so that
    the parts always add up.

    Raises:
        BadSlice: the indicator is not counted by this breakdown.
    """
    indicator = indicators.get(key)
    if by not in indicator.breakdowns:
        known = "、".join(f"{b}({BREAKDOWNS[b][0]})" for b in indicator.breakdowns) or "无"
        raise BadSlice(f"“{indicator.name}”不按“{by[:20]}”统计。可用的分组：{known}。")
    window = counted(snapshot, indicator, slice, by)
    columns = ["code", "label", "numerator", "denominator", "value"]
    if refusal(snapshot, indicator, slice.district, slice.filters, window, by):
        return pd.DataFrame(columns=columns)
    prefix = districts.prefix(slice.district.code)
    sums = measure(snapshot, [indicator], {"current": window}, slice.filters, by, prefix)
    chosen = dict(slice.filters).get(by)
    words = {code: word for code, word in BREAKDOWNS[by][1].items() if chosen in (None, code)}
    unknown = {
        group: "未填" for group, _, _ in sums if group not in words and any(sums[group, key, "current"])
    }
    rows = []
    for code, word in {**words, **unknown}.items():
        part = divided(indicator, *sums.get((code, key, "current"), (0, 0 if indicator.is_ratio else None)))
        rows.append((code, word, part.numerator, part.denominator, part.value))
    return pd.DataFrame(rows, columns=columns)


def untold(snapshot: Snapshot, key: str, slice: Slice, by: str) -> str | None:
    """Why breakdown() is empty, or None."""
    indicator = indicators.get(key)
    window = counted(snapshot, indicator, slice, by)
    return refusal(snapshot, indicator, slice.district, slice.filters, window, by)


def series(snapshot: Snapshot, key: str, slice: Slice, months: int = 18) -> pd.DataFrame:
    """Columns month (last day, cut at the oldest data), value, numerator, denominator, reason; oldest first.

    The last month is the one in which the slice's period ends, or the year it belongs to, cut there, so that
    a sum of months is that of the card; a guarded figure has whole months only. A flow is the month's own; a
    stock stands at its end; a year's figure runs from January.
    """
    indicator = indicators.get(key)
    oldest = reaches(snapshot, indicator, slice)
    data_date = snapshot.info.data_date
    end = slice.period.year_to_date[1]
    last = data_date if indicator.guarded(slice.filters) else min(data_date, end)
    windows = _months(end, months, min(oldest or last, last))
    told = {
        name: refusal(snapshot, indicator, slice.district, slice.filters, window)
        for name, window in windows.items()
    }
    sums = _sums(snapshot, indicator, windows, slice) if None in told.values() else {}
    rows = []
    for name, window in windows.items():
        reason = told[name]
        if oldest and window[0] > oldest:
            reason = reason or f"数据截至{oldest}，本月尚未上报"
        part = added(indicator, slice.district, sums, name)
        if reason:
            part = Figure(None, None, None, reason)
        rows.append((window[1], part.value, part.numerator, part.denominator, part.reason))
    return pd.DataFrame(rows, columns=["month", "value", "numerator", "denominator", "reason"])


def _sums(snapshot: Snapshot, indicator: Indicator, windows: dict[str, Window], slice: Slice) -> Sums:
    return measure(snapshot, [indicator], windows, slice.filters, *scope(slice.district))


def _months(last: date, months: int, oldest: date) -> dict[str, Window]:
    """Month by month; the month in which the data ends is cut there, later ones are missing."""
    starts = (shifted(last.replace(day=1), -back) for back in range(months - 1, -1, -1))
    ends = ((start, month_end(start)) for start in starts)
    return {start.isoformat(): (start, min(end, oldest) if start <= oldest else end) for start, end in ends}
