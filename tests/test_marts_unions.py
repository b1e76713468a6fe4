"""工会组建, counted by hand from tests/data/hand: enterprise, union, union_coverage, member_event, ledger."""
# ruff: noqa: E501 (a row of a table is a line)

import duckdb

from tests.warehouse_fixture import assert_counts

Warehouse = duckdb.DuckDBPyConnection


def test_enterprises_unionised_and_covered(hand: Warehouse) -> None:
    """The whole of the mart by district and month end."""
    first = """
        day        | district | enterprises | workers | unionised | unionised_workers | covered | unionised_covered
        2023-04-30 | 330502   | 3           | 200     | 2         | 180               | 1       | 1
        2023-05-31 | 330502   | 2           | 180     | 2         | 180               | 1       | 1
        2023-06-30 | 330502   | 2           | 180     | 2         | 180               | 2       | 2
        2023-04-30 | 330521   | 4           | 749     | 2         | 700               | 1       | 1
        2023-05-31 | 330521   | 4           | 749     | 3         | 725               | 3       | 3
        2023-06-30 | 330521   | 4           | 749     | 3         | 725               | 4       | 3
        2023-04-30 | 330523   | 3           | 439     | 1         | 300               | 2       | 0
        2023-05-31 | 330523   | 3           | 439     | 1         | 300               | 2       | 1
        2023-06-30 | 330523   | 3           | 439     | 2         | 340               | 1       | 1
    """
    second = """
        unionised_covered_workers | nengji | nengji_workers | pool_100 | pool_100_unionised | pool_25
        120                       | 1      | 80             | 1        | 1                  | 2
        120                       | 1      | 80             | 1        | 1                  | 2
        180                       | 1      | 80             | 1        | 1                  | 2
        100                       | 0      | 0              | 2        | 2                  | 3
        725                       | 2      | 550            | 2        | 2                  | 3
        725                       | 2      | 550            | 2        | 2                  | 3
        0                         | 0      | 0              | 1        | 1                  | 3
        300                       | 0      | 0              | 1        | 1                  | 3
        300                       | 0      | 0              | 1        | 1                  | 3
    """
    third = """
        pool_25_unionised | pool_above | pool_above_unionised | above_nengji
        2                 | 1          | 1                    | 1
        2                 | 1          | 1                    | 1
        2                 | 1          | 1                    | 1
        2                 | 2          | 2                    | 0
        3                 | 2          | 2                    | 2
        3                 | 2          | 2                    | 2
        1                 | 0          | 0                    | 0
        1                 | 0          | 0                    | 0
        2                 | 0          | 0                    | 0
    """
    parts = [part.strip().splitlines() for part in (first, second, third)]
    assert_counts(hand, "mart_enterprise", "\n".join(" | ".join(row) for row in zip(*parts, strict=True)))


def test_enterprises_by_breakdown(hand: Warehouse) -> None:
    def stock(column: str) -> dict[str, int]:
        rows = hand.execute(
            f"SELECT {column}, SUM(enterprises) FROM mart_enterprise WHERE day <= DATE '2023-06-30' "
            f"GROUP BY 1 HAVING SUM(enterprises) <> 0"
        ).fetchall()
        return dict(rows)

    assert stock("size") == {"lt25": 1, "s25": 4, "s100": 3, "s500": 1}  # D4; W2 D3 A2 A3; W1 D2 A1; D1
    assert stock("industry") == {"C": 6, "F": 1, "G": 1, "A": 1}
    assert stock("ownership") == {"private": 6, "foreign": 1, "state": 1, "collective": 1}
    assert stock("above_scale") == {"yes": 3, "no": 6}  # W1 D1 D2


def test_the_above_scale_list_turns_with_the_year(hand: Warehouse) -> None:
    """A1 was listed for 2022 only, D2 for 2023 only."""
    rows = hand.execute(
        "SELECT strftime(d.day, '%Y-%m-%d'), SUM(CASE WHEN town LIKE '330523%' THEN pool_above ELSE 0 END), "
        "SUM(CASE WHEN town LIKE '330521%' THEN pool_above ELSE 0 END) FROM mart_enterprise m "
        "JOIN (VALUES (DATE '2022-12-31'), (DATE '2023-01-01')) d(day) ON m.day <= d.day GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [("2022-12-31", 1, 1), ("2023-01-01", 0, 2)]


def test_union_coverage_hands_over_without_gap_or_double(hand: Warehouse) -> None:
    """D1: own union to 31 May, joint one from 1 June. D2: both for a fortnight. D3: none from 30 April to 9 May."""
    rows = hand.execute(
        "SELECT uscc, strftime(from_on, '%m-%d'), unionised FROM fact_enterprise WHERE uscc IN ('D1', 'D2', 'D3', 'W3') "
        "AND from_on BETWEEN DATE '2023-04-01' AND DATE '2023-06-30' ORDER BY uscc, from_on"
    ).fetchall()
    assert rows == [
        *[("D1", "05-10", 1)],  # covered from then on; nothing changes on 1 June
        *[("D2", "05-01", 1), ("D2", "05-02", 1), ("D2", "05-10", 1), ("D2", "06-01", 1), ("D2", "06-20", 1)],
        *[("D3", "04-30", 0), ("D3", "05-02", 0), ("D3", "05-10", 1)],
        *[("W3", "04-30", 0), ("W3", "05-01", 1)],
    ]


def test_segments_of_an_enterprise_are_merged_and_join(hand: Warehouse) -> None:
    rows = hand.execute(
        "SELECT a.uscc FROM fact_enterprise a JOIN fact_enterprise b ON a.uscc = b.uscc AND a.to_on = b.from_on "
        "AND (a.above_scale, a.coverage_split, a.unionised, a.nengji, a.nengji_workers) = "
        "(b.above_scale, b.coverage_split, b.unionised, b.nengji, b.nengji_workers)"
    ).fetchall()
    assert rows == []
    ends = hand.execute(
        "SELECT uscc, MIN(from_on), COUNT(*) - COUNT(to_on) AS still_open, MAX(to_on) FROM fact_enterprise "
        "WHERE uscc IN ('W3', 'D4') GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [(u, str(a), n) for u, a, n, _ in ends] == [("D4", "2023-04-15", 1), ("W3", "2019-05-01", 0)]
    assert str(ends[1][3]) == "2023-05-10"


def test_unions_active_and_new(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_union",
        """
        day        | district | active
        2023-03-31 | 330502   | 1
        2023-04-30 | 330502   | 2
        2023-03-31 | 330521   | 2
        2023-05-31 | 330521   | 4
        2023-06-30 | 330521   | 3
        2023-06-29 | 330523   | 1
        2023-06-30 | 330523   | 2
        """,
    )
    assert_counts(
        hand,
        "mart_union",
        """
        day        | union_kind | method   | nef | active
        2023-06-30 | single     | single   | no  | 2
        2023-06-30 | joint      | area     | no  | 2
        2023-06-30 | single     | party    | no  | 1
        2023-06-30 | federation | industry | yes | 1
        2023-06-30 | single     | fallback | yes | 1
        """,
    )
    assert_counts(
        hand,
        "mart_union_new",
        """
        start      | end        | district | union_kind | method   | nef | created
        2023-04-01 | 2023-06-30 | 330502   | joint      | area     | no  | 1
        2023-04-01 | 2023-06-30 | 330521   | single     | party    | no  | 1
        2023-04-01 | 2023-06-30 | 330521   | federation | industry | yes | 1
        2023-04-01 | 2023-06-30 | 330523   | single     | fallback | yes | 1
        2023-04-01 | 2023-06-29 | 330523   | single     | fallback | yes | 0
        """,
    )


def test_members_joined_are_not_members_moved(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_member",
        """
        start      | end        | district | balance | net | joined | nef_joined
        2000-01-01 | 2023-03-31 | 330502   | 100     | 0   | 0      | 0
        2000-01-01 | 2023-04-30 | 330502   | 136     | 36  | 36     | 0
        2000-01-01 | 2023-05-31 | 330502   | 142     | 42  | 46     | 10
        2000-01-01 | 2023-06-30 | 330502   | 136     | 36  | 46     | 10
        2000-01-01 | 2023-06-30 | 330521   | 709     | 209 | 200    | 200
        2000-01-01 | 2023-06-30 | 330523   | 280     | 30  | 30     | 30
        2023-06-01 | 2023-06-30 | 3305     | 33      | 33  | 30     | 30
        """,
    )
    assert_counts(
        hand,
        "mart_member",
        """
        start      | end        | member_group | balance | net | joined | nef_joined
        2023-04-01 | 2023-06-30 | nef          | 240     | 240 | 240    | 240
        2023-04-01 | 2023-06-30 | migrant      | 36      | 36  | 36     | 0
        2023-04-01 | 2023-06-30 | other        | -1      | -1  | 0      | 0
        """,
    )


def test_clearance_burn_down(hand: Warehouse) -> None:
    """The baseline never moves within a year; what was added since is a line of its own."""
    assert_counts(
        hand,
        "mart_clearance",
        """
        day        | district | baseline | baseline_closed | added | open_items
        2022-12-31 | 330502   | 0        | 0               | 1     | 0
        2022-12-31 | 330521   | 0        | 0               | 1     | 1
        2022-12-31 | 330523   | 1        | 0               | 1     | 2
        2023-01-01 | 330521   | 2        | 1               | 0     | 1
        2023-04-30 | 330502   | 0        | 0               | 1     | 0
        2023-04-30 | 330521   | 2        | 1               | 0     | 1
        2023-04-30 | 330523   | 2        | 0               | 0     | 2
        2023-05-31 | 330521   | 2        | 2               | 0     | 0
        2023-05-31 | 330523   | 2        | 0               | 1     | 3
        2023-06-30 | 330502   | 0        | 0               | 1     | 0
        2023-06-30 | 330523   | 2        | 1               | 1     | 2
        2020-12-31 | 330521   | 0        | 0               | 0     | 0
        2021-01-01 | 330521   | 1        | 1               | 0     | 0
        2024-01-01 | 3305     | 0        | 0               | 0     | 2
        """,
    )
    assert_counts(
        hand,
        "mart_clearance",
        """
        day        | pool        | close_reason | baseline | baseline_closed | added | open_items
        2023-06-30 | p25         | none         | 3        | 0               | 1     | 1
        2023-06-30 | p25         | covered      | 0        | 1               | 0     | 0
        2023-06-30 | p25         | own_union    | 0        | 1               | 0     | 0
        2023-06-30 | above_scale | none         | 1        | 0               | 0     | 0
        2023-06-30 | above_scale | left         | 0        | 1               | 0     | 0
        2023-06-30 | p100        | none         | 0        | 0               | 1     | 1
        2021-12-31 | p100        | own_union    | 0        | 1               | 0     | 0
        """,
    )
