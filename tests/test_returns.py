"""填报及时率: counted by hand on the three districts of the hand-made data."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cockpit import districts, handbook
from cockpit.handbook import DEFINITION, Return, by_district, punctuality, returns
from cockpit.warehouse import Snapshot, Warehouse


@pytest.fixture(scope="module")
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


def one(found: list[Return], source: str, county: str) -> Return:
    return next(r for r in found if (r.source, r.district.code) == (source, county))


def test_every_source_of_every_county_is_due_once(snapshot: Snapshot) -> None:
    found = returns(snapshot)
    assert len(found) == len({(r.source, r.district.code) for r in found}) == 14 * 5
    assert len(returns(snapshot, "330521")) == 14
    assert {r.district.code for r in returns(snapshot, "330521102")} == {"330521"}


def test_what_was_never_sent_is_due_and_not_on_time(snapshot: Snapshot) -> None:
    training = one(returns(snapshot), "training", "330523")
    assert (training.as_of, training.received_at, training.on_time) == (None, None, False)


@pytest.mark.parametrize(("age", "overdue"), [(0, 0), (35, 0), (36, 1), (80, 45)])
def test_late_begins_the_day_after_the_rhythm(snapshot: Snapshot, age: int, overdue: int) -> None:
    as_of = snapshot.states["contest", "330521"]
    clock = as_of + timedelta(days=age)

    class Later:
        sources, states, rows, clock_date = snapshot.sources, snapshot.states, snapshot.rows, clock

    found = one(returns(Later()), "contest", "330521")  # type: ignore[arg-type]
    assert (found.overdue, found.on_time) == (overdue, overdue == 0)
    reported = handbook.reports(Later(), "330521")  # type: ignore[arg-type]
    assert next(r for r in reported if r.source == found.label).late == (overdue > 0)


def test_the_city_s_rate_is_a_sum_and_no_average(snapshot: Snapshot) -> None:
    county, other = districts.get("330521"), districts.get("330502")
    good = Return(county, "a", "甲", 35, date(2023, 6, 30), None, 0)
    found = [good, replace(good, overdue=3), replace(good, as_of=None), replace(good, district=other)]
    assert {place.code: rate.rate for place, rate in by_district(found).items()} == {
        "330521": pytest.approx(100 / 3),
        "330502": 100.0,
    }
    assert (punctuality(found).on_time, punctuality(found).due, punctuality(found).rate) == (2, 4, 50.0)
    assert punctuality([]).rate is None


def test_the_definition_stands_in_the_handbook(snapshot: Snapshot) -> None:
    labels = {name: source.label for name, source in snapshot.sources.items()}
    assert DEFINITION in handbook.markdown(labels)
