"""户外站点, counted by hand from tests/data/hand: station, station_visit, station_check; divisions."""
# ruff: noqa: E501 (a row of a table is a line)

from pathlib import Path

import duckdb

from etl import build
from tests.warehouse_fixture import File, assert_counts, opened, write_batch, write_store

Warehouse = duckdb.DuckDBPyConnection


def test_stations_open_accepted_and_mapped(hand: Warehouse) -> None:
    """S2 and S5 count as accepted and mapped only from acceptance on; S3 is on a map but never accepted."""
    assert_counts(
        hand,
        "mart_station",
        """
        day        | district | open | benchmark | h24 | accepted | mapped
        2023-03-31 | 330502   | 1    | 1         | 0   | 1        | 1
        2023-04-30 | 330502   | 2    | 1         | 1   | 1        | 1
        2023-05-31 | 330502   | 2    | 1         | 1   | 2        | 2
        2023-06-30 | 330502   | 2    | 1         | 1   | 2        | 2
        2023-05-30 | 330521   | 1    | 0         | 0   | 0        | 0
        2023-05-31 | 330521   | 0    | 0         | 0   | 0        | 0
        2023-06-30 | 330521   | 2    | 1         | 0   | 1        | 0
        2023-04-09 | 330523   | 1    | 1         | 0   | 0        | 0
        2023-04-10 | 330523   | 1    | 1         | 0   | 1        | 1
        2023-06-14 | 330523   | 1    | 1         | 0   | 1        | 1
        2023-06-15 | 330523   | 0    | 0         | 0   | 0        | 0
        """,
    )
    assert_counts(
        hand,
        "mart_station",
        """
        day        | station_type | provision | venue  | nef | open_24h | open | benchmark | h24 | accepted | mapped
        2023-06-30 | benchmark    | shared    | bank   | no  | no       | 1    | 1         | 0   | 1        | 1
        2023-06-30 | h24          | own       | union  | yes | yes      | 1    | 0         | 1   | 1        | 1
        2023-06-30 | basic        | own       | street | no  | no       | 1    | 0         | 0   | 1        | 0
        2023-06-30 | benchmark    | own       | union  | no  | yes      | 1    | 1         | 0   | 0        | 0
        """,
    )


def test_stations_new(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_station_new",
        """
        start      | end        | district | station_type | provision | venue  | nef | open_24h | opened
        2023-04-01 | 2023-06-30 | 330502   | h24          | own       | union  | yes | yes      | 1
        2023-06-01 | 2023-06-30 | 330521   | basic        | own       | street | no  | no       | 1
        2023-06-30 | 2023-06-30 | 330521   | benchmark    | own       | union  | no  | yes      | 1
        2023-04-01 | 2023-06-30 | 330523   | benchmark    | shared    | party  | yes | no       | 0
        2021-05-01 | 2021-05-01 | 330523   | benchmark    | shared    | party  | yes | no       | 1
        """,
    )


def test_visits_stand_on_the_last_day_of_their_month(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_visit",
        """
        start      | end        | district | station_type | count_method | visits | activities
        2023-04-01 | 2023-04-29 | 330502   | benchmark    | register     | 0      | 0
        2023-04-30 | 2023-04-30 | 330502   | benchmark    | register     | 860    | 1
        2023-05-01 | 2023-05-31 | 330502   | benchmark    | register     | 900    | 0
        2023-06-01 | 2023-06-30 | 330502   | benchmark    | counter      | 1000   | 2
        2023-06-01 | 2023-06-30 | 330502   | h24          | counter      | 10     | 0
        2023-04-01 | 2023-06-30 | 330521   | basic        | estimate     | 100    | 1
        2023-04-01 | 2023-06-30 | 330523   | benchmark    | counter      | 50     | 0
        """,
    )


def test_the_newest_check_of_an_open_station_counts(hand: Warehouse) -> None:
    """S1 passes until 11 May and fails from the 12th; S3's check ends with the station."""
    assert_counts(
        hand,
        "mart_check",
        """
        day        | district | checked | eight_pass
        2023-04-30 | 330502   | 1       | 1
        2023-05-11 | 330502   | 1       | 1
        2023-05-12 | 330502   | 1       | 0
        2023-06-30 | 330502   | 2       | 1
        2023-04-04 | 330521   | 0       | 0
        2023-04-30 | 330521   | 1       | 1
        2023-05-31 | 330521   | 0       | 0
        2023-06-14 | 330523   | 1       | 0
        2023-06-15 | 330523   | 0       | 0
        """,
    )
    assert_counts(
        hand,
        "mart_check",
        """
        day        | station_type | checked | eight_pass
        2023-06-30 | benchmark    | 1       | 0
        2023-06-30 | h24          | 1       | 1
        """,
    )


def test_each_of_the_eight_items(hand: Warehouse) -> None:
    items = (
        "has_sign has_site has_facilities has_functions has_rules has_online_map has_publicity has_activities"
    )
    failed = {("2023-06-30", "330502"): {"has_sign"}, ("2023-06-14", "330523"): {"has_site", "has_rules"}}
    for (day, district), missing in failed.items():
        stations = 2 if district == "330502" else 1
        rows = [
            f"{day} | {district} | {item} | {stations} | {stations - (item in missing)}"
            for item in items.split()
        ]
        head = "day | district | item | item_checked | item_pass"
        assert_counts(hand, "mart_check_item", "\n".join([head, *rows]))


def test_towns_leave_out_the_townships_that_are_乡(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_division",
        """
        day        | district | towns
        2020-12-31 | 3305     | 0
        2021-01-01 | 3305     | 66
        2023-06-30 | 330502   | 18
        2023-06-30 | 330503   | 10
        2023-06-30 | 330521   | 13
        2023-06-30 | 330522   | 13
        2023-06-30 | 330523   | 12
        """,
    )


def test_a_check_before_the_opening_counts_from_the_opening(tmp_path: Path) -> None:
    """S6 opens on 30 June: of its checks on 1 and 20 June only the later counts, and from the 30th."""
    items = (
        "has_sign has_site has_facilities has_functions has_rules has_online_map has_publicity has_activities"
    )
    passed = dict.fromkeys(items.split(), "yes")
    checks = [
        {"station_no": "S6", "checked_on": "2023-06-01", "checker_unit": "德清县总工会", **passed},
        {"station_no": "S6", "checked_on": "2023-06-20", "checker_unit": "德清县总工会", **passed}
        | {"has_rules": "no"},
    ]
    write_store(tmp_path)
    write_batch(tmp_path, File("station_check", "330521", "2023-06-30", checks))
    build.build(tmp_path)
    with opened(tmp_path) as con:
        days = "strftime(from_on, '%m-%d'), strftime(checked_on, '%m-%d'), eight_pass"
        assert con.execute(f"SELECT {days} FROM fact_check WHERE station_no = 'S6'").fetchall() == [
            ("06-30", "06-20", 0)
        ]
        assert_counts(
            con,
            "mart_check_item",
            """
            day        | district | item      | item_checked | item_pass
            2023-06-29 | 330521   | has_rules | 0            | 0
            2023-06-30 | 330521   | has_rules | 1            | 0
            2023-06-30 | 330521   | has_sign  | 1            | 1
            """,
        )
