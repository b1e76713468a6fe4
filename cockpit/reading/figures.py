"""The bare figures of a district and its siblings in all the windows a reading needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cockpit import districts
from cockpit.districts import District
from cockpit.indicators import Indicator
from cockpit.pace import Target
from cockpit.reading.vouch import dated, refusal, unsupported
from cockpit.slices import Period, Slice
from cockpit.warehouse import Snapshot, Sums, Window, measure

NO_TOWN_TARGET = "未下达到镇街"
NO_TARGET = "未下达目标"
TO_DATE = {"current": "ytd", "previous": "previous_ytd", "year_ago": "year_ago_ytd"}  # from 1 January


@dataclass(frozen=True)
class Figure:
    """A value with its two sums, or None and the reason."""

    value: float | None
    numerator: int | None
    denominator: int | None
    reason: str | None


def divided(indicator: Indicator, numerator: int, denominator: int | None) -> Figure:
    """The value of two sums: divided once, here, at the end."""
    if denominator is None:
        return Figure(numerator, numerator, None, None)
    if denominator == 0:
        return Figure(None, numerator, denominator, "分母为零")
    return Figure(numerator * indicator.scale / denominator, numerator, denominator, None)


def scope(district: District) -> tuple[str, str]:
    """How a district is measured together with its siblings: grouped by what, inside which prefix.

    The root has no siblings: it is measured by its counties, as they are, so that both share one statement.
    """
    parent = district.parent or district.code
    return ("county" if parent == districts.ROOT.code else "town"), districts.prefix(parent)


def added(indicator: Indicator, district: District, sums: Sums, window: str) -> Figure:
    """The figure of a district from sums measured in its scope."""
    inside = districts.children(district.code) if district.parent is None else [district]
    none = (0, 0 if indicator.is_ratio else None)
    parts = [sums.get((part.code, indicator.key, window), none) for part in inside]
    denominator = sum(part or 0 for _, part in parts) if indicator.is_ratio else None
    return divided(indicator, sum(part for part, _ in parts), denominator)


def windows_of(period: Period) -> dict[str, Window]:
    """The named windows of a reading; what has no counterpart is absent."""
    named = {"current": period, "previous": period.previous(), "year_ago": period.year_ago()}
    windows = {name: (found.start, found.end) for name, found in named.items() if found}
    for name, to_date in TO_DATE.items():
        if found := named[name]:
            windows[to_date] = found.year_to_date
    return windows


def _counted(indicator: Indicator, name: str) -> str:
    """One window for value, completion, plan and lamp: but for a flow, the year to date (Period.counted)."""
    return name if indicator.rule == "flow" else TO_DATE.get(name, name)


class Figures:
    """Figures of the slice's district and all its siblings, from one statement per mart."""

    def __init__(self, snapshot: Snapshot, indicators: Sequence[Indicator], slice: Slice) -> None:
        self.snapshot, self.slice = snapshot, slice
        self._ends: dict[tuple[str, str], date] = {}
        self._windows: dict[date, dict[str, Window]] = {}
        counted = [i for i in indicators if not unsupported(i, slice.filters)]
        here = {slice.district, *districts.siblings(slice.district.code)}
        ends = {self.end(indicator, district) for indicator in counted for district in here}
        asked = {f"{end} {name}": window for end in ends for name, window in self._windows[end].items()}
        self._sums = measure(snapshot, counted, asked, slice.filters, *scope(slice.district))

    def end(self, indicator: Indicator, district: District) -> date:
        """The last day there is data for: the period's, or that of its oldest data."""
        key = indicator.key, district.code[:6]  # a town's data is as old as its county's
        if key not in self._ends:
            period = dated(self.snapshot, indicator, self.slice.at(district)).period
            self._ends[key] = period.end
            if period.end not in self._windows:
                self._windows[period.end] = windows_of(period)
        return self._ends[key]

    def until(self, indicator: Indicator, district: District, name: str, end: date | None = None) -> date:
        """The last day of the window a figure is counted over, cut at its oldest data or at `end`."""
        window = self.window(indicator, district, _counted(indicator, name), end)
        assert window is not None
        return window[1]

    def shared_end(self, indicator: Indicator, among: Sequence[District]) -> date | None:
        """The last day up to which all of these districts can be compared."""
        return min((self.end(indicator, district) for district in among), default=None)

    def window(
        self, indicator: Indicator, district: District, name: str, end: date | None = None
    ) -> Window | None:
        """A named window, cut at the figure's oldest data or at `end`; None where the period has none."""
        return self._windows[end or self.end(indicator, district)].get(name)

    def figure(self, indicator: Indicator, district: District, name: str, end: date | None = None) -> Figure:
        """The figure of a district (the slice's or a sibling) in a named window, cut at `end`."""
        name = _counted(indicator, name)
        window = self.window(indicator, district, name, end)
        if window is None:
            return Figure(None, None, None, "没有对比期")
        reason = refusal(self.snapshot, indicator, district, self.slice.filters, window)
        if reason:
            return Figure(None, None, None, reason)
        return added(indicator, district, self._sums, f"{end or self.end(indicator, district)} {name}")

    def target(
        self, indicator: Indicator, district: District, name: str, end: date | None = None
    ) -> Target | None:
        """The target of the year in which a window ends; none for a filtered figure."""
        window = self.window(indicator, district, name, end)
        if self.slice.filters or window is None:
            return None
        found = self.snapshot.targets.get((indicator.key, district.code, window[1].year))
        return found if found and found.annual > 0 else None

    def done(
        self, indicator: Indicator, district: District, name: str, end: date | None = None
    ) -> float | None:
        """Percent of the annual target reached from 1 January to a window's end ('ytd', 'previous_ytd')."""
        target = self.target(indicator, district, name, end)
        value = self.figure(indicator, district, name, end).value if target else None
        return 100 * value / target.annual if target and value is not None else None
