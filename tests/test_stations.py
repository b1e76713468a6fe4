"""The list of stations shows what the card 在用站点 counts, or nothing."""

from datetime import date
from pathlib import Path

import pytest

from cockpit import slices
from cockpit.reading import readings
from cockpit.stations import stations
from cockpit.warehouse import Snapshot, Warehouse


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


def listed_and_counted(snapshot: Snapshot, **params: str) -> tuple[int, float | None]:
    where = slices.parse(params, snapshot.info.data_date)
    return len(stations(snapshot, where)), readings(snapshot, ["stations_open"], where)["stations_open"].value


def test_the_list_has_as_many_rows_as_the_card_counts(snapshot: Snapshot) -> None:
    assert listed_and_counted(snapshot) == (4, 4)
    listed, counted = listed_and_counted(snapshot, district="330521", station_type="basic")
    assert listed == counted


def test_the_list_is_empty_where_the_card_has_no_figure(snapshot: Snapshot) -> None:
    assert listed_and_counted(snapshot, channel="contest") == (0, None)
    assert listed_and_counted(snapshot, period="2020-H1") == (0, None)


def test_the_list_ends_where_the_oldest_data_ends(snapshot: Snapshot) -> None:
    snapshot.states["station", "330502"] = date(2023, 5, 31)
    listed, counted = listed_and_counted(snapshot)
    assert listed == counted
