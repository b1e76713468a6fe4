"""Which week a pack is about."""

from datetime import date, datetime

import pytest

from cockpit.slices import BadSlice
from cockpit.warehouse import Info
from report import Refused
from report.week import chosen, last_whole, weeks_up_to


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


def test_a_week_over_new_year_counts_from_the_first_of_january_of_its_sunday() -> None:
    scope = chosen("2022-W52", None, info(date(2023, 6, 30)))
    assert scope.to_date.period.code == "2023-01-01..2023-01-01"
    assert scope.place == "全市"


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
