"""Records of few people in many towns, and an attacker who adds and subtracts all that is told of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np

from cockpit import districts, slices
from cockpit.indicators import BREAKDOWNS, CATALOGUE, LEAST
from cockpit.reading import breakdown, readings
from cockpit.slices import Slice
from cockpit.slices.period import month_end
from cockpit.warehouse import Snapshot
from tests.warehouse_fixture import File, Row, write_batch, write_store

MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 7))
SPANS = [(first, last) for first in range(1, 7) for last in range(first, 7)]
COUNTIES = [county.code for county in districts.counties("330500")]
# The first three towns of each county, and those of the hand-written records.
TOWNS = [d.code for county in COUNTIES for d in districts.children(county)[:3]]
TOWNS += ["330502100", "330521101", "330521102", "330523110"]
PLACES = ["330500", *COUNTIES, *TOWNS]
SIZES = (0, 0, 0, 1, 2, 3, 4, 7, 12, 60)
GROUPS = tuple(BREAKDOWNS["member_group"][1])
Cell = tuple[str, int, int, str]  # place, first and last month, part


def write_small_groups(root: Path) -> None:
    """The hand-written store, and many small and some large counts in three towns of each county."""
    write_store(root)
    chance = random.Random(5)
    for county in COUNTIES:
        towns = [town.code for town in districts.children(county)[:3]]
        unions = [_union(f"UZ{town}", town) for town in towns]
        events = [
            {**{"union_id": union["union_id"], "event_on": f"{month}-1{place}", "event": "join"}, **who}
            for union, (place, month) in product(unions, enumerate(MONTHS))
            for who in _joined(chance)
        ]
        promoted = [row for town in towns for row in _certificates(town, chance)]
        for source, rows in (("union", unions), ("member_event", events), ("certificate", promoted)):
            write_batch(root, File(source, county, "2023-06-30", rows))


def _union(code: str, town: str) -> Row:
    rest = {"kind": "joint", "uscc": "", "method": "area", "nef": "no", "approved_on": "2020-01-01"}
    return {"union_id": code, "name": f"{code}联合工会", "town": town, **rest}


def _joined(chance: random.Random) -> list[Row]:
    sizes = {group: chance.choice(SIZES) for group in GROUPS}
    return [{"group": group, "persons": str(n), "female": "0"} for group, n in sizes.items() if n]


def _certificates(town: str, chance: random.Random) -> Iterator[Row]:
    """Each of a person who had a lower one: every one is a promotion."""
    rest = {"industry": "C", "occupation_code": "6-18-01-01", "occupation": "车工", "issuer": "employer"}
    rest |= {"channel": "training", "town": town}
    for place, month in enumerate(MONTHS):
        for nef, most in (("yes", 7), ("no", 25)):
            for number in range(chance.randrange(most)):
                code = f"Z{town}{place}{nef}{number}"
                own = {**rest, "nef": nef, "person_key": code}
                yield {**own, "certificate_no": f"{code}a", "level": "junior", "issued_on": "2020-05-01"}
                yield {**own, "certificate_no": f"{code}b", "level": "middle", "issued_on": f"{month}-15"}


@dataclass(frozen=True)
class Attack:
    """Who knows the place of every record, and is told all figures of one trait in every place and span.

    key: split by `split`; alone: (part, the indicator that tells this part by itself).
    """

    split: str
    key: str
    alone: tuple[str, str] | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts whose small groups are protected."""
        guard = CATALOGUE[self.key].guard
        assert guard
        return guard.codes or tuple(BREAKDOWNS[self.split][1])

    def truth(self, snapshot: Snapshot) -> np.ndarray:
        """Counts by town, month and part, past the compiler; which of them are zero is not known either."""
        term, parts = CATALOGUE[self.key].numerator, [*BREAKDOWNS[self.split][1]]
        sql = (
            f"SELECT town, MONTH(day), {self.split}, SUM({term.column}) FROM mart_{term.mart} "
            "WHERE day BETWEEN DATE '2023-01-01' AND DATE '2023-06-30' GROUP BY ALL"
        )
        counts = np.zeros((len(TOWNS), 6, len(parts)))
        for town, month, part, n in snapshot.rows(sql):
            counts[TOWNS.index(town), month - 1, parts.index(part)] = n
        return counts

    def told(self, snapshot: Snapshot) -> dict[Cell, int]:
        """Every figure that is told; the part '' is all parts together, which nothing protects."""
        found: dict[Cell, int] = {}
        parts, truth = [*BREAKDOWNS[self.split][1]], self.truth(snapshot)
        for place, (first, last) in product(PLACES, SPANS):
            asked = Slice(districts.get(place), slices.parse_period(span(first, last)))
            split = breakdown(snapshot, self.key, asked, self.split)
            found |= {(place, first, last, code): n for code, n in split[["code", "numerator"]].to_numpy()}
            whole = _row((place, first, last, ""), parts, truth.shape) @ truth.ravel()
            found[place, first, last, ""] = int(whole)
            if self.alone:
                value = readings(snapshot, [self.alone[1]], asked)[self.alone[1]].numerator
                found |= {} if value is None else {(place, first, last, self.alone[0]): value}
        return found


def span(first: int, last: int) -> str:
    return f"2023-{first:02d}-01..{month_end(date(2023, last, 1))}"


def worked_out(attack: Attack, told: dict[Cell, int], truth: np.ndarray) -> list[Cell]:
    """Small groups that follow from what is told, by any sums and differences: solved, not guessed.

    A count follows when it is the same in every solution: when no change of the unknown that leaves all that
    is told as it is changes it.
    """
    parts = [*BREAKDOWNS[attack.split][1]]
    rows = np.array([_row(cell, parts, truth.shape) for cell in told])
    sizes, ways = np.linalg.eigh(rows.T @ rows)
    free = ways[:, sizes < 1e-9]
    asked = [(place, *ends, part) for place in PLACES for ends in SPANS for part in attack.parts]
    rows = np.array([_row(cell, parts, truth.shape) for cell in asked])
    fixed = np.abs(rows @ free).max(axis=1, initial=0.0) < 1e-6
    small = [0 < abs(count) < LEAST for count in rows @ truth.ravel()]
    return [cell for cell, few, follows in zip(asked, small, fixed, strict=True) if few and follows]


def left_over(attack: Attack, told: dict[Cell, int]) -> list[int]:
    """What a district has more than all of its children that are told, wherever some are not."""
    found = []
    for place, (first, last), part in product(PLACES, SPANS, attack.parts):
        children = [d.code for d in districts.children(place) if d.code in PLACES]
        counts = [told.get((child, first, last, part)) for child in children]
        if (place, first, last, part) in told and None in counts:
            found.append(told[place, first, last, part] - sum(n for n in counts if n is not None))
    return found


def _row(cell: Cell, parts: list[str], shape: tuple[int, ...]) -> np.ndarray:
    """Which of the unknown counts a cell is the sum of, as ones."""
    place, first, last, part = cell
    row = np.zeros(shape)
    inside = [town.startswith(districts.prefix(place)) for town in TOWNS]
    row[inside, first - 1 : last, parts.index(part) if part else slice(None)] = 1
    return row.ravel()
