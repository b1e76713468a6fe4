"""Counties that report late: what nobody has reported is not told, not judged, not ranked."""

from datetime import date
from pathlib import Path

import pytest

from cockpit import slices
from cockpit.reading import Reading, readings, series
from cockpit.warehouse import Snapshot


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    """A snapshot of one's own: tests change its states."""
    version = (warehouse_root / "published" / "current").read_text().strip()
    return Snapshot(warehouse_root / "published" / f"cockpit-{version}.duckdb")


def reading(snapshot: Snapshot, key: str, district: str = "330500", period: str = "2023-Q2") -> Reading:
    slice = slices.parse({"district": district, "period": period}, snapshot.info.data_date)
    return readings(snapshot, [key], slice)[key]


def test_a_period_that_begins_after_the_data_was_not_reported(snapshot: Snapshot) -> None:
    snapshot.states["contest", "330502"] = date(2023, 5, 25)
    assert reading(snapshot, "contest_events", "330502", "2023-06").reason == (
        "吴兴区的竞赛数据截至2023-05-25，本期尚未上报"
    )
    quarter = reading(snapshot, "contest_events", "330502", "2023-Q2")
    assert (quarter.value, quarter.as_of) == (1, date(2023, 5, 25))  # what was sent of later days waits
    city = reading(snapshot, "contest_events", period="2023-Q2")
    assert (city.value, city.as_of) == (2, date(2023, 5, 25))  # 吴兴区 J1, 德清县 J2: one date for all


def test_days_after_the_data_are_not_judged_either(snapshot: Snapshot) -> None:
    snapshot.states["certificate", "330502"] = date(2023, 5, 31)
    june = reading(snapshot, "skill_promotions", period="2023-06")
    assert (june.value, june.done, june.gap, june.lamp) == (None, None, None, "grey")
    assert june.reason == "吴兴区的技能证书数据截至2023-05-31，本期尚未上报"


def test_a_stock_does_not_stand_still_after_its_data_ends(snapshot: Snapshot) -> None:
    snapshot.states["station", "330502"] = date(2023, 5, 31)
    june = reading(snapshot, "stations_open", period="2023-06")
    assert (june.value, june.reason) == (None, "吴兴区的服务站点数据截至2023-05-31，本期尚未上报")
    half = reading(snapshot, "stations_open")
    assert half.value == series(snapshot, "stations_open", half.slice, months=2)["value"][0]
    assert half.as_of == date(2023, 5, 31)


def test_a_slow_register_stands_until_its_rhythm_runs_out(snapshot: Snapshot) -> None:
    now = reading(snapshot, "union_rate_25").value
    snapshot.states["enterprise", "330502"] = date(2023, 3, 31)  # rhythm 100 days: stands until 9 July
    assert reading(snapshot, "union_rate_25").value == now is not None
    snapshot.states["enterprise", "330502"] = date(2023, 1, 31)  # until 11 May
    assert reading(snapshot, "union_rate_25", period="2023-06").value is None


def test_siblings_are_ranked_up_to_the_same_day(snapshot: Snapshot) -> None:
    snapshot.states["contest", "330502"] = date(2023, 6, 1)  # before its second contest of 11 June
    late = reading(snapshot, "contest_events", "330521")
    assert (late.rank, late.siblings) == (1, 5)  # one each up to 1 June in two of them, none in the others


def test_the_months_of_a_week_add_up_to_the_week_s_last_day(snapshot: Snapshot) -> None:
    """Else a curve of the year so far would tell more than the card above it."""
    slice = slices.parse({"district": "330521", "period": "2023-W23"}, snapshot.info.data_date)
    months = series(snapshot, "skill_promotions", slice, months=3)
    assert months["month"].to_list()[-1] == date(2023, 6, 11)
    to_date = reading(snapshot, "skill_promotions", "330521", "2023-01-01..2023-06-11")
    assert months["value"].sum() == to_date.value
