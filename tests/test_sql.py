"""etl/sql: the common subset of SQL engines, and the shape that readers of the marts rely on."""

import re
from pathlib import Path

import duckdb
import pytest

from cockpit import codes
from etl import inputs

Warehouse = duckdb.DuckDBPyConnection


def _tables(con: Warehouse) -> list[str]:
    return [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]


def test_every_mart_has_its_fact_and_the_agreed_columns(hand: Warehouse) -> None:
    tables = _tables(hand)
    marts = {name.removeprefix("mart_") for name in tables if name.startswith("mart_")}
    assert marts == {name.removeprefix("fact_") for name in tables if name.startswith("fact_")}
    for mart in marts:
        kinds = dict(hand.execute(f"SELECT column_name, column_type FROM (DESCRIBE mart_{mart})").fetchall())
        assert list(kinds)[:2] == ["day", "town"]
        assert set(list(kinds.values())[2:]) <= {"VARCHAR", "BIGINT"}, mart
        facts = dict(hand.execute(f"SELECT column_name, column_type FROM (DESCRIBE fact_{mart})").fetchall())
        assert {"file", "sheet", "row_no"} <= set(facts), mart
        assert "day" in facts or {"from_on", "to_on"} <= set(facts), mart
        assert {name: facts[name] for name in list(kinds)[1:]} == {n: kinds[n] for n in list(kinds)[1:]}
        days = [day for (day,) in hand.execute(f"SELECT day FROM mart_{mart}").fetchall()]
        assert days == sorted(days), f"{mart} is not sorted by day"


def test_codes_in_the_marts_are_codes_of_the_lists(hand: Warehouse) -> None:
    lists: dict[str, dict[str, dict[str, str]]] = {
        "mart_certificate": {"channel": codes.CHANNELS, "to_level": codes.LEVELS, "issuer": codes.ISSUERS},
        "mart_enterprise": {
            "size": codes.SIZES,
            "coverage_split": codes.COVERAGE_SPLIT,
            "above_scale": codes.YES_NO,
        },
        "mart_bargain": {"step": codes.BARGAIN_STEPS, "scope": codes.CONTRACT_SCOPES},
        "mart_stage": {"stage": codes.BARGAIN_STAGES},
        "mart_check_item": {"item": codes.EIGHT_HAVE},
        "mart_clearance": {"close_reason": codes.CLOSE_REASONS | {"none": ""}, "pool": codes.POOLS},
    }
    for mart, columns in lists.items():
        for column, known in columns.items():
            found = {code for (code,) in hand.execute(f"SELECT DISTINCT {column} FROM {mart}").fetchall()}
            assert found and found <= set(known), f"{mart}.{column}"
    items = {item for (item,) in hand.execute("SELECT DISTINCT item FROM fact_check_item").fetchall()}
    steps = {step for (step,) in hand.execute("SELECT DISTINCT step FROM fact_bargain").fetchall()}
    stages = {stage for (stage,) in hand.execute("SELECT DISTINCT stage FROM fact_stage").fetchall()}
    assert (items, steps, stages) == (
        set(codes.EIGHT_HAVE),
        set(codes.BARGAIN_STEPS),
        set(codes.BARGAIN_STAGES),
    )


FORBIDDEN = (
    r"::|\bQUALIFY\b|\bFILTER\s*\(|GROUP BY ALL|\bgenerate_series\b|\bdate_trunc\b"
    r"|SELECT\s+\*|\bUNION\s+(?!ALL|DISTINCT)|\bUSING\s*\(|\bINTERVAL\b|\b(?:SEMI|ANTI)\s+JOIN\b|\bstrftime\b|\bEXCLUDE\b|\blist_"
)


@pytest.mark.parametrize("path", sorted(inputs.SQL.glob("*.sql")), ids=lambda path: path.stem)
def test_sql_keeps_to_the_common_subset(path: Path) -> None:
    text = re.sub(r"--.*", "", path.read_text("utf-8"))
    assert re.match(r"\d\d_[a-z_]+$", path.stem)
    assert not re.findall(FORBIDDEN, text, re.IGNORECASE)
    for over in re.findall(r"\b(?:OVER|AS)\s*\(\s*(PARTITION BY(?:[^()]|\([^()]*\))*)\)", text):
        assert "ORDER BY" in over, "a window without an order"
    aliased = re.findall(
        r"\b(?:SUM|MAX|MIN)\(\s*(?:\w\.)?(\w+)\s*\)(?:\s+OVER\s+\w+)?(?:\s+AS\s+BIGINT\))?\s+AS\s+(\w+)", text
    )
    assert not [pair for pair in aliased if pair[0] == pair[1]], "an aggregate under its source column's name"
