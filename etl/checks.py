"""What must hold before a version may be published: queries for offenders, each with a Chinese sentence.

`records` looks at the loaded records and what was counted from them, before the file is closed; `published`
looks at the finished file as a reader will open it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from etl import record_checks
from etl.record_checks import Check
from etl.snapshot import BuildRefused

# No part may exceed its whole, record by record, hence in every sum.
PARTS = {
    "certificate": (
        ("promotions", "certificates"),
        ("promoted_persons", "promotions"),
        ("contest_promotions", "promotions"),
    ),
    "holder": (("high_holders", "holders"),),
    "contract": (("nengji_in_force", "in_force"),),
    "expiry": (("renewed", "expired"),),
    "bargain": (("steps_on_time", "steps_due"),),
    "enterprise": (
        ("unionised", "enterprises"),
        ("unionised_workers", "workers"),
        ("covered", "enterprises"),
        ("unionised_covered", "covered"),
        ("unionised_covered", "unionised"),
        ("unionised_covered_workers", "unionised_workers"),
        ("nengji", "covered"),
        ("pool_100", "pool_25"),
        ("pool_100_unionised", "pool_100"),
        ("pool_25_unionised", "pool_25"),
        ("pool_above_unionised", "pool_above"),
        ("above_nengji", "pool_above"),
    ),
    "station": (("benchmark", "open"), ("h24", "open"), ("accepted", "open"), ("mapped", "accepted")),
    "check": (("eight_pass", "checked"),),
    "check_item": (("item_pass", "item_checked"),),
}


def records(con: duckdb.DuckDBPyConnection) -> None:
    """Raises BuildRefused with one sentence per failed check; needs the src_ tables."""
    hold(con, record_checks.checks())


def published(path: Path) -> None:
    """Raises BuildRefused with one sentence per failed check."""
    with duckdb.connect(str(path), read_only=True) as con:
        hold(con, [*_verdicts(), *_parts(), *_split(), *_marts(con)])


def warnings(path: Path) -> list[str]:
    """Sentences about what districts should look into, though it does not stop a version."""
    with duckdb.connect(str(path), read_only=True) as con:
        return _sentences(con, [_members()])


def hold(con: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> None:
    """Raises BuildRefused: one sentence per check that has offenders."""
    sentences = _sentences(con, checks)
    if sentences:
        raise BuildRefused("\n".join(["构建检查未通过，已发布的版本保持不变。", *sentences]))


def _sentences(con: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> list[str]:
    """One per check that has offenders, about the first of {how_many}."""
    sentences = []
    for query, sentence in checks:
        cursor = con.execute(f"SELECT *, COUNT(*) OVER () AS how_many FROM ({query}) AS offenders LIMIT 1")
        found = cursor.fetchone()
        if found:
            names = [column[0] for column in cursor.description or ()]
            sentences.append(sentence.format(**dict(zip(names, found, strict=True))))
    return sentences


def _members() -> Check:
    return (
        "WITH days AS (SELECT town, day, SUM(balance) AS balance FROM mart_member GROUP BY town, day), "
        "stock AS (SELECT town, day, SUM(balance) OVER (PARTITION BY town ORDER BY day) AS members "
        "FROM days) SELECT town, day FROM stock WHERE members < 0 ORDER BY day, town",
        "提醒：镇街{town}的会员数自{day}起出现负数（共{how_many}天），可能漏报了期初在册。",
    )


def _verdicts() -> Iterator[Check]:
    yield (
        "SELECT file, read, accepted, rejected FROM input WHERE read <> accepted + rejected ORDER BY seq",
        "{file}：读入{read}行，接受{accepted}行，拒绝{rejected}行，加不起来。",
    )


def _parts() -> Iterator[Check]:
    for name, pairs in PARTS.items():
        for part, whole in pairs:
            yield (
                f"SELECT file, row_no FROM fact_{name} WHERE {part} > {whole} ORDER BY file, row_no",
                f"fact_{name} 有{{how_many}}条记录的 {part} 大于 {whole}，例如{{file}}第{{row_no}}行。",
            )


def _split() -> Iterator[Check]:
    """仅单签 + 仅区域行业 + 两者 = 覆盖企业, on every day: each row of the mart moves both sides alike."""
    yield (
        "SELECT day, town FROM mart_enterprise "
        "WHERE covered <> CASE WHEN coverage_split = 'none' THEN 0 ELSE enterprises END ORDER BY day, town",
        "覆盖企业的三部分（仅单签、仅区域行业、两者都有）加不到总数：{town}自{day}起，共{how_many}处。",
    )


def _marts(con: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    known: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY ordinal_position"
    ).fetchall():
        known.setdefault(table, {})[column] = kind
    for mart in sorted(name for name in known if name.startswith("mart_")):
        fact = mart.replace("mart_", "fact_")
        measures = [c for c, t in known[mart].items() if t == "BIGINT"]
        keys = [c for c, t in known[mart].items() if t == "VARCHAR"]
        stock = "from_on" in known[fact]
        yield _same_totals(mart, fact, measures, stock)
        yield (
            f"SELECT m.day, m.town FROM {mart} m ANTI JOIN dim_division d ON d.town = m.town ORDER BY m.day",
            f"{mart} 里有不属于本市的镇街{{town}}。",
        )
        if stock:
            yield _never_negative(mart, measures, keys)


def _same_totals(mart: str, fact: str, measures: list[str], stock: bool) -> Check:
    """Stock: the mart up to the data date against the facts of that date. Flow: all against all."""
    date = "(SELECT data_date FROM info)"
    in_mart = f" WHERE day <= {date}" if stock else ""
    in_fact = f" WHERE from_on <= {date} AND (to_on IS NULL OR to_on > {date})" if stock else ""
    plus, minus = ", ".join(measures), ", ".join(f"-{m}" for m in measures)
    differs = " OR ".join(f"SUM({m}) <> 0" for m in measures)
    return (
        f"SELECT town FROM (SELECT town, {plus} FROM {mart}{in_mart} UNION ALL "
        f"SELECT town, {minus} FROM {fact}{in_fact}) AS both_sides "
        f"GROUP BY town HAVING {differs} ORDER BY town",
        f"{mart} 的合计与逐条记录 {fact} 对不上：{{how_many}}个镇街，例如{{town}}。",
    )


def _never_negative(mart: str, measures: list[str], keys: list[str]) -> Check:
    sums = ", ".join(f"SUM({m}) OVER so_far AS {m}" for m in measures)
    below = " OR ".join(f"{m} < 0" for m in measures)
    return (
        f"SELECT day, town FROM (SELECT day, town, {sums} FROM {mart} "
        f"WINDOW so_far AS (PARTITION BY {', '.join(keys)} ORDER BY day)) AS stocks "
        f"WHERE {below} ORDER BY day, town",
        f"{mart} 的存量出现负数：{{town}}，{{day}}，共{{how_many}}处。",
    )
