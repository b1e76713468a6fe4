"""Periods, their comparisons, and slices from and to the URL."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import slices
from cockpit.slices import BadSlice, Period, parse_period
from cockpit.slices.period import BadPeriod

DATA_DATE = date(2023, 6, 30)


def days(period: Period | None) -> str | None:
    return f"{period.start}..{period.end}" if period else None


@pytest.mark.parametrize(
    ("code", "expected", "label"),
    [
        ("2023-06", "2023-06-01..2023-06-30", "2023年6月"),
        ("2024-02", "2024-02-01..2024-02-29", "2024年2月"),
        ("2023-Q2", "2023-04-01..2023-06-30", "2023年第2季度"),
        ("2023-H1", "2023-01-01..2023-06-30", "2023年上半年"),
        ("2022-H2", "2022-07-01..2022-12-31", "2022年下半年"),
        ("2022", "2022-01-01..2022-12-31", "2022年"),
        ("2023-W01", "2023-01-02..2023-01-08", "2023年第1周（01-02至01-08）"),
        ("2020-W53", "2020-12-28..2021-01-03", "2020年第53周（12-28至01-03）"),
        ("2023-02-03..2023-02-03", "2023-02-03..2023-02-03", "2023-02-03至2023-02-03"),
    ],
)
def test_a_code_names_its_days(code: str, expected: str, label: str) -> None:
    period = parse_period(code)
    assert (days(period), period.label, period.code) == (expected, label, code)


@pytest.mark.parametrize(
    "code",
    [
        *(
            "",
            "2023-13",
            "2023-00",
            "2023-Q5",
            "2023-H3",
            "2023-W54",
            "2022-W53",
            "2023-W00",
            "2023-ytd",
            "1999",
        ),
        *(
            "2023-02-30..2023-03-01",
            "2023-03-02..2023-03-01",
            "2023-1",
            "２０２３",
            "2023-H1 ",
            "2023-H1\n",
            "全部",
        ),
    ],
)
def test_what_names_no_period_is_refused_and_told_how_to_write(code: str) -> None:
    with pytest.raises(BadPeriod, match="2023-H1、2023-Q2"):
        parse_period(code)


@pytest.mark.parametrize(
    ("code", "now", "previous", "year_ago"),
    [
        ("2023-06", "2023-06-01..2023-06-30", "2023-05-01..2023-05-31", "2022-06-01..2022-06-30"),
        ("2023-Q2", "2023-04-01..2023-06-30", "2023-01-01..2023-03-31", "2022-04-01..2022-06-30"),
        ("2023-H1", "2023-01-01..2023-06-30", "2022-07-01..2022-12-31", "2022-01-01..2022-06-30"),
        ("2022", "2022-01-01..2022-12-31", "2021-01-01..2021-12-31", "2021-01-01..2021-12-31"),
        ("2022-YTD", "2022-01-01..2022-12-31", "2021-01-01..2021-12-31", "2021-01-01..2021-12-31"),
        ("2023-YTD", "2023-01-01..2023-06-30", None, "2022-01-01..2022-06-30"),
        ("2023", "2023-01-01..2023-06-30", None, "2022-01-01..2022-06-30"),
        ("2023-W25", "2023-06-19..2023-06-25", "2023-06-12..2023-06-18", "2022-06-20..2022-06-26"),
        ("2023-W26", "2023-06-26..2023-06-30", "2023-06-19..2023-06-23", "2022-06-27..2022-07-01"),
        ("2020-W53", "2020-12-28..2021-01-03", "2020-12-21..2020-12-27", None),
        (
            "2023-04-11..2023-04-20",
            "2023-04-11..2023-04-20",
            "2023-04-01..2023-04-10",
            "2022-04-11..2022-04-20",
        ),
        (
            "2023-06-21..2023-07-20",
            "2023-06-21..2023-06-30",
            "2023-05-22..2023-05-31",
            "2022-06-21..2022-06-30",
        ),
    ],
)
def test_comparisons(code: str, now: str, previous: str | None, year_ago: str | None) -> None:
    period = parse_period(code).until(DATA_DATE)
    assert (days(period), days(period.previous()), days(period.year_ago())) == (now, previous, year_ago)


@pytest.mark.parametrize(
    ("code", "data_date", "previous", "year_ago"),
    [
        ("2023-H1", "2023-05-10", "2022-07-01..2022-11-10", "2022-01-01..2022-05-10"),
        ("2023-H1", "2023-04-30", "2022-07-01..2022-10-31", "2022-01-01..2022-04-30"),
        ("2023-03", "2023-03-30", "2023-02-01..2023-02-28", "2022-03-01..2022-03-30"),
        ("2024-YTD", "2024-02-29", None, "2023-01-01..2023-02-28"),
        ("2025-YTD", "2025-02-28", None, "2024-01-01..2024-02-29"),
        ("2024-02", "2024-02-28", "2024-01-01..2024-01-28", "2023-02-01..2023-02-28"),
    ],
)
def test_a_period_in_progress_is_cut_and_so_are_its_comparisons(
    code: str, data_date: str, previous: str | None, year_ago: str
) -> None:
    period = parse_period(code).until(date.fromisoformat(data_date))
    assert period.cut and period.label.endswith(f"（截至{data_date}）")
    assert (days(period.previous()), days(period.year_ago())) == (previous, year_ago)


@pytest.mark.parametrize(
    ("code", "year_ago"), [("2024-02", "2023-02-01..2023-02-28"), ("2025-02", "2024-02-01..2024-02-29")]
)
def test_february_is_compared_with_all_of_february(code: str, year_ago: str) -> None:
    assert days(parse_period(code).year_ago()) == year_ago


@pytest.mark.parametrize(
    ("data_date", "code"),
    [
        ("2023-06-30", "2023-H1"),
        ("2023-01-01", "2023-H1"),
        ("2023-07-01", "2023-YTD"),
        ("2023-12-31", "2023"),
    ],
)
def test_the_default_period_follows_the_data_date(data_date: str, code: str) -> None:
    assert slices.parse({}, date.fromisoformat(data_date)).period.code == code


def test_a_slice_has_one_spelling_and_one_label() -> None:
    params = {"period": "2023-Q2", "nef": "yes", "channel": "contest", "district": "330521"}
    slice = slices.parse(params, DATA_DATE)
    assert slice.query() == {"district": "330521", "period": "2023-Q2", "channel": "contest", "nef": "yes"}
    assert slice.label() == "德清县 · 2023年第2季度 · 取得渠道：竞赛 · 新业态：是"
    assert (
        slices.parse(slice.query(), DATA_DATE)
        == slice
        == slices.parse(dict(reversed(params.items())), DATA_DATE)
    )


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"district": "330182"}, "没有代码为“330182”的区划"),
        ({"district": ""}, "没有代码为“”的区划"),
        ({"period": "2023-H2"}, "2023年下半年还没有数据（数据截至2023-06-30）。请选择更早的周期。"),
        ({"period": "junk"}, "周期“junk”无法识别"),
        ({"channel": "lottery"}, "筛选项“取得渠道”没有“lottery”这个值。可用的值：contest(竞赛)"),
        ({"channel": ""}, "筛选项“取得渠道”没有“”这个值"),
        ({"distrikt": "330521"}, "地址中的参数“distrikt”不认识"),
    ],
)
def test_a_parameter_that_means_nothing_is_an_error_not_all(params: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadSlice, match=sentence.replace("(", r"\(").replace(")", r"\)")) as wrong:
        slices.parse(params, DATA_DATE)
    assert wrong.value.sentence == str(wrong.value)


def test_a_page_may_have_parameters_of_its_own() -> None:
    assert slices.parse({"map": "unions"}, DATA_DATE, also=("map",)) == slices.parse({}, DATA_DATE)


def test_period_choices_are_all_parsable_newest_first_and_inside_the_complete_records() -> None:
    choices = slices.period_choices(date(2023, 5, 3), date(2022, 1, 1))
    assert [c.code for c in choices][:7] == [
        "2023-YTD",
        "2022",
        "2023-H1",
        "2022-H2",
        "2022-H1",
        "2023-Q2",
        "2023-Q1",
    ]
    assert choices[-1].code == "2022-01"
    assert all(slices.parse({"period": c.code}, date(2023, 5, 3)).period == c for c in choices)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from(["month", "quarter", "half", "week"]))
def test_the_previous_whole_period_ends_the_day_before(day: date, kind: str) -> None:
    year, week, _ = day.isocalendar()
    codes = {
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "half": f"{day.year}-H{(day.month + 5) // 6}",
        "week": f"{year}-W{week:02d}",
    }
    period = parse_period(codes[kind])
    previous = period.previous()
    assert period.start <= day <= period.end
    assert previous and (period.start - previous.end).days == 1
    assert previous.previous() is not None
    spans = [previous.previous(), previous, period]
    assert all(a and b and a.end < b.start for a, b in pairwise(spans))


def test_a_custom_period_ends_within_the_calendar() -> None:
    with pytest.raises(BadPeriod, match="9999"):
        parse_period("2023-01-01..9999-12-31")
