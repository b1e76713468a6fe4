"""Making the demonstration inbox: the records of each theme, then the files of each district."""

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo import bargaining, clearance, events, faults, files, members, places, skills, stations, targets
from etl.demo.firms import firms
from etl.demo.rendering import Cells, Style, ordered_columns, rows_of
from etl.demo.unions import coverage, unionise, unions
from etl.demo.world import CITY, COUNTIES, LAST, World
from etl.sources import SOURCES

SMALL = ("union", "training", "contest", "station", "station_check")
STYLES = {
    "330502": Style("slash", "gb18030", "、", ("填写说明", ""), 0, (*SMALL, "clearance_ledger")),
    "330503": Style("dot", "utf-8", ";", ("填写说明", "示例", ""), 2, (*SMALL, "clearance_ledger")),
    "330521": Style("iso", "utf-8-sig", "、", ("",), 0, (*SMALL, "enterprise", "union_coverage")),
    "330522": Style("words", "gb18030", "、", ("", "填写说明"), 3, ("contest", "station", "training")),
    "330523": Style("compact", "utf-8-sig", ",", ("",), 1, ("union", "station", "station_check", "contest")),
}
CITY_STYLE = Style("iso", "utf-8-sig", "、", ("",), 0, ("target",))
# Data as of: all as of the last day, but for one report that stopped and one file that comes a month late.
AS_OF = {("330503", "station_visit"): "2023-03-31", ("330522", "training"): "2023-05-31"}


def write_inbox(folder: Path, seed: int = 20230630, scale: int = 1) -> list[Path]:
    """Write the demonstration files under folder/demo/<区县名>/ and return their paths.

    The same seed and scale give the same bytes. At scale n all counts are n times those of scale 1.
    Raises ValueError when scale is below 1.
    """
    if scale < 1:
        raise ValueError("规模倍数须为不小于 1 的整数")
    root = folder / "demo"
    frames = records(seed, scale)
    written = [_write_city(root, frames["target"], year) for year in (2022, 2023)]
    for no, county in enumerate(COUNTIES):
        for name, frame in frames.items():
            if name != "target":
                mine = frame[frame["county_no"] == no]
                written += _write_county(root, county, name, mine)
    return sorted([*written, *_write_refused(root)])


def records(seed: int, scale: int) -> dict[str, pd.DataFrame]:
    """Source name to its records: columns as declared, dates as datetimes, codes in English."""
    world = World(seed, scale, places.read_towns(np.random.default_rng([seed, 1])))
    enterprise = firms(world)
    state = unionise(world, enterprise)
    union = unions(world, enterprise, state)
    cover = coverage(world, enterprise, state, union)
    bargained = bargaining.bargaining(world, enterprise, union, cover)
    station = stations.stations(world)
    frames = {
        "enterprise": enterprise,
        "union": union,
        "union_coverage": cover,
        "clearance_ledger": clearance.ledger(world, enterprise, union, cover),
        "member_event": members.events(world, union, cover, enterprise),
        "certificate": skills.certificates(world),
        "training": events.trainings(world),
        "contest": events.contests(world),
        "contract": bargained.contracts,
        "contract_coverage": bargained.coverage,
        "station": station,
        "station_visit": stations.visits(world, station),
        "station_check": stations.checks(world, station),
    }
    stocks = bargaining.stocks(bargained)
    return {**frames, "target": targets.targets(world, targets.counted(frames, stocks))}


def _write_county(root: Path, county: str, name: str, frame: pd.DataFrame) -> list[Path]:
    source, style = SOURCES[name], STYLES[county]
    rows = rows_of(frame, source, style, name in style.workbooks)
    corrected = []
    if name == "contest" and county == "330521":
        rows, right = faults.typed_wrong(rows, [c.key for c in ordered_columns(source, style)])
        corrected = [_write(root, county, name, right, "_更正")]
    return [_write(root, county, name, faults.with_faults(rows, county, source, style)), *corrected]


def _write(root: Path, county: str, name: str, rows: Cells, ending: str = "") -> Path:
    source, style, place = SOURCES[name], STYLES[county], COUNTIES[county]
    heading = files.title(place, source.label, AS_OF.get((county, name), str(LAST)))
    stem = root / place / f"{place}_{source.label}{ending}"
    header = files.header_of(source, style)
    if name in style.workbooks:
        return files.write_workbook(stem.with_suffix(".xlsx"), source, style, heading, header, rows)
    return files.write_csv(stem.with_suffix(".csv"), style.encoding, heading, header, rows)


def _write_city(root: Path, frame: pd.DataFrame, year: int) -> Path:
    source, style = SOURCES["target"], CITY_STYLE
    rows = rows_of(frame[frame["year"] == year], source, style, workbook=True)
    heading = files.title(CITY[1], source.label, str(LAST))
    path = root / CITY[1] / f"{CITY[1]}_{source.label}_{year}.xlsx"
    return files.write_workbook(path, source, style, heading, files.header_of(source, style), rows)


def _write_refused(root: Path) -> list[Path]:
    """One file in a form nobody asked for, one with what looks like a phone number in a remark."""
    wrong, private = (root / name for name in faults.REFUSED)
    heading = files.title("安吉县", "活动登记表", str(LAST))
    form = ["序号", "活动", "时间", "人数", "备注"]
    listed: Cells = [(no, f"示例活动{no}", f"2023年{no}月", 20 + no, "") for no in range(1, 7)]
    files.write_csv(wrong, STYLES["330523"].encoding, heading, form, listed)
    source, style = SOURCES["training"], STYLES["330502"]
    header = [*files.header_of(source, style), "备注"]
    row = (
        "PX330502-8801",
        "月河街道电工技能提升班",
        "330502001",
        "2023/6/20",
        "线下",
        86,
        "联系电话 13000000000",
    )
    heading = files.title("吴兴区", source.label, str(LAST))
    return [wrong, files.write_workbook(private, source, style, heading, header, [row])]
