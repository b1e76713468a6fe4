"""Periods of time: weeks (ISO), months, quarters, halves, years, year to date and custom spans."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Kind = Literal["week", "month", "quarter", "half", "year", "ytd", "custom"]
DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "ytd": 12}
EARLIEST = 2000
ADVICE = "请写成 2023、2023-YTD、2023-H1、2023-Q2、2023-06、2023-W25 或 2023-01-01..2023-03-31。"


class BadPeriod(ValueError):
    """A period from outside that cannot be read or has no data; args[0] is a sentence."""


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def shifted(day: date, months: int, end: bool = False) -> date:
    """The same day some months away, cut at the month's end; with `end`, a month's last day stays one."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = monthrange(year, month + 1)[1]
    stays_last = end and day == month_end(day)
    return date(year, month + 1, last if stays_last else min(day.day, last))


@dataclass(frozen=True)
class Period:
    """Days `start` to `end`, both included; `whole_end` is the last day before a cut at the data date."""

    code: str
    start: date
    end: date
    kind: Kind
    label: str
    whole_end: date

    @property
    def cut(self) -> bool:
        return self.end < self.whole_end

    @property
    def year(self) -> int:
        """The year whose target it is measured by: that of its last day; of a week, its ISO year."""
        return min(self.start.isocalendar().year, self.end.year) if self.kind == "week" else self.end.year

    @property
    def year_to_date(self) -> tuple[date, date]:
        """From 1 January of `year` to the last day, or to 31 December where the period goes beyond."""
        return date(self.year, 1, 1), min(self.end, date(self.year, 12, 31))

    def counted(self, rule: str) -> tuple[date, date]:
        """The days an indicator of this rule is counted over: a flow's own, else the year to date.

        So what stands, stands on the day by which its completion is judged, in a week over New Year too.
        """
        return (self.start, self.end) if rule == "flow" else self.year_to_date

    def until(self, data_date: date) -> "Period":
        """This period without the days after the data date; BadPeriod when none is left.

        A year to date of an ended year is that year: one slice, one spelling.
        """
        if self.start > data_date:
            raise BadPeriod(f"{self.label}还没有数据（数据截至{data_date}）。请选择更早的周期。")
        if self.kind == "ytd" and self.whole_end <= data_date:
            return parse_period(str(self.start.year))
        if self.whole_end <= data_date:
            return self
        whole = self.label.partition("（截至")[0]
        return replace(self, end=data_date, label=f"{whole}（截至{data_date}）")

    def previous(self) -> "Period | None":
        """The period just before, cut alike; None where it would be the same span a year earlier (同比)."""
        if self.kind in ("ytd", "year") and (self.cut or self.kind == "ytd"):
            return None
        if self.kind in MONTHS:
            months = MONTHS[self.kind]
            return self._moved(lambda day, end: shifted(day, -months, end))
        length = self.whole_end - self.start + DAY
        return self._moved(lambda day, end: day - length)

    def year_ago(self) -> "Period | None":
        """The same span a year earlier, cut alike; a 53rd week has none when that year had 52."""
        if self.kind != "week":
            return self._moved(lambda day, end: shifted(day, -12, end))
        year, number, _ = self.start.isocalendar()
        try:
            back = self.start - date.fromisocalendar(year - 1, number, 1)
        except ValueError:
            return None
        return self._moved(lambda day, end: day - back)

    def _moved(self, move: Callable[[date, bool], date]) -> "Period":
        start, whole_end = move(self.start, False), move(self.whole_end, True)
        end = min(move(self.end, True), whole_end) if self.cut else whole_end
        return replace(self, start=start, end=end, whole_end=whole_end, code="", label=f"{start}至{end}")


def _year(code: str) -> int:
    year = int(code)
    if year < EARLIEST or year > 2100:
        raise BadPeriod(f"周期的年份“{code}”不在{EARLIEST}至2100之间。{ADVICE}")
    return year


def _months(code: str, kind: Kind, first: int, label: str) -> Period:
    start = date(_year(code[:4]), first, 1)
    end = month_end(shifted(start, MONTHS[kind] - 1))
    return Period(code, start, end, kind, f"{start.year}年{label}", end)


def _week(code: str) -> Period:
    year, number = _year(code[:4]), int(code[6:])
    start = date.fromisocalendar(year, number, 1)
    end = start + 6 * DAY
    return Period(code, start, end, "week", f"{year}年第{number}周（{start:%m-%d}至{end:%m-%d}）", end)


def _custom(code: str) -> Period:
    start, end = (date.fromisoformat(text) for text in code.split(".."))
    _year(code[:4])
    _year(code[12:16])
    if end < start:
        raise BadPeriod(f"周期“{code}”的结束日早于开始日。{ADVICE}")
    return Period(code, start, end, "custom", f"{start}至{end}", end)


DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
FORMS: tuple[tuple[str, Callable[[str], Period]], ...] = (
    (r"[0-9]{4}", lambda code: _months(code, "year", 1, "")),
    (r"[0-9]{4}-YTD", lambda code: _months(code, "ytd", 1, "年初至今")),
    (r"[0-9]{4}-H1", lambda code: _months(code, "half", 1, "上半年")),
    (r"[0-9]{4}-H2", lambda code: _months(code, "half", 7, "下半年")),
    (r"[0-9]{4}-Q[1-4]", lambda code: _months(code, "quarter", 3 * int(code[6]) - 2, f"第{code[6]}季度")),
    (r"[0-9]{4}-[0-9]{2}", lambda code: _months(code, "month", int(code[5:]), f"{int(code[5:])}月")),
    (r"[0-9]{4}-W[0-9]{2}", _week),
    (rf"{DATE}\.\.{DATE}", _custom),
)


def parse_period(code: str) -> Period:
    """The whole period that a code names (2023-H1, 2023-W25 …); BadPeriod with a sentence otherwise."""
    for form, read in FORMS:
        if re.fullmatch(form, code):
            try:
                return read(code)
            except BadPeriod:
                raise
            except ValueError:  # month 13, week 54, 30 February
                break
    raise BadPeriod(f"周期“{code[:40]}”无法识别。{ADVICE}")


def default_period(data_date: date) -> Period:
    """The first half-year while it runs, else the year to date: judged by the data date, not by today."""
    code = f"{data_date.year}-H1" if data_date.month <= 6 else f"{data_date.year}-YTD"
    return parse_period(code).until(data_date)


def period_choices(data_date: date, since: date) -> list[Period]:
    """What a filter bar offers: year to date, ended years, halves, quarters, months; newest first."""
    years = range(data_date.year, since.year - 1, -1)
    codes = [f"{data_date.year}-YTD", *map(str, years[1:])]
    codes += [f"{year}-H{half}" for year in years for half in (2, 1)]
    codes += [f"{year}-Q{quarter}" for year in years for quarter in (4, 3, 2, 1)]
    codes += [f"{year}-{month:02d}" for year in years for month in range(12, 0, -1)]
    periods = (parse_period(code) for code in codes)
    inside = [period.until(data_date) for period in periods if since <= period.start <= data_date]
    return list({period.code: period for period in inside}.values())
