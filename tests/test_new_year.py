"""A week over New Year belongs to its ISO year: value, completion, plan, lamp, curve and records alike."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from cockpit import charts, districts, slices
from cockpit.labels import COUNTED
from cockpit.pace import Target
from cockpit.reading import Reading, breakdown, readings, series
from cockpit.records import records, tally
from cockpit.slices import Slice
from cockpit.stations import stations
from cockpit.warehouse import Snapshot
from commands import ROOT
from report import sentences, story, workbook
from report.story import Told
from report.week import Scope, chosen

DEQING, ANJI = "330521", "330523"
PERSONS, OPEN = "skill_promoted_persons", "stations_open"
LAST = date(2022, 12, 31)
CURVE = tuple([100 / 12] * 11 + [100.0])


@pytest.fixture
def snapshot(warehouse_root: Path) -> Snapshot:
    """A snapshot of one's own: tests change its states and targets."""
    version = (warehouse_root / "published" / "current").read_text().strip()
    return Snapshot(warehouse_root / "published" / f"cockpit-{version}.duckdb")


def sliced(snapshot: Snapshot, district: str, period: str) -> Slice:
    return slices.parse({"district": district, "period": period}, snapshot.info.data_date)


def reading(snapshot: Snapshot, key: str, district: str, period: str) -> Reading:
    return readings(snapshot, [key], sliced(snapshot, district, period))[key]


def scope(snapshot: Snapshot, district: str, week: str) -> Scope:
    return chosen(week, district, snapshot.info)


def told(snapshot: Snapshot, key: str, district: str, week: str) -> Told:
    return story.read(snapshot, scope(snapshot, district, week)).figures[key]


def test_a_stock_stands_on_the_day_its_completion_is_of(snapshot: Snapshot) -> None:
    """S3 opens on 1 January 2022, inside 2021-W52: it is no part of what 2021 reached."""
    snapshot.targets[OPEN, DEQING, 2021] = Target(2.0, CURVE, "文件")
    found = reading(snapshot, OPEN, DEQING, "2021-W52")
    assert (found.value, found.done, found.plan) == (0, 0, 100)
    assert (found.until, found.short) == (date(2021, 12, 31), False)
    assert found.previous == 0
    assert reading(snapshot, OPEN, DEQING, "2022-W01").previous == 0  # what the card of the week before told


def test_a_stock_is_said_with_the_day_it_stands_on(snapshot: Snapshot) -> None:
    figure = told(snapshot, OPEN, DEQING, "2021-W52")
    assert sentences.headline(figure, scope(snapshot, DEQING, "2021-W52")).startswith(
        "截至2022年1月2日，德清县在用站点0家（至12月31日）"
    )


def test_a_stock_that_ends_before_the_year_does_is_short(snapshot: Snapshot) -> None:
    snapshot.states["station", DEQING] = date(2021, 12, 29)
    found = reading(snapshot, OPEN, DEQING, "2021-W52")
    assert (found.until, found.short) == (date(2021, 12, 29), True)


def test_a_stock_s_parts_and_stations_are_those_of_its_card(snapshot: Snapshot) -> None:
    slice = sliced(snapshot, DEQING, "2021-W52")
    assert breakdown(snapshot, OPEN, slice, "station_type")["value"].sum() == 0
    assert stations(snapshot, slice).empty and tally(snapshot, OPEN, slice) == (0, 0)


def test_card_curve_and_records_of_a_year_s_figure_agree(snapshot: Snapshot) -> None:
    """p3's promotion of 30 December 2022 lies in 2022-W52, which ends on 1 January 2023."""
    slice = sliced(snapshot, ANJI, "2022-W52")
    card = readings(snapshot, [PERSONS], slice)[PERSONS]
    assert (card.value, card.until) == (1, LAST)
    assert series(snapshot, PERSONS, slice, 3).iloc[-1].to_list()[:2] == [LAST, 1]
    assert records(snapshot, PERSONS, slice)[COUNTED].sum() == 1
    assert tally(snapshot, PERSONS, slice) == (1, 1)


def test_the_workbook_says_up_to_when_a_year_s_figure_goes(snapshot: Snapshot) -> None:
    made = workbook.build(story.read(snapshot, scope(snapshot, ANJI, "2022-W52")))
    heads, *lines = openpyxl.load_workbook(io.BytesIO(made))["本周与累计"].iter_rows(values_only=True)
    [row] = [r for r in (dict(zip(heads, line, strict=True)) for line in lines) if r["指标代码"] == PERSONS]
    assert (row["数值"], row["算至"], row["位次算至"]) == (1, "2022-12-31", "2022-12-31")


def test_the_months_beside_a_plan_end_with_the_year_of_the_plan(snapshot: Snapshot) -> None:
    months = series(snapshot, "skill_promotions", sliced(snapshot, ANJI, "2022-W52"), 12)
    assert (months["month"].iloc[-1], months["value"].iloc[-1]) == (LAST, 1)


@pytest.fixture
def later(snapshot: Snapshot) -> Snapshot:
    """Data up to January 2025, but the certificates of 德清县 end with 2024."""
    snapshot.info = replace(snapshot.info, data_date=date(2025, 1, 31), clock_date=date(2025, 1, 31))
    for source, county in list(snapshot.states):
        snapshot.states[source, county] = date(2025, 1, 31)
    snapshot.states["certificate", DEQING] = date(2024, 12, 31)
    for county in districts.children("330500"):
        for year in (2024, 2025):
            snapshot.targets["skill_promotions", county.code, year] = Target(1.0, CURVE, "文件")
    return snapshot


WHY = "德清县的技能证书数据截至2024-12-31，2025年尚未上报"


def test_last_year_s_completion_is_not_told_as_this_year_s(later: Snapshot) -> None:
    found = reading(later, "skill_promotions", DEQING, "2025-W01")
    assert (found.target, found.done, found.plan, found.gap) == (None, None, None, None)
    assert (found.lamp, found.lamp_reason) == ("grey", WHY)


def test_no_place_of_last_year_stands_in_a_pack_of_this_year(later: Snapshot) -> None:
    for county in (DEQING, ANJI):  # ANJI reported in time, but would be compared up to 31 December
        assert reading(later, "skill_promotions", county, "2025-W01").rank is None  # nor on a card
        week = told(later, "skill_promotions", county, "2025-W01").week
        assert (week.rank, week.siblings, week.rank_basis, week.rank_until) == (None, None, None, None)


def test_a_year_s_figure_that_ends_before_its_year_is_not_told(later: Snapshot) -> None:
    week = told(later, PERSONS, DEQING, "2025-W01").week
    assert (week.value, week.rank) == (None, None)
    assert week.reason == "德清县的技能证书数据截至2024-12-31，本周尚未报全"


@pytest.mark.parametrize(
    "path", ["pages/overview.py", "pages/skills.py", "wall/overview.py", "wall/skills.py"]
)
def test_a_plan_is_drawn_for_the_year_that_the_card_tells(
    warehouse_root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """2022-W52 ends in 2023, whose target stands in the data; 2022 had none."""
    drawn: list[Target | None] = []
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))
    monkeypatch.setattr(charts, "plan_curve", lambda series, indicator, target: drawn.append(target))
    at = AppTest.from_file(str(ROOT / path), default_timeout=60)
    for name, code in {"district": ANJI, "period": "2022-W52"}.items():
        at.query_params[name] = code
    assert not at.run().exception
    assert drawn == [None]
