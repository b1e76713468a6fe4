"""技能提升, counted by hand from tests/data/hand: certificate, training, contest."""
# ruff: noqa: E501 (a row of a table is a line)

import duckdb

from tests.warehouse_fixture import assert_counts

Warehouse = duckdb.DuckDBPyConnection


def test_promotions_persons_and_certificates(hand: Warehouse) -> None:
    """吴兴: C02 (p1), C13 (p5; C14 is the first). 德清: C03 (p1 again), C06+C07 (p2). 安吉: C11 (p3)."""
    assert_counts(
        hand,
        "mart_certificate",
        """
        start      | end        | district | certificates | promotions | promoted_persons | contest_promotions
        2023-04-01 | 2023-06-30 | 330502   | 3            | 2          | 2                | 1
        2023-04-01 | 2023-06-30 | 330521   | 5            | 3          | 1                | 2
        2023-04-01 | 2023-06-30 | 330523   | 3            | 1          | 1                | 0
        2023-04-01 | 2023-04-30 | 3305     | 3            | 1          | 1                | 1
        2023-05-01 | 2023-05-31 | 3305     | 5            | 3          | 2                | 2
        2023-06-01 | 2023-06-30 | 3305     | 3            | 2          | 1                | 0
        2022-01-01 | 2022-12-31 | 330502   | 1            | 0          | 0                | 0
        2022-01-01 | 2022-12-31 | 330523   | 2            | 1          | 1                | 0
        """,
    )


def test_promotions_by_breakdown(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_certificate",
        """
        start      | end        | channel    | to_level          | certificates | promotions | promoted_persons | contest_promotions
        2023-04-01 | 2023-06-30 | contest    | middle            | 1            | 1          | 1                | 1
        2023-04-01 | 2023-06-30 | contest    | senior            | 1            | 1          | 0                | 1
        2023-04-01 | 2023-06-30 | contest    | technician        | 1            | 1          | 1                | 1
        2023-04-01 | 2023-06-30 | training   | junior            | 2            | 0          | 0                | 0
        2023-04-01 | 2023-06-30 | training   | middle            | 4            | 1          | 1                | 0
        2023-04-01 | 2023-06-30 | assessment | senior            | 1            | 1          | 0                | 0
        2023-04-01 | 2023-06-30 | assessment | senior_technician | 1            | 1          | 1                | 0
        """,
    )
    assert_counts(
        hand,
        "mart_certificate",
        """
        start      | end        | industry | issuer   | nef | certificates | promotions | promoted_persons | contest_promotions
        2023-04-01 | 2023-06-30 | C        | social   | no  | 4            | 3          | 2                | 3
        2023-04-01 | 2023-06-30 | C        | employer | no  | 4            | 2          | 1                | 0
        2023-04-01 | 2023-06-30 | H        | social   | no  | 2            | 1          | 1                | 0
        2023-04-01 | 2023-06-30 | G        | social   | yes | 1            | 0          | 0                | 0
        """,
    )


def test_from_level_is_the_best_earlier_level_of_the_same_occupation(hand: Warehouse) -> None:
    rows = hand.execute("SELECT certificate_no, from_level FROM fact_certificate ORDER BY 1").fetchall()
    assert dict(rows) == {
        **{"C01": None, "C02": "junior", "C03": "middle", "C04": "senior", "C05": None, "C06": "senior"},
        **{"C07": "middle", "C08": None, "C09": None, "C10": "senior", "C11": "technician", "C12": None},
        **{"C13": "junior", "C14": None},
    }


def test_holders_stand_once_in_their_newest_town_with_their_best_level(hand: Warehouse) -> None:
    """p1 moves from 吴兴 to 德清 on 5 June and stays high after a lower certificate; p3 stays high throughout."""
    assert_counts(
        hand,
        "mart_holder",
        """
        day        | district | holders | high_holders
        2023-03-31 | 330502   | 1       | 0
        2023-03-31 | 330521   | 0       | 0
        2023-03-31 | 330523   | 1       | 1
        2023-04-30 | 330502   | 1       | 0
        2023-04-30 | 330521   | 1       | 0
        2023-04-30 | 330523   | 1       | 1
        2023-05-31 | 330502   | 2       | 0
        2023-05-31 | 330521   | 1       | 1
        2023-05-31 | 330523   | 2       | 1
        2023-06-30 | 330502   | 1       | 0
        2023-06-30 | 330521   | 2       | 2
        2023-06-30 | 330523   | 2       | 1
        """,
    )


def test_training_and_contests(hand: Warehouse) -> None:
    assert_counts(
        hand,
        "mart_training",
        """
        start      | end        | district | form    | sessions | attendances
        2023-04-01 | 2023-06-30 | 330502   | offline | 1        | 120
        2023-04-01 | 2023-06-30 | 330502   | online  | 1        | 300
        2023-04-01 | 2023-06-30 | 330521   | offline | 1        | 45
        2022-04-01 | 2022-06-30 | 330521   | offline | 1        | 50
        """,
    )
    assert_counts(
        hand,
        "mart_contest",
        """
        start      | end        | district | contest_level | events | entries
        2023-04-01 | 2023-06-30 | 330502   | county        | 2      | 82
        2023-05-01 | 2023-05-31 | 330502   | county        | 1      | 52
        2023-04-01 | 2023-06-30 | 330521   | enterprise    | 1      | 20
        2023-04-01 | 2023-06-30 | 330523   | county        | 0      | 0
        """,
    )
