"""工资集体协商, counted by hand from tests/data/hand: contract, contract_coverage, enterprise."""
# ruff: noqa: E501 (a row of a table is a line)

from pathlib import Path

import duckdb

from etl import build
from tests.warehouse_fixture import File, assert_counts, opened, write_batch, write_store

Warehouse = duckdb.DuckDBPyConnection


def test_contracts_in_force(hand: Warehouse) -> None:
    """德清 has none on 1 May; CD4 counts from 1 to 19 June; CD5 from 4 June, 15 days after filing."""
    assert_counts(
        hand,
        "mart_contract",
        """
        day        | district | in_force | nengji_in_force
        2023-03-31 | 330502   | 3        | 1
        2023-04-30 | 330502   | 2        | 1
        2023-05-31 | 330502   | 2        | 1
        2023-06-30 | 330502   | 2        | 1
        2023-04-30 | 330521   | 1        | 0
        2023-05-01 | 330521   | 0        | 0
        2023-05-31 | 330521   | 2        | 1
        2023-06-03 | 330521   | 3        | 2
        2023-06-04 | 330521   | 4        | 2
        2023-06-19 | 330521   | 4        | 2
        2023-06-20 | 330521   | 3        | 1
        2023-04-30 | 330523   | 2        | 0
        2023-05-31 | 330523   | 2        | 0
        2023-06-30 | 330523   | 1        | 0
        """,
    )
    assert_counts(
        hand,
        "mart_contract",
        """
        day        | scope      | topic  | in_force | nengji_in_force
        2023-06-30 | enterprise | wage   | 1        | 0
        2023-06-30 | enterprise | nengji | 1        | 1
        2023-06-30 | area       | wage   | 2        | 0
        2023-06-30 | area       | nengji | 1        | 1
        2023-06-30 | industry   | wage   | 1        | 0
        """,
    )


def test_contracts_within_90_days_of_their_end(hand: Warehouse) -> None:
    """CW1 enters the list on 3 March; CA5 leaves it when it is terminated, on 5 May."""
    assert_counts(
        hand,
        "mart_expiring",
        """
        day        | district | scope      | topic | expiring_90d
        2023-03-02 | 330502   | enterprise | wage  | 0
        2023-03-03 | 330502   | enterprise | wage  | 1
        2023-04-30 | 330502   | enterprise | wage  | 1
        2023-04-30 | 330502   | area       | wage  | 0
        2023-04-30 | 330521   | enterprise | wage  | 1
        2023-04-30 | 330523   | area       | wage  | 1
        2023-05-04 | 330523   | enterprise | wage  | 1
        2023-05-05 | 330523   | enterprise | wage  | 0
        2023-05-31 | 330521   | enterprise | wage  | 0
        2023-06-30 | 3305     | enterprise | wage  | 0
        """,
    )


def test_expired_and_renewed(hand: Warehouse) -> None:
    """CD1 单签 is followed by CD2 区域, CA3 by half its enterprises; CW4 by a third, CA1 by none within 30 days."""
    assert_counts(
        hand,
        "mart_expiry",
        """
        start      | end        | district | scope      | topic | expired | renewed
        2023-04-10 | 2023-04-10 | 330523   | enterprise | wage  | 1       | 0
        2023-04-30 | 2023-04-30 | 330502   | area       | wage  | 1       | 0
        2023-05-01 | 2023-05-01 | 330521   | enterprise | wage  | 1       | 1
        2023-06-01 | 2023-06-01 | 330502   | enterprise | wage  | 1       | 1
        2023-06-20 | 2023-06-20 | 330523   | area       | wage  | 1       | 1
        2023-06-25 | 2023-06-25 | 330523   | enterprise | wage  | 0       | 0
        """,
    )
    assert_counts(
        hand,
        "mart_expiry",
        """
        start      | end        | expired | renewed
        2023-01-01 | 2023-06-30 | 5       | 3
        """,
    )


def test_steps_due_skip_holidays_and_count_working_weekends(hand: Warehouse) -> None:
    rows = hand.execute(
        "SELECT contract_id, step, strftime(day, '%m-%d'), steps_on_time FROM fact_bargain "
        "WHERE day >= DATE '2023-04-01' ORDER BY day, contract_id, step"
    ).fetchall()
    assert rows == [
        ("CD5", "reply", "04-18", 0),  # 清明 5 April
        ("CD3", "reply", "04-24", 1),  # Sunday 23 April is worked
        ("CD2", "reply", "04-28", 1),
        ("CD2", "announce", "05-09", 0),  # 五一 until 3 May, Saturday 6 May is worked
        ("CA2", "reply", "05-11", 1),
        ("CD3", "announce", "05-17", 0),
        ("CD5", "congress", "05-17", 1),
        ("CD5", "filing", "05-20", 1),  # calendar days: a Saturday
        ("CD4", "reply", "05-22", 1),
        ("CW3", "reply", "05-24", 1),
        ("CA2", "announce", "05-26", 1),
        ("CD4", "announce", "06-08", 1),
        ("CD5", "announce", "06-09", 0),
        ("CW3", "announce", "06-25", 1),  # 端午 22 to 24 June, Sunday 25 June is worked
        ("CD6", "reply", "06-27", 0),
    ]  # CA6's reply is due on 5 July, after the data date


def test_steps_due_by_month(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_bargain",
        """
        start      | end        | district | step     | scope      | steps_due | steps_on_time
        2023-04-01 | 2023-04-30 | 330521   | reply    | area       | 2         | 2
        2023-04-01 | 2023-04-30 | 330521   | reply    | industry   | 1         | 0
        2023-05-01 | 2023-05-31 | 330521   | announce | area       | 2         | 0
        2023-05-01 | 2023-05-31 | 330521   | reply    | enterprise | 1         | 1
        2023-05-01 | 2023-05-31 | 330521   | congress | industry   | 1         | 1
        2023-05-01 | 2023-05-31 | 330521   | filing   | industry   | 1         | 1
        2023-05-01 | 2023-05-31 | 330523   | announce | enterprise | 1         | 1
        2023-06-01 | 2023-06-30 | 330521   | reply    | enterprise | 1         | 0
        2023-06-01 | 2023-06-30 | 330502   | announce | area       | 1         | 1
        """,
    )
    assert_counts(
        hand,
        "mart_bargain",
        """
        start      | end        | steps_due | steps_on_time
        2023-04-01 | 2023-06-30 | 15        | 10
        2023-07-01 | 2023-12-31 | 0         | 0
        """,
    )


def test_stages_reached_of_bargainings_begun_in_the_quarter(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_stage",
        """
        start      | end        | stage     | reached
        2023-04-01 | 2023-06-30 | offer     | 8
        2023-04-01 | 2023-06-30 | reply     | 7
        2023-04-01 | 2023-06-30 | draft     | 1
        2023-04-01 | 2023-06-30 | congress  | 1
        2023-04-01 | 2023-06-30 | sign      | 1
        2023-04-01 | 2023-06-30 | filing    | 1
        2023-04-01 | 2023-06-30 | effective | 6
        """,
    )
    assert_counts(
        hand,
        "mart_stage",
        """
        start      | end        | district | scope      | reached
        2023-04-01 | 2023-06-30 | 330523   | enterprise | 4
        2023-04-01 | 2023-06-30 | 330521   | industry   | 7
        2023-04-01 | 2023-06-30 | 330502   | enterprise | 0
        """,
    )


def test_coverage_parts_add_up(hand: Warehouse) -> None:
    """W1 stands under up to four contracts at once and is one enterprise."""
    rows = hand.execute(
        "SELECT strftime(d.day, '%m-%d'), coverage_split, SUM(enterprises), SUM(covered) FROM mart_enterprise m "
        "JOIN (VALUES (DATE '2023-03-31'), (DATE '2023-04-30'), (DATE '2023-05-31'), (DATE '2023-06-30')) d(day) "
        "ON m.day <= d.day GROUP BY ALL HAVING SUM(enterprises) > 0 ORDER BY 1, 2"
    ).fetchall()
    assert rows == [
        ("03-31", "area", 3, 3),  # W2 W3 A2
        ("03-31", "both", 1, 1),  # W1
        ("03-31", "none", 2, 0),  # D1 D3
        ("03-31", "single", 3, 3),  # D2 A1 A3
        ("04-30", "area", 1, 1),  # A2
        ("04-30", "none", 6, 0),  # W2 W3 D1 D3 D4 A1
        ("04-30", "single", 3, 3),  # W1 D2 A3
        ("05-31", "area", 4, 4),  # D1 D2 D3 A2
        ("05-31", "both", 1, 1),  # A1
        ("05-31", "none", 3, 0),  # W2 D4 A3
        ("05-31", "single", 1, 1),  # W1
        ("06-30", "area", 5, 5),  # W2 D1 D2 D3 D4
        ("06-30", "both", 1, 1),  # W1
        ("06-30", "none", 2, 0),  # A2 A3
        ("06-30", "single", 1, 1),  # A1
    ]


def test_a_gap_of_one_day_is_seen(hand: Warehouse) -> None:
    rows = hand.execute(
        "SELECT from_on, to_on, coverage_split FROM fact_enterprise "
        "WHERE uscc = 'D2' AND from_on BETWEEN DATE '2023-01-01' AND DATE '2023-12-31' ORDER BY from_on"
    ).fetchall()
    assert [(str(a), str(b), split) for a, b, split in rows] == [
        ("2023-01-01", "2023-05-01", "single"),
        ("2023-05-01", "2023-05-02", "none"),
        ("2023-05-02", "2023-05-10", "area"),
        ("2023-05-10", "2023-06-01", "area"),  # the second area contract is a 能级 one
        ("2023-06-01", "2023-06-20", "both"),
        ("2023-06-20", "2024-01-01", "area"),
    ]


def test_overlapping_nengji_workers_are_not_added(hand: Warehouse) -> None:
    """D1 500; D2 50 in May, the larger of 50 and 90 from 1 to 19 June, 50 again."""
    rows = hand.execute(
        "SELECT strftime(d.day, '%m-%d'), SUM(nengji), SUM(nengji_workers) FROM mart_enterprise m JOIN (VALUES "
        "(DATE '2023-05-31'), (DATE '2023-06-01'), (DATE '2023-06-19'), (DATE '2023-06-20')) d(day) "
        "ON m.day <= d.day WHERE town LIKE '330521%' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [("05-31", 2, 550), ("06-01", 2, 590), ("06-19", 2, 590), ("06-20", 2, 550)]


def test_a_successor_that_has_not_begun_renews_nothing(tmp_path: Path) -> None:
    """CW6 ends on 20 June: CW7 begins on 1 July, after the data date; CW8 ends then too and CW0 has begun."""
    terms = [
        ("CW6", "W3", "2022-06-20", "2023-06-20"),
        ("CW7", "W3", "2023-07-01", "2024-07-01"),
        ("CW8", "W2", "2022-06-20", "2023-06-20"),
        ("CW0", "W2", "2023-06-30", "2024-06-30"),
    ]
    town = {"town": "330502001", "scope": "enterprise", "topic": "wage"}
    contracts = [
        town
        | {
            "contract_id": c,
            "contract_no": c,
            "uscc": u,
            "offered_on": begun,
            "effective_on": begun,
            "ends_on": e,
        }
        for c, u, begun, e in terms
    ]
    covered = [{"contract_id": c, "uscc": u, "workers": "10"} for c, u, _, _ in terms]
    write_store(tmp_path)
    write_batch(tmp_path, File("contract", "330502", "2023-06-30", contracts))
    write_batch(tmp_path, File("contract_coverage", "330502", "2023-06-30", covered))
    build.build(tmp_path)
    with opened(tmp_path) as con:
        found = con.execute(
            "SELECT contract_id, renewed FROM fact_expiry WHERE day = DATE '2023-06-20' AND town = '330502001' "
            "ORDER BY contract_id"
        ).fetchall()
    assert found == [("CW6", 0), ("CW8", 1)]
