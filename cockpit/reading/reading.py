"""What a screen knows about one figure."""

from dataclasses import dataclass
from datetime import date

from cockpit.indicators import Indicator
from cockpit.pace import Lamp
from cockpit.reading.ranking import BY_COMPLETION
from cockpit.slices import Slice


@dataclass(frozen=True)
class Reading:
    """One indicator in one slice. What cannot be vouched for is None, with the reason in a sentence.

    value, previous, year_ago, target: in the indicator's unit. change, year_change: percentage points for
    percentages, else relative percent. done, plan: percent of the annual target from 1 January to the last
    day of the period; gap = done − plan, percentage points. rank: 1 is best, `siblings` of them are ranked;
    rank_change is positive when the place got better since the previous period. as_of: the oldest date of
    the data it is counted from; stale when that is older than the source's rhythm allows. until: the last day
    of the window the figure is counted over (Period.counted), earlier where some data ends before it;
    rank_until: that of the ranking.
    """

    indicator: Indicator
    slice: Slice
    value: float | None
    numerator: int | None
    denominator: int | None
    reason: str | None
    previous: float | None
    change: float | None
    previous_reason: str | None
    year_ago: float | None
    year_change: float | None
    year_ago_reason: str | None
    target: float | None
    done: float | None
    plan: float | None
    gap: float | None
    lamp: Lamp
    lamp_reason: str
    target_document: str | None
    rank: int | None
    siblings: int | None
    rank_change: int | None
    rank_basis: str | None
    as_of: date | None
    stale: bool
    status: str
    version: str
    until: date | None = None
    rank_until: date | None = None

    @property
    def short(self) -> bool:
        """Whether the figure ends before its period does: it is told with its own date, or not at all."""
        return self.until is not None and self.until < self.slice.period.counted(self.indicator.rule)[1]

    @property
    def rank_short(self) -> bool:
        """Whether the districts are compared up to a day before that."""
        rule = "year" if self.rank_basis == BY_COMPLETION else self.indicator.rule
        return self.rank_until is not None and self.rank_until < self.slice.period.counted(rule)[1]
