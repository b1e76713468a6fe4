"""Fewer than five people of a trait are told nowhere, and cannot be worked out from all that is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit import districts, handbook, slices
from cockpit.indicators import CATALOGUE, LEAST, Guard
from cockpit.labels import COUNTED
from cockpit.reading import breakdown, children, opened, readings, series, untold
from cockpit.records import records
from cockpit.slices import Slice
from cockpit.value import render, value
from cockpit.warehouse import Snapshot, Warehouse
from etl import build
from tests.small_groups_made import COUNTIES, Attack, left_over, worked_out, write_small_groups

JOINED = CATALOGUE["members_new"].guard
PAGES = Path(__file__).parents[1] / "pages"
NEF = "nef_members_new"
HIDDEN = "不足5人或可由此推算，不显示"
TOWNS = [town.code for town in districts.children("330521")]
ATTACKS = (
    Attack("member_group", "members_new", ("nef", NEF)),
    Attack("member_group", "members_net"),
    Attack("nef", "skill_promotions"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    write_small_groups(root)
    build.build(root)
    return root


@pytest.fixture
def snapshot(root: Path) -> Snapshot:
    return Warehouse(root).snapshot()


def sliced(district: str = "330500", period: str = "2023-H1", **filters: str) -> Slice:
    return slices.parse({"district": district, "period": period, **filters}, date(2023, 6, 30))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.key)
def test_no_small_group_can_be_worked_out(snapshot: Snapshot, attack: Attack) -> None:
    told, truth = attack.told(snapshot), attack.truth(snapshot)
    assert worked_out(attack, told, truth) == []
    left = left_over(attack, told)
    assert len(left) > 50 and [n for n in left if 0 < abs(n) < LEAST] == []
    assert sum(bool(part) for *_, part in told) > 400  # and much is told all the same


def test_without_partners_small_groups_can_be_worked_out(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "complemented", lambda closed, *_: closed)
    attack = ATTACKS[0]
    told = attack.told(snapshot)
    assert len(worked_out(attack, told, attack.truth(snapshot))) > 10
    assert [n for n in left_over(attack, told) if 0 < abs(n) < LEAST] != []


def walked(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, *months: list[int]) -> dict[str, list[int]]:
    """The open months of 德清县's towns, given each month's count in the first of them; the rest has 90."""

    def given(_: Snapshot, __: Guard) -> Iterator[tuple[date, dict[str, list[int]]]]:
        totals = dict.fromkeys([*TOWNS, *COUNTIES], 0)
        for number, counts in enumerate(months, 1):
            for place, town in enumerate(TOWNS):
                totals[town] += counts[place] if place < len(counts) else 90
            totals["330521"] = sum(totals[town] for town in TOWNS)
            whole = {d.code: totals.get(d.code, 0) for c in COUNTIES for d in districts.children(c)} | totals
            yield (
                slices.parse_period(f"2023-0{number}").end,
                {code: [n] for code, n in {**whole, "330500": totals["330521"]}.items()},
            )

    monkeypatch.setattr(opened, "_months", given)
    assert JOINED and JOINED.inside
    found = opened.opened(snapshot, JOINED.inside)
    return {code: sorted(day.month for day in found[code] if day.year == 2023) for code in TOWNS}


def test_a_small_town_takes_the_next_smallest_along(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = walked(snapshot, monkeypatch, [3, 7, 20])
    assert [code for code in TOWNS if not found[code]] == TOWNS[:2]


def test_hidden_towns_are_five_persons_together(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    found = walked(snapshot, monkeypatch, [1, 2, 0, 6, 20])
    assert [code for code in TOWNS if not found[code]] == [TOWNS[0], TOWNS[1], TOWNS[3]]


def test_months_are_told_together_when_they_are_five_persons(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = walked(snapshot, monkeypatch, [3, 7], [3, 7], [0, 7])
    assert (found[TOWNS[0]], found[TOWNS[1]], found[TOWNS[2]]) == ([2, 3], [2, 3], [1, 2, 3])


def test_later_months_never_open_a_closed_one(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = Warehouse(root).snapshot()
    first = walked(snapshot, monkeypatch, [3, 7], [1, 4])
    then = walked(newer, monkeypatch, [3, 7], [1, 4], [50, 50])
    assert {code: [month for month in then[code] if month < 3] for code in TOWNS} == first


def hidden_town(snapshot: Snapshot) -> str:
    """A town with some, but few, new members of the new forms of work in the half-year."""
    few = [
        reading.slice.district.code
        for county in COUNTIES
        for reading in children(snapshot, NEF, sliced(county))
        if reading.reason == HIDDEN
    ]
    assert few
    return few[0]


def test_a_hidden_figure_has_no_comparison_rank_or_lamp(snapshot: Snapshot) -> None:
    reading = readings(snapshot, [NEF], sliced(hidden_town(snapshot)))[NEF]
    shown = (reading.value, reading.numerator, reading.change, reading.year_change, reading.done, reading.gap)
    assert shown == (None,) * 6
    assert (reading.rank, reading.rank_change, reading.lamp) == (None, None, "grey")
    assert reading.reason == HIDDEN


def test_the_command_line_tells_the_reason(root: Path, snapshot: Snapshot) -> None:
    town = hidden_town(snapshot)
    assert f"—（{HIDDEN}）" in render(value(root, NEF, town, "2023-H1"))
    told = value(root, NEF, town[:6], "2023-H1", "district")
    assert {row["district"]: row["value"] for row in told["rows"]}[town] is None
    split = value(root, "members_new", town, "2023-H1", "member_group")
    assert (split["rows"], split["rows_reason"]) == ([], HIDDEN)
    assert f"—（{HIDDEN}）" in render(split)


def test_a_series_leaves_small_months_out(snapshot: Snapshot) -> None:
    found = series(snapshot, NEF, sliced(hidden_town(snapshot)), months=6)
    assert HIDDEN in set(found["reason"])
    assert found.loc[found["reason"] == HIDDEN, ["value", "numerator"]].isna().all(axis=None)


@pytest.mark.parametrize("period", ["2023-W20", "2023-01-01..2023-06-19", "2023-02-02..2023-06-30"])
def test_guarded_figures_are_told_by_whole_months_only(snapshot: Snapshot, period: str) -> None:
    reading = readings(snapshot, [NEF], sliced(period=period))[NEF]
    assert (reading.value, reading.reason) == (None, "涉及个人身份信息，只按整月统计")
    assert readings(snapshot, ["members_new"], sliced(period=period))["members_new"].value is not None


def test_a_month_in_progress_is_left_out(snapshot: Snapshot) -> None:
    snapshot.states |= {("member_event", county): date(2023, 6, 20) for county in COUNTIES}
    reading = readings(snapshot, [NEF], sliced())[NEF]
    assert reading.value == readings(snapshot, [NEF], sliced(period="2023-01-01..2023-05-31"))[NEF].value
    assert reading.as_of == date(2023, 5, 31)


def test_a_trait_is_not_crossed_with_anything_else(snapshot: Snapshot) -> None:
    key, crossed = "skill_promotions", "涉及个人身份信息，不与取得渠道交叉统计"
    both = sliced(nef="yes", channel="training")
    assert readings(snapshot, [key], both)[key].reason == crossed
    for slice, by in ((sliced(nef="yes"), "channel"), (sliced(channel="training"), "nef")):
        assert breakdown(snapshot, key, slice, by).empty
        assert untold(snapshot, key, slice, by) == crossed
    assert untold(snapshot, key, sliced(channel="training"), "issuer") is None


def test_records_tell_no_trait_and_are_not_listed_by_it(snapshot: Snapshot) -> None:
    listed = records(snapshot, "members_new", sliced())
    assert listed[COUNTED].sum() == readings(snapshot, ["members_new"], sliced())["members_new"].value
    assert "会员群体" not in listed.columns
    assert not listed.duplicated(["工会编号", "变动日期", "变动类型"]).any()
    assert "新业态" not in records(snapshot, "skill_promoted_persons", sliced()).columns
    assert records(snapshot, NEF, sliced()).empty
    assert records(snapshot, "skill_promotions", sliced(nef="no")).empty


def test_pages_say_why(root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(root))
    at = AppTest.from_file(str(PAGES / "unions.py"), default_timeout=60)
    at.query_params["district"] = hidden_town(snapshot)
    at.run()
    assert not at.exception
    html = "".join(block.value for block in at.get("html"))
    assert html.count(HIDDEN) >= 2  # the card, and the tile of groups


def test_guards_hold_together_and_stand_in_the_handbook() -> None:
    guarded = {key: i.guard for key, i in CATALOGUE.items() if i.guard}
    assert set(guarded) == {
        *("skill_promotions", "new_skill_certs", "members", "members_new", "members_net", NEF)
    }
    for key, guard in guarded.items():
        assert all(guard.split in CATALOGUE[of].breakdowns for of in guard.of)
        assert len({CATALOGUE[of].rule for of in guard.of} - {"flow", "stock"}) == 0
        assert len({CATALOGUE[of].rule for of in guard.of}) == 1
        assert guard.why in handbook.protected(CATALOGUE[key])
