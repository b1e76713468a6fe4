"""The demonstration inbox: same bytes from the same seed, sums as published, every mistake known."""

import csv
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stdnum.cn import uscc

from etl.demo import faults, write_inbox
from etl.demo.inbox import STYLES, records
from etl.demo.world import COUNTIES, share
from etl.geo import inside, to_wgs84
from etl.sources import SOURCES

SEED = 20230630
LAST = pd.Timestamp("2023-06-30")
HALF = pd.Timestamp("2023-01-01")


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return records(SEED, 1)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_inbox(folder)
    return folder / "demo"


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_same_seed_gives_the_same_bytes_and_another_seed_others(inbox: Path, tmp_path: Path) -> None:
    write_inbox(tmp_path / "again")
    write_inbox(tmp_path / "other", seed=7)
    again, other = digest(tmp_path / "again" / "demo"), digest(tmp_path / "other" / "demo")
    assert digest(inbox) == again
    assert other.keys() == again.keys()
    assert other["德清县/德清县_技能证书.csv"] != again["德清县/德清县_技能证书.csv"]


def test_scale_below_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="不小于 1"):
        write_inbox(tmp_path, scale=0)


def in_half(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    return frame[(frame[day] >= HALF) & (frame[day] <= LAST)]


def promotions(frame: pd.DataFrame) -> pd.DataFrame:
    """Rank above the best earlier rank of the same person in the same occupation, counted independently."""
    ordered = frame.sort_values(["issued_on", "rank", "certificate_no"])
    who = [ordered["person_key"], ordered["occupation_code"]]
    best_before = ordered["rank"].groupby(who).cummax().groupby(who).shift()
    return ordered[ordered["rank"] > best_before]


def nengji_in_force(frames: dict[str, pd.DataFrame]) -> pd.Series:
    """Workers per enterprise under 能级 contracts in force on the last day: the largest, never summed."""
    contract = frames["contract"]
    effective = contract["effective_on"].fillna(contract["filed_on"] + pd.Timedelta(days=15))
    end = contract[["ends_on", "terminated_on"]].min(axis=1)
    held = contract[(contract["topic"] == "nengji") & (effective <= LAST) & (end > LAST)]
    rows = frames["contract_coverage"]
    rows = rows[rows["contract_id"].isin(held["contract_id"]) & ~(rows["covered_to"] <= LAST)]
    alive = frames["enterprise"].loc[frames["enterprise"]["closed_on"].isna(), "uscc"]
    return rows[rows["uscc"].isin(alive)].groupby("uscc")["workers"].max()


@pytest.mark.parametrize(("scale", "seed"), [(1, SEED), (2, SEED), (1, 7)])
def test_first_half_of_2023_is_as_published(scale: int, seed: int) -> None:
    frames = records(seed, scale)
    contest, union = in_half(frames["contest"], "held_on"), in_half(frames["union"], "approved_on")
    joins = in_half(frames["member_event"], "event_on").query("event == 'join'")
    opened, nengji = in_half(frames["station"], "opened_on"), nengji_in_force(frames)
    counted = {
        "promotions": len(in_half(promotions(frames["certificate"]), "issued_on")),
        "contests": len(contest),
        "entries": contest["entries"].sum(),
        "nengji firms": len(nengji),
        "nengji workers": nengji.sum(),
        "unions": len(union),
        "nef unions": (union["nef"] == "yes").sum(),
        "joined": joins["persons"].sum(),
        "nef joined": joins.loc[joins["group"] == "nef", "persons"].sum(),
        "nef stations": (opened["nef"] == "yes").sum(),
        "stations": len(opened),
    }
    published = (7300, 408, 21100, 2087, 191200, 179, 29, 15000, 6473, 22, 41)
    assert list(counted.values()) == [number * scale for number in published]


def test_every_source_has_its_declared_columns_and_distinct_keys(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == list(SOURCES)
    for name, source in SOURCES.items():
        assert {c.key for c in source.columns} <= set(frames[name].columns), name
        assert not frames[name].duplicated(list(source.key)).any(), name


def test_codes_are_valid_and_names_are_marked_as_examples(frames: dict[str, pd.DataFrame]) -> None:
    firms = frames["enterprise"]
    assert firms["uscc"].map(uscc.is_valid).all()
    assert firms["uscc"].str[8:11].eq("DEM").all()
    assert firms["name"].str.contains("示例").all()
    assert frames["certificate"]["certificate_no"].str.fullmatch(r"[YS]\d{21}").all()


def test_workers_under_a_contract_are_at_most_the_employees(frames: dict[str, pd.DataFrame]) -> None:
    employees = frames["enterprise"].set_index("uscc")["employees"]
    rows = frames["contract_coverage"]
    assert (rows["workers"] <= rows["uscc"].map(employees)).all()


def test_no_union_ever_has_fewer_than_no_members(frames: dict[str, pd.DataFrame]) -> None:
    events = frames["member_event"].sort_values("event_on")
    signed = events["persons"].where(~events["event"].isin(["leave", "transfer_out"]), -events["persons"])
    stock = signed.groupby([events["union_id"], events["group"]]).cumsum()
    last = events.assign(stock=stock).drop_duplicates(["union_id", "group", "event_on"], keep="last")
    assert last["stock"].min() == 0


def test_transfers_leave_one_union_and_enter_another_on_the_same_day(frames: dict[str, pd.DataFrame]) -> None:
    events = frames["member_event"]
    sums = events.groupby(["event", "event_on", "group"])["persons"].sum()
    pd.testing.assert_series_equal(sums.loc["transfer_out"], sums.loc["transfer_in"])


def test_stations_lie_in_their_county_after_conversion(frames: dict[str, pd.DataFrame]) -> None:
    station = frames["station"]
    assert {"bd09", "gcj02", "cgcs2000"} <= set(station["crs"])
    lon, lat = to_wgs84(station["lon"].to_numpy(), station["lat"].to_numpy(), station["crs"])
    for county in COUNTIES:
        here = station["town"].str.startswith(county).to_numpy()
        assert here.any()
        assert inside(lon[here], lat[here], county).all()


def test_county_targets_add_up_to_the_citys_and_plans_end_at_100(frames: dict[str, pd.DataFrame]) -> None:
    target = frames["target"]
    counts = target[target["indicator"].isin(["skill_promotions", "members_new", "nengji_workers"])]
    for (_, _), rows in counts.groupby(["indicator", "year"]):
        annual = rows.set_index("district")["annual"]
        assert annual["330500"] == annual.drop("330500").sum()
    plans = target[[f"plan_{month:02d}" for month in range(1, 13)]].to_numpy()
    assert (np.diff(plans, axis=1) >= 0).all()
    assert (plans[:, -1] == 100).all()


def test_a_third_are_workbooks_and_text_comes_in_three_encodings(inbox: Path) -> None:
    files = [path for path in inbox.rglob("*") if path.is_file()]
    assert len(files) == 65 + 2 + 2 + 1  # 13 sources of 5 counties, targets, refused, correction
    assert sum(path.suffix == ".xlsx" for path in files) * 3 >= len(files)
    assert {style.encoding for style in STYLES.values()} == {"utf-8", "utf-8-sig", "gb18030"}
    for county, style in STYLES.items():
        path = inbox / COUNTIES[county] / f"{COUNTIES[county]}_集体合同.csv"
        first = next(csv.reader(path.open(encoding=style.encoding, newline="")))
        assert first[0] == f"【演示数据】{COUNTIES[county]} · 集体合同 · 数据截至2023-06-30"


def test_each_fault_is_one_extra_row_in_its_file(inbox: Path, frames: dict[str, pd.DataFrame]) -> None:
    for fault in faults.FAULTS:
        style, place = STYLES[fault.county], COUNTIES[fault.county]
        if fault.source in style.workbooks:
            continue
        path = inbox / place / f"{place}_{SOURCES[fault.source].label}.csv"
        rows = list(csv.reader(path.open(encoding=style.encoding, newline="")))[2:]
        extra = sum(f.rows for f in faults.FAULTS if (f.county, f.source) == (fault.county, fault.source))
        good = (frames[fault.source]["county_no"] == list(COUNTIES).index(fault.county)).sum()
        assert sum(any(row) for row in rows) == good + extra, path.name
        for cells in fault.cells:
            assert any({str(v) for v in cells.values() if v != ""} <= set(row) for row in rows), fault.what


def test_shares_add_up_exactly() -> None:
    assert share(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert share(7, [0.0, 5.0]).tolist() == [0, 7]
