"""Every figure of a pack, read once, from one snapshot, the way the cards read it."""

from dataclasses import dataclass
from datetime import date

from cockpit import attention, districts, handbook
from cockpit.attention import Item
from cockpit.indicators import CATALOGUE, THEMES, Indicator
from cockpit.reading import Reading, children, readings
from cockpit.reading.ranking import BY_COMPLETION
from cockpit.reading.vouch import MONTHLY
from cockpit.site import HEADLINES, PAGES
from cockpit.warehouse import Info, Snapshot
from report.week import Scope, weeks_up_to
from report.whole import untold, whole

# What a theme's own page of slides draws, week by week and district by district.
LEADING = {
    "skills": "skill_promotions",
    "bargaining": "nengji_enterprises",
    "unions": "unions_new",
    "stations": "stations_open",
}
EXPIRING = "contracts_expiring_90d"
WEEKS = 12
ATTENTION = 12


@dataclass(frozen=True)
class Told:
    """One indicator of one district: in the week, and from 1 January to the week's last day.

    A guarded one is never told by weeks: its `week` is the year to its last whole month too.
    `year`, `covers`: those of the scope, where the week lies over New Year.
    """

    week: Reading
    to_date: Reading
    year: str = ""
    covers: str = ""

    @property
    def indicator(self) -> Indicator:
        return self.week.indicator

    @property
    def is_flow(self) -> bool:
        return self.indicator.rule == "flow"

    @property
    def by_week(self) -> bool:
        """Whether an amount of the week can be told."""
        return self.is_flow and self.indicator.numerator.mart not in MONTHLY and not self.indicator.guarded()

    @property
    def has_last_week(self) -> bool:
        """Whether what is told of the week can be compared with the week before: what stands always can."""
        return self.by_week or self.indicator.rule not in ("flow", "year")

    @property
    def standing(self) -> Reading:
        """What stands on the week's last day: a flow's sum since 1 January, else the figure itself."""
        return self.to_date if self.is_flow else self.week

    @property
    def place(self) -> Reading:
        """The reading whose rank is told: completion compares with last week, values with the year so far."""
        return (
            self.week if BY_COMPLETION in (self.week.rank_basis, self.to_date.rank_basis) else self.standing
        )


@dataclass(frozen=True)
class Story:
    """figures, below: by indicator key; below: the districts right under the scope's, best first.

    weeks: by leading indicator, the last weeks' readings, oldest first. clear: what is said where there is no
    item of attention. judged_on: the day by which data counts as stale.
    """

    scope: Scope
    info: Info
    figures: dict[str, Told]
    below: dict[str, list[Told]]
    weeks: dict[str, list[Reading]]
    attention: list[Item]
    clear: str
    judged_on: date

    def of(self, keys: tuple[str, ...]) -> list[Told]:
        return [self.figures[key] for key in keys]


def keys_told() -> list[str]:
    """Headlines and the headline figures of every theme, each once."""
    themed = (key for theme in THEMES for key in PAGES[theme].indicators)
    return list(dict.fromkeys((*HEADLINES, *themed)))


def read(snapshot: Snapshot, scope: Scope) -> Story:
    """All figures of the pack. Keys are fixed, so that a week made twice reads the same."""
    keys = keys_told()
    week = readings(snapshot, keys, scope.week)
    guarded = [key for key in keys if CATALOGUE[key].guarded()]
    to_date = readings(snapshot, keys, scope.to_date) | readings(snapshot, guarded, scope.whole_months)
    figures = {key: _told(snapshot, scope, week[key], to_date[key]) for key in keys}
    below = {key: _below(snapshot, key, scope) for key in keys}
    judged = _judged(figures, below)
    return Story(
        scope,
        snapshot.info,
        figures,
        below,
        {key: _weeks(snapshot, key, scope) for key in LEADING.values()},
        _attention(snapshot, scope, judged, below),
        attention.clear(judged),
        snapshot.clock_date,
    )


def _told(snapshot: Snapshot, scope: Scope, week: Reading, to_date: Reading) -> Told:
    if week.indicator.guarded():
        return Told(to_date, to_date)
    stock = week.indicator.rule == "stock"  # stands on the year's last day, whenever the year began
    return Told(whole(snapshot, week), to_date, scope.year, scope.ends if stock else scope.covers)


def _weeks(snapshot: Snapshot, key: str, scope: Scope) -> list[Reading]:
    """The last weeks of a leading indicator; one that is not whole has no figure, of its last day neither."""
    found = []
    for one in weeks_up_to(scope, WEEKS, snapshot.info.complete_since):
        reading = readings(snapshot, [key], one)[key]
        found.append(untold(snapshot, reading) if reading.short else reading)
    return found


def _below(snapshot: Snapshot, key: str, scope: Scope) -> list[Told]:
    by_code = {r.slice.district.code: r for r in children(snapshot, key, scope.week)}
    year = scope.whole_months if CATALOGUE[key].guarded() else scope.to_date
    found = [_told(snapshot, scope, by_code[r.slice.district.code], r) for r in children(snapshot, key, year)]
    return sorted(found, key=lambda t: (t.place.rank is None, t.place.rank or 0, t.week.slice.district.code))


def _judged(figures: dict[str, Told], below: dict[str, list[Told]]) -> list[Reading]:
    """The headlines of the districts below; of the district itself where those have no targets."""
    known = [told.week for key in HEADLINES for told in below[key]]
    own = [figures[key].week for key in HEADLINES] if not any(r.gap is not None for r in known) else []
    return [*own, *known]


def _attention(
    snapshot: Snapshot, scope: Scope, judged: list[Reading], below: dict[str, list[Told]]
) -> list[Item]:
    contracts = [told.week for told in below[EXPIRING]]
    inside = {county.code for county in districts.counties(scope.week.district.code)}
    reports = [report for report in handbook.reports(snapshot) if report.district.code in inside]
    return attention.items(judged, contracts, reports, ATTENTION)


def judged(theme: str, story: Story) -> list[Reading]:
    """What the districts under the scope are judged by in a theme."""
    return [told.week for key in PAGES[theme].indicators for told in story.below[key]]


def behind(theme: str, story: Story) -> list[Told]:
    """Districts under the scope that lag the plan in any headline of a theme, furthest first."""
    late = [
        told
        for key in PAGES[theme].indicators
        for told in story.below[key]
        if told.week.gap is not None and told.week.lamp in ("red", "yellow")
    ]
    return sorted(
        late, key=lambda t: (t.week.gap or 0.0, CATALOGUE[t.indicator.key].name, t.week.slice.district.code)
    )
