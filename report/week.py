"""Which week a pack is about, and the two slices that are read for it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cockpit import slices
from cockpit.slices import BadSlice, Slice
from cockpit.warehouse import Info
from report import Refused

FORM = re.compile(r"[0-9]{4}-W[0-9]{2}")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Scope:
    """`week` is the ISO week of a district, `to_date` the days from 1 January to that week's last.

    A week over New Year belongs to its ISO year: `to_date` ends with 31 December, or begins on 1 January
    inside the week.
    """

    week: Slice
    to_date: Slice

    @property
    def whole_months(self) -> Slice:
        """`to_date`, ended with its last whole month; in January, which has none yet, as it is."""
        last = self.to_date.period.end
        first = (last + timedelta(days=1)).replace(day=1)
        if first.month == 1:
            return self.to_date
        months = slices.parse_period(f"{last.year}-01-01..{first - timedelta(days=1)}")
        return Slice(self.to_date.district, months)

    @property
    def code(self) -> str:
        return self.week.period.code

    @property
    def place(self) -> str:
        """How sentences call the district: the city is 全市."""
        district = self.week.district
        return "全市" if district.level == "city" else district.name

    @property
    def name(self) -> str:
        return self.week.district.name

    @property
    def day(self) -> str:
        """The week's last day as sentences say it: 6月25日; with its year in a week over New Year."""
        last = self.week.period.end
        return f"{last.year}年{spoken(last)}" if self.over_new_year else spoken(last)

    @property
    def over_new_year(self) -> bool:
        return self.week.period.start.year != self.week.period.end.year

    @property
    def year(self) -> str:
        """The year of sums and targets, where it must be named: 2022年; empty inside a year."""
        return f"{self.week.period.year}年" if self.over_new_year else ""

    @property
    def covers(self) -> str:
        """Which days a year's sum holds, where the week has others too: 至12月31日, 1月1日起; else empty."""
        return "1月1日起" if self.over_new_year and not self.ends else self.ends

    @property
    def ends(self) -> str:
        """至12月31日, where the year of the week ends inside it; else empty."""
        return "至12月31日" if self.to_date.period.end < self.week.period.end else ""


def spoken(day: date) -> str:
    return f"{day.month}月{day.day}日"


def code_of(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def last_whole(data_date: date) -> str:
    """The newest ISO week whose Sunday is not after the data date."""
    return code_of(data_date - timedelta(days=data_date.isoweekday() % 7))


def chosen(code: str | None, district: str | None, info: Info) -> Scope:
    """The slices of a week (default: the last whole one) and a district (default: the root).

    Raises:
        BadSlice: the code names no week, or there is no such district.
        Refused: the data does not hold the whole week.
    """
    code = code or last_whole(info.data_date)
    if not FORM.fullmatch(code):
        raise BadSlice(f"周次“{code[:20]}”无法识别。请写成 2023-W25。")
    place = {"district": district} if district else {}
    week = slices.parse({"period": code, **place}, info.data_date)
    period = week.period
    if period.cut:
        raise Refused(
            f"{code}还不是完整的一周（数据截至{info.data_date}）。"
            f"请选择 {last_whole(info.data_date)} 或更早。"
        )
    if period.start < info.complete_since:
        raise Refused(f"{info.complete_since}之前没有完整记录，不能做{code}的周报。")
    first, last = period.year_to_date
    return Scope(week, slices.parse({"period": f"{first}..{last}", **place}, info.data_date))


def judged_on(code: str, data_date: date) -> date:
    """The day by which a pack tells what is stale: the Monday on which it is due, or the data's own date.

    Never today: a pack made again later says what it said.
    """
    return max(data_date, slices.parse_period(code).end + timedelta(days=1))


def weeks_up_to(scope: Scope, count: int, since: date) -> list[Slice]:
    """The last `count` weeks, oldest first; none that begins before `since`."""
    week = scope.week
    days = (week.period.start - back * WEEK for back in range(count - 1, -1, -1))
    periods = [slices.parse_period(code_of(day)) for day in days if day >= since]
    return [Slice(week.district, period) for period in periods]
