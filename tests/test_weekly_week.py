"""Which week a pack is about."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cockpit.slices import BadSlice
from cockpit.warehouse import Info
from report import Refused
from report.week import chosen, judged_on, last_whole, weeks_up_to


def info(data_date: date) -> Info:
    return Info("v", datetime(2023, 7, 1), "demo", data_date, data_date, date(2021, 1, 1))


@pytest.mark.parametrize(
    ("data_date", "week"),
    [
        (date(2023, 6, 30), "2023-W25"),  # a Friday: its own week is not whole
        (date(2023, 7, 1), "2023-W25"),
        (date(2023, 7, 2), "2023-W26"),  # a Sunday ends its week
        (date(2023, 1, 1), "2022-W52"),
        (date(2021, 1, 5), "2020-W53"),
    ],
)
def test_the_default_is_the_last_week_whose_sunday_has_data(data_date: date, week: str) -> None:
    assert last_whole(data_date) == week


def test_the_year_so_far_ends_with_the_week() -> None:
    scope = chosen(None, "330521", info(date(2023, 6, 30)))
    assert scope.week.query() == {"district": "330521", "period": "2023-W25"}
    assert scope.to_date.query() == {"district": "330521", "period": "2023-01-01..2023-06-25"}
    assert (scope.place, scope.day) == ("德清县", "6月25日")


@pytest.mark.parametrize(
    ("week", "period"),
    [
        ("2023-W23", "2023-01-01..2023-05-31"),
        ("2023-W17", "2023-01-01..2023-04-30"),  # its Sunday ends the month
        ("2023-W03", "2023-01-01..2023-01-22"),  # no whole month yet
        ("2022-W50", "2022-01-01..2022-11-30"),
    ],
)
def test_what_is_told_by_months_ends_with_the_last_whole_one(week: str, period: str) -> None:
    assert chosen(week, None, info(date(2023, 6, 30))).whole_months.period.code == period


@pytest.mark.parametrize(
    ("week", "period", "day", "year", "covers"),
    [
        ("2020-W53", "2020-01-01..2020-12-31", "2021年1月3日", "2020年", "至12月31日"),
        ("2022-W52", "2022-01-01..2022-12-31", "2023年1月1日", "2022年", "至12月31日"),
        ("2023-W52", "2023-01-01..2023-12-31", "12月31日", "", ""),
        ("2024-W01", "2024-01-01..2024-01-07", "1月7日", "", ""),
        ("2024-W52", "2024-01-01..2024-12-29", "12月29日", "", ""),
        ("2025-W01", "2025-01-01..2025-01-05", "2025年1月5日", "2025年", "1月1日起"),
        ("2026-W53", "2026-01-01..2026-12-31", "2027年1月3日", "2026年", "至12月31日"),
    ],
)
def test_a_week_over_new_year_counts_to_its_iso_year(
    week: str, period: str, day: str, year: str, covers: str
) -> None:
    scope = chosen(week, None, replace(info(date(2027, 6, 30)), complete_since=date(2019, 1, 1)))
    assert scope.to_date.period.code == period
    assert (scope.day, scope.year, scope.covers) == (day, year, covers)


@pytest.mark.parametrize(
    ("data_date", "day"),
    [
        (date(2023, 6, 25), date(2023, 6, 26)),  # made on the Monday after
        (date(2023, 6, 26), date(2023, 6, 26)),
        (date(2023, 9, 30), date(2023, 9, 30)),  # an old week from newer data
    ],
)
def test_a_pack_is_judged_by_the_day_it_is_due_or_its_data_s_own(data_date: date, day: date) -> None:
    assert judged_on("2023-W25", data_date) == day


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ("2023-W26", "2023-W26还不是完整的一周（数据截至2023-06-30）。请选择 2023-W25 或更早。"),
        ("2020-W50", "2021-01-01之前没有完整记录，不能做2020-W50的周报。"),
    ],
)
def test_a_week_the_data_does_not_hold_is_refused(week: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen(week, None, info(date(2023, 6, 30)))
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("week", ["2023-25", "2023-W99", "2023-06", "W25"])
def test_what_names_no_week_is_a_wrong_argument(week: str) -> None:
    with pytest.raises(BadSlice):
        chosen(week, None, info(date(2023, 6, 30)))


def test_the_weeks_of_a_chart_end_with_the_pack_s_own_and_begin_with_complete_records() -> None:
    scope = chosen("2021-W02", None, info(date(2023, 6, 30)))
    weeks = weeks_up_to(scope, 12, date(2021, 1, 1))
    assert [one.period.code for one in weeks] == ["2021-W01", "2021-W02"]
