"""What a wall hides in one place it tells in no other: ranking, the county's own screen, parts, months."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cockpit import disclosure, slices
from cockpit.indicators import CATALOGUE
from cockpit.screens import SCREENS
from cockpit.shell import kept
from cockpit.shell.context import PageContext
from cockpit.warehouse import Snapshot, Warehouse
from tests.readings_made import children, reading

KEY, CITY = "training_attendances", "330500"
BY_CODE = {"330502": 3, "330503": 50, "330521": 9, "330522": 70, "330523": 60}
PARTNER, OTHER = "330521", "330503"


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    return Warehouse(warehouse_root).snapshot()


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """吴兴区 has 3 persons, hidden with the 9 of 德清县; what lies below has 6 each."""
    below = lambda _, key, __, slice: (  # noqa: E731
        children(key, CITY, [*BY_CODE.values()])
        if slice.district.code == CITY
        else children(key, slice.district.code, [6.0] * len(slices.districts.children(slice.district.code)))
    )
    own = lambda _, keys, __, slice: [  # noqa: E731
        reading(key, slice.district.code, BY_CODE.get(slice.district.code, 192)) for key in keys
    ]
    monkeypatch.setattr(kept, "children", below)
    monkeypatch.setattr(kept, "readings", own)


def wall(snapshot: Snapshot, district: str, period: str = "2023-H1") -> PageContext:
    slice = slices.parse({"district": district, "period": period}, snapshot.info.data_date)
    return PageContext(SCREENS["wall-skills"], snapshot, slice, "run", public=True)


def test_a_partner_s_own_card_is_hidden_as_it_is_in_the_ranking(snapshot: Snapshot) -> None:
    ranked = {r.slice.district.code: r.value for r in wall(snapshot, CITY).children(KEY)}
    assert (ranked[PARTNER], ranked[OTHER]) == (None, 50)
    assert wall(snapshot, PARTNER).reading(KEY).reason == disclosure.HIDDEN
    assert wall(snapshot, OTHER).reading(KEY).value == 50


def test_nothing_that_adds_up_to_a_hidden_figure_is_told(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = pd.DataFrame(
        [("a", "甲", 9, None, 9.0)], columns=["code", "label", "numerator", "denominator", "value"]
    )
    monkeypatch.setattr(kept, "breakdown", lambda *_: parts)
    monkeypatch.setattr(kept, "series", lambda _, __, months, *___: of_months(date(2023, 6, 1), months))
    hidden, shown = wall(snapshot, PARTNER), wall(snapshot, OTHER)
    assert {r.value for r in hidden.children(KEY)} == {None} and {r.value for r in shown.children(KEY)} == {6}
    assert hidden.breakdown(KEY, "x").empty and not shown.breakdown(KEY, "x").empty
    told = hidden.series(KEY, 8)
    assert told["value"].isna().tolist() == [False] * 2 + [True] * 6  # from January on, in the half-year
    assert not shown.series(KEY, 8)["value"].isna().any()


def of_months(last: date, months: int, counts: dict[tuple[int, int], int] | None = None) -> pd.DataFrame:
    """Months of 20 persons each, but for `counts`, up to that of a day."""
    days = pd.date_range(end=pd.Timestamp(last) + pd.offsets.MonthEnd(0), periods=months, freq="ME")
    values = [float((counts or {}).get((day.year, day.month), 20)) for day in days]
    return pd.DataFrame(
        {"month": days.date, "value": values, "numerator": values, "denominator": None, "reason": None}
    )


@pytest.mark.parametrize("period", ["2023-02", "2023-Q1", "2023-H1", "2023-YTD"])
def test_the_months_that_are_hidden_do_not_depend_on_the_period_asked_for(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, period: str
) -> None:
    """February has 3 persons and March 12: seen from February, January would go with it, else March."""
    counts = {(2023, 2): 3, (2023, 3): 12}
    monkeypatch.setattr(kept, "series", lambda _, __, n, ___, slice: of_months(slice.period.end, n, counts))
    told = wall(snapshot, CITY, period).series(KEY, 6)
    gone = told[told["value"].isna()]
    assert {day.month for day in gone["month"]} <= {2, 3}
    assert CATALOGUE[KEY].rule == "flow" and 2 in {day.month for day in gone["month"]}


def test_a_month_that_is_cut_after_a_few_persons_takes_another_with_it() -> None:
    whole = of_months(date(2023, 6, 1), 6)
    cut = of_months(date(2023, 6, 1), 6, {(2023, 6): 3, (2023, 5): 8})
    gone = disclosure.months(cut, CATALOGUE[KEY], whole)["value"].isna()
    assert gone.tolist() == [False] * 4 + [True] * 2
