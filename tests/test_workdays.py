"""The working-day calendar behind the clocks of 工资集体协商."""

from datetime import date
from pathlib import Path

import duckdb

from etl import inputs, workdays

Warehouse = duckdb.DuckDBPyConnection


def test_the_calendar_knows_shifted_days(hand: Warehouse) -> None:
    days = dict(
        hand.execute("SELECT day, is_workday FROM dim_calendar WHERE day >= DATE '2023-04-22'").fetchall()
    )
    worked = {date(2023, 4, 23): 1, date(2023, 5, 1): 0, date(2023, 5, 3): 0, date(2023, 5, 6): 1}
    assert {day: days[day] for day in worked} == worked
    assert {day: days[day] for day in (date(2023, 6, 22), date(2023, 6, 25))} == {
        **{date(2023, 6, 22): 0, date(2023, 6, 25): 1},
    }
    first, last, count = hand.execute("SELECT MIN(day), MAX(day), COUNT(*) FROM dim_calendar").fetchall()[0]
    assert (first, last, count) == (date(2010, 1, 1), date(2030, 12, 31), 7670)


def test_an_override_corrects_the_library(tmp_path: Path) -> None:
    table = tmp_path / "overrides.csv"
    table.write_text("day,is_workday,reason\n2023-06-30,0,示例\n2023-07-01,1,示例\n", "utf-8")
    calendar = workdays.calendar(table).set_index("day")
    plain = workdays.calendar(inputs.REFERENCE / "workday_overrides.csv").set_index("day")
    assert list(calendar["is_workday"][[date(2023, 6, 30), date(2023, 7, 1)]]) == [0, 1]
    assert list(plain["is_workday"][[date(2023, 6, 30), date(2023, 7, 1)]]) == [1, 0]
    assert calendar["workday_no"].iloc[-1] == plain["workday_no"].iloc[-1]
