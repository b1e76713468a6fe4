"""Cells -> values: dates in every notation, check digits, numbers, lists of words."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from etl.contract import credit_code
from etl.contract.dates import SERIAL_ORIGIN, parse_date, parse_month
from etl.contract.values import parser
from etl.sources import SOURCES
from tests.sending import USCC

DAYS = st.dates(date(1900, 3, 1), date(2100, 12, 31))
SERIAL_DAYS = st.dates(date(1957, 7, 1), date(2100, 12, 31))  # five digits, and no year and month
NOTATIONS = (
    "{0:%Y-%m-%d}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month} 月 {0.day} 日",
    "{0:%Y%m%d}",
    "{0:%Y-%m-%d} 00:00:00",
    "{0:%Y-%m-%d}T08:30:00",
)
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789-/."}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(day=DAYS, notation=st.sampled_from(NOTATIONS), wide=st.booleans())
def test_every_notation_of_a_date_gives_the_day(day: date, notation: str, wide: bool) -> None:
    text = notation.format(day)
    assert parse_date(text.translate(FULL_WIDTH) if wide else text) == day


@settings(max_examples=40, deadline=None, derandomize=True)
@given(day=SERIAL_DAYS)
def test_excels_serial_gives_the_day(day: date) -> None:
    assert parse_date(str((day - SERIAL_ORIGIN).days)) == day


def test_a_known_serial() -> None:
    assert parse_date("45688") == date(2025, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["", "2023", "2023-5", "23-5-1", "5/1/2023", "2023-02-30", "20231301", "1899-12-31", "四月", "202305011"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    ["2024-02", "2024.2", "2024/02", "2024年2月", "202402", "2024-02-17", "2024-02-01 00:00:00", "45323"],
)
def test_every_notation_of_a_month_gives_its_last_day(text: str) -> None:
    assert parse_month(text) == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2024", "2024-13", "2月", "24-2"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert parse_month(text) is None


codes = st.text("0123456789", min_size=8, max_size=8).flatmap(
    lambda head: st.text(credit_code.ALPHABET, min_size=9, max_size=9).map(
        lambda body: head + body + uscc.calc_check_digit(head + body)
    )
)


formed = st.text(credit_code.ALPHABET, min_size=18, max_size=18)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(code=codes, place=st.integers(0, 17), other=st.sampled_from(credit_code.ALPHABET))
def test_a_changed_character_breaks_the_check_digit(code: str, place: int, other: str) -> None:
    """Weights are powers of 3 modulo the prime 31, so no single change goes unseen."""
    changed = code[:place] + other + code[place + 1 :]
    assert credit_code.sound(pa.array([code, changed])).tolist() == [True, changed == code]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(codes, st.text(max_size=20), st.text(credit_code.ALPHABET, min_size=18, max_size=18)),
        max_size=20,
    )
)
def test_many_codes_at_once_say_what_stdnum_says_of_each(texts: list[str]) -> None:
    compact = [text for text in texts if text == uscc.compact(text)]
    assert credit_code.sound(pa.array(compact, pa.string())).tolist() == [
        uscc.is_valid(text) for text in compact
    ]


@pytest.mark.parametrize(
    ("source", "column", "text", "value"),
    [
        ("enterprise", "uscc", USCC.lower(), USCC),
        ("enterprise", "employees", "1,200", 1200),
        ("enterprise", "employees", "１２０", 120),
        ("enterprise", "employees", "120.0", 120),
        ("enterprise", "employees", "120人", None),
        ("enterprise", "employees", "-1", None),
        ("enterprise", "employees", "1,20", None),
        ("enterprise", "above_scale_years", "2022、2021;2022年", "2021;2022"),
        ("enterprise", "above_scale_years", "2022-2023", None),
        ("enterprise", "industry", "C", "C"),
        ("enterprise", "industry", "制造业", "C"),
        ("enterprise", "industry", "制造", None),
        ("enterprise", "reform_pilot", "是", "yes"),
        ("enterprise", "reform_pilot", "√", None),
        ("station", "facilities", "AED，饮水机", "aed;water"),
        ("station", "facilities", "饮水机、沙发", None),
        ("station", "lon", "119.967", 119.967),
        ("station", "lon", "nan", None),
        ("station", "lon", "119.96°", None),
        ("station", "type", "24小时智能型", "h24"),
        ("target", "plan_03", "25%", 25.0),
        ("target", "indicator", "技能晋级人次", "skill_promotions"),
        ("target", "indicator", "skill_promotions", "skill_promotions"),
        ("target", "district", "330500", "330500"),
        ("certificate", "level", "高级工", "senior"),
        ("certificate", "person_key", "A" * 64, "a" * 64),
        ("certificate", "person_key", "a" * 63, None),
        ("certificate", "certificate_no", "Y０00033", "Y000033"),
        ("certificate", "certificate_no", "3.305E+17", None),
        ("certificate", "occupation_code", "2018-01-01 00:00:00", None),
        ("contract", "contract_no", "德工资协〔2023〕12号", "德工资协〔2023〕12号"),
        ("union", "name", "长" * 501, None),
    ],
)
def test_a_cell_is_read_as_its_column_says(source: str, column: str, text: str, value: object) -> None:
    assert parser(SOURCES[source].column(column))(text) == value


def test_leap_days_of_serials_are_counted_as_excel_counts_them() -> None:
    assert parse_date("36585") == date(2000, 2, 29)
    assert parse_date(str(36585 + 1)) == date(2000, 2, 29) + timedelta(days=1)
