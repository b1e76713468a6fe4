"""Random records, recounted day by day the slow and obvious way: the marts must say the same on every day."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from cockpit import codes
from etl import build
from tests.warehouse_fixture import File, Row, opened, write_batch

FIRST, SPAN = date(2023, 1, 1), 60
TOWN = "330502100"
RANKS = {level: rank for rank, level in enumerate(codes.LEVELS)}
FOREVER = "9999-12-31"


def _day(chance: random.Random, kept: float = 1.0) -> str:
    """Some day of the span, or blank."""
    day = FIRST + timedelta(chance.randrange(SPAN))
    return day.isoformat() if chance.random() < kept else ""


def _days(chance: random.Random, kept: float) -> tuple[str, str]:
    """Two days in order; the second may be blank."""
    first, second = sorted((_day(chance), _day(chance)))
    return first, second if chance.random() < kept else ""


def _store(root: Path, chance: random.Random) -> dict[str, list[Row]]:
    firms, unions, contracts = (range(n) for n in (12, 8, 16))
    rows: dict[str, list[Row]] = {name: [] for name in ("enterprise", "union", "union_coverage", "contract")}
    rows |= {"contract_coverage": [], "certificate": []}
    for n in firms:
        opened_on, closed_on = _days(chance, 0.3)
        firm = {
            "uscc": f"E{n}",
            "town": TOWN,
            "industry": "C",
            "employees": str(chance.choice([10, 30, 150])),
        }
        rows["enterprise"].append(firm | {"opened_on": opened_on, "closed_on": closed_on})
    for n in unions:
        approved, dissolved = _days(chance, 0.4)
        union = {"union_id": f"U{n}", "town": TOWN, "uscc": f"E{n}" if n < 4 else "", "approved_on": approved}
        rows["union"].append(union | {"dissolved_on": dissolved})
    joint = [(f"U{chance.choice(unions)}", f"E{chance.choice(firms)}", _day(chance)) for _ in range(14)]
    for key in dict.fromkeys(joint):
        until = max(key[2], _day(chance)) if chance.random() < 0.6 else ""
        names = ("union_id", "uscc", "covered_from")
        rows["union_coverage"].append(dict(zip(names, key, strict=True)) | {"covered_to": until})
    for n in contracts:
        begins, ends = _days(chance, 0.9)
        contract = {"contract_id": f"K{n}", "contract_no": f"K{n}", "town": TOWN, "offered_on": "2022-12-01"}
        contract |= {
            "scope": chance.choice([*codes.CONTRACT_SCOPES]),
            "effective_on": begins,
            "ends_on": ends,
        }
        contract |= {
            "topic": chance.choice(["wage", "nengji", "general"]),
            "terminated_on": _day(chance, 0.2),
        }
        rows["contract"].append(contract)
    under = [(f"K{chance.choice(contracts)}", f"E{chance.choice(firms)}") for _ in range(60)]
    for contract_id, uscc in dict.fromkeys(under):
        begins, ends = _days(chance, 0.4) if chance.random() < 0.5 else ("", "")
        row = {"contract_id": contract_id, "uscc": uscc, "covered_from": begins, "covered_to": ends}
        rows["contract_coverage"].append(row | {"workers": str(chance.randrange(1, 99))})
    for n in range(60):
        award = {"certificate_no": f"C{n:02d}", "person_key": f"p{chance.randrange(12)}", "town": TOWN}
        award |= {"occupation_code": chance.choice("ab"), "level": chance.choice([*codes.LEVELS][:5])}
        rows["certificate"].append(award | {"issued_on": _day(chance), "channel": "contest"})
    for source, sent in rows.items():
        write_batch(root, File(source, "330502", "2023-03-01", sent))
    return rows


def _holds(row: Row, begins: str, ends: tuple[str, ...], day: str) -> bool:
    return (row[begins] or "0000") <= day and all(day < (row[end] or FOREVER) for end in ends)


def _recounted(rows: dict[str, list[Row]], day: str) -> tuple[int, ...]:
    """enterprises, unionised, covered, of those both kinds, nengji, nengji_workers, firm by firm."""
    unions = {u["union_id"] for u in rows["union"] if _holds(u, "approved_on", ("dissolved_on",), day)}
    contracts = {
        c["contract_id"]: c
        for c in rows["contract"]
        if c["topic"] != "general" and _holds(c, "effective_on", ("ends_on", "terminated_on"), day)
    }
    counts = [0] * 6
    for firm in rows["enterprise"]:
        if not _holds(firm, "opened_on", ("closed_on",), day):
            continue
        own = any(u["uscc"] == firm["uscc"] and u["union_id"] in unions for u in rows["union"])
        joint = any(
            v["uscc"] == firm["uscc"]
            and v["union_id"] in unions
            and _holds(v, "covered_from", ("covered_to",), day)
            for v in rows["union_coverage"]
        )
        under = [
            (contracts[v["contract_id"]], int(v["workers"]))
            for v in rows["contract_coverage"]
            if v["uscc"] == firm["uscc"]
            and v["contract_id"] in contracts
            and _holds(v, "covered_from", ("covered_to",), day)
        ]
        kinds = {contract["scope"] == "enterprise" for contract, _ in under}
        nengji = [workers for contract, workers in under if contract["topic"] == "nengji"]
        found = (1, own or joint, bool(under), len(kinds) == 2, bool(nengji), max(nengji, default=0))
        counts = [total + int(one) for total, one in zip(counts, found, strict=True)]
    return tuple(counts)


def _promotions(rows: dict[str, list[Row]]) -> Iterator[Row]:
    best: dict[tuple[str, str], int] = {}
    for row in sorted(
        rows["certificate"], key=lambda r: (r["issued_on"], RANKS[r["level"]], r["certificate_no"])
    ):
        person, rank = (row["person_key"], row["occupation_code"]), RANKS[row["level"]]
        if rank > best.get(person, rank):
            yield row
        best[person] = max(rank, best.get(person, 0))


@pytest.fixture(params=[1, 2, 3], ids=lambda seed: f"seed {seed}")
def counted(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[dict[str, list[Row]], duckdb.DuckDBPyConnection]]:
    rows = _store(tmp_path, random.Random(request.param))
    build.build(tmp_path)
    with opened(tmp_path) as con:
        yield rows, con


def test_every_day_is_as_recounted(counted: tuple[dict[str, list[Row]], duckdb.DuckDBPyConnection]) -> None:
    rows, con = counted
    moved = 0
    for n in range(-1, SPAN + 2):
        day = (FIRST + timedelta(n)).isoformat()
        found = con.execute(
            "SELECT COALESCE(SUM(enterprises), 0), COALESCE(SUM(unionised), 0), COALESCE(SUM(covered), 0), "
            "COALESCE(SUM(CASE WHEN coverage_split = 'both' THEN covered ELSE 0 END), 0), "
            "COALESCE(SUM(nengji), 0), COALESCE(SUM(nengji_workers), 0) FROM mart_enterprise WHERE day <= ?",
            [day],
        ).fetchall()[0]
        assert tuple(int(x) for x in found) == _recounted(rows, day), day
        moved += found[3] > 0
    assert moved > 5, "the records never overlap: the test would prove nothing"


def test_promotions_are_as_recounted(counted: tuple[dict[str, list[Row]], duckdb.DuckDBPyConnection]) -> None:
    rows, con = counted
    promoted = [row["certificate_no"] for row in _promotions(rows)]
    found = con.execute("SELECT certificate_no FROM fact_certificate WHERE promotions = 1").fetchall()
    assert sorted(no for (no,) in found) == sorted(promoted)
    persons = {row["person_key"] for row in _promotions(rows)}
    assert con.execute("SELECT SUM(promoted_persons) FROM mart_certificate").fetchall() == [(len(persons),)]
