"""Who has sent what and when, and 填报及时率: the one place where it is defined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cockpit import districts
from cockpit.districts import District
from cockpit.warehouse import Snapshot

ON_TIME = "填报及时率"
DEFINITION = (
    "填报及时率＝及时项÷应报项。应报项：每个区县的每种来源各一项。及时项：该区县该来源的“数据截至”日期到今天"
    "不超过规定天数（各来源的天数见“填报情况”表）。从未报送的计入应报、不计及时；更正和补报以最新的“数据截至”为准。"
    "全市分子分母分别相加，不取各区县平均。"
)


@dataclass(frozen=True)
class Return:
    """One source of one county: date of its data (None: never sent), last file, days past its rhythm."""

    district: District
    source: str
    label: str
    rhythm_days: int
    as_of: date | None
    received_at: datetime | None
    overdue: int

    @property
    def on_time(self) -> bool:
        return self.as_of is not None and self.overdue == 0


@dataclass(frozen=True)
class Punctuality:
    """填报及时率 of some returns; a sum, so that a city is no average of its counties."""

    on_time: int
    due: int

    @property
    def rate(self) -> float | None:
        """In percent; None where nothing is due."""
        return 100 * self.on_time / self.due if self.due else None


def returns(snapshot: Snapshot, district: str = districts.ROOT.code) -> list[Return]:
    """Source by source, for the counties of a district (code)."""
    received = {(source, county): at for source, county, at in snapshot.rows(_LAST)}
    found = []
    for name, source in snapshot.sources.items():
        for county in districts.counties(district):
            as_of = snapshot.states.get((name, county.code))
            age = (snapshot.clock_date - as_of).days if as_of else 0
            found.append(
                Return(
                    county,
                    name,
                    source.label,
                    source.rhythm_days,
                    as_of,
                    received.get((name, county.code)),
                    max(age - source.rhythm_days, 0),
                )
            )
    return found


_LAST = (
    "SELECT source, district, MAX(received_at) FROM input "
    "WHERE source IS NOT NULL AND refused = FALSE GROUP BY source, district"
)


def punctuality(found: Iterable[Return]) -> Punctuality:
    each = [one.on_time for one in found]
    return Punctuality(sum(each), len(each))


def by_district(found: Sequence[Return]) -> dict[District, Punctuality]:
    """Per county, in the order of their codes."""
    counties = dict.fromkeys(one.district for one in found)
    return {county: punctuality(one for one in found if one.district == county) for county in counties}
