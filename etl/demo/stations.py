"""Service stations of outdoor workers, their monthly reports and their checks by the eight requirements."""

import numpy as np
import pandas as pd

from cockpit.codes import EIGHT_HAVE
from etl.demo import places, world
from etl.demo.world import COUNTIES, FIRST, LAST, MONTHS, NO_DAY, STEADY, World

OLD, OPENED, CLOSED = 302, (80, 84, 41), 25  # before 2021; 2021, 2022, 2023-H1; closed since 2021
NEF_OPENED = 22  # of those opened in 2023-H1
SHARE = (0.25, 0.18, 0.22, 0.21, 0.14)
TYPES = ("basic", "benchmark", "h24")
TYPE = (
    (70, 14, 16),
    (77, 11, 12),
    (70.5, 14, 15.5),
    (72, 13.5, 14.5),
    (75.5, 11, 13.5),
)  # percent, by county
CRS = ("bd09", "gcj02", "gcj02", "cgcs2000", "wgs84")  # by county
VENUE = {"union": 16, "party": 14, "bank": 24, "telecom": 12, "community": 14, "street": 14, "other": 6}
VENUE_NAME = {
    "union": "工会",
    "party": "党群",
    "bank": "银行网点",
    "telecom": "营业厅",
    "community": "社区",
    "street": "沿街",
    "other": "园区",
}
HAS = {
    "water": 0.99,
    "seat": 0.98,
    "charging": 0.95,
    "aircon": 0.93,
    "microwave": 0.86,
    "medkit": 0.85,
    "wifi": 0.8,
    "toilet": 0.62,
    "fridge": 0.5,
    "aed": 0.12,
}
PASS = dict(
    zip(EIGHT_HAVE, (0.992, 0.985, 0.975, 0.988, 0.982, 0.945, 0.985, 0.955), strict=True)
)  # of each requirement
COUNTY_CARE = np.array([1.0, 1.35, 0.6, 1.0, 1.3])  # by county: how much more often something is missing
STALE_COUNTY, STALE_MONTH = 1, np.datetime64("2023-03")  # 南浔区's 站点月报 stops there
ROUNDS = ("2021-05", "2021-11", "2022-05", "2022-11", "2023-05")
VISIT_SEASON = np.array([0.75, 0.6, 0.85, 0.9, 1.0, 1.2, 1.55, 1.5, 1.1, 0.95, 0.85, 0.8])


def stations(world_: World) -> pd.DataFrame:
    """Columns of the source `station`, and county_no."""
    rng = world_.rng("station")
    frame = _opened(rng, world_)
    total = len(frame)
    frame["type"] = _types(rng, frame["county_no"].to_numpy())
    frame["provision"] = world.choose(rng, {"own": 38, "shared": 62}, total)
    frame["venue"] = world.choose(rng, VENUE, total)
    frame["open_24h"] = world.flags((frame["type"] == "h24").to_numpy() | (rng.random(total) < 0.04))
    frame["open_hours"] = np.where(frame["open_24h"] == "yes", "00:00-24:00", "08:00-20:00").astype(object)
    frame["area_m2"] = rng.gamma(5.0, 6.0, total).clip(8, 200).round(1)
    has = {name: rng.random(total) < part for name, part in HAS.items()}
    frame["facilities"] = [";".join(n for n in HAS if has[n][i]) for i in range(total)]
    accepted = frame["opened_on"].to_numpy().astype("datetime64[D]") + rng.integers(8, 60, total)
    never = (accepted > LAST) | (rng.random(total) < 0.06)
    frame["accepted_on"] = np.where(never, NO_DAY, accepted).astype("datetime64[s]")
    _placed(rng, world_, frame)
    _mapped(rng, frame)
    return _described(world_, frame)


def _opened(rng: np.random.Generator, world_: World) -> pd.DataFrame:
    """Days, towns and the exact count of new ones; nearly every town has one that is old and still open."""
    scale = world_.scale
    old = world.share(OLD * scale, world_.towns["weight"].to_numpy() ** 0.6)
    old_town = np.repeat(np.arange(len(old)), np.maximum(old, 1))
    county_no, month_no = world.spread(world.monthly([n * scale for n in OPENED], STEADY, SHARE))
    old_day = world.days_between(rng, "2017-05-01", "2020-12-01", len(old_town))
    frame = pd.DataFrame({"town_no": np.concatenate([old_town, world_.pick_towns(rng, county_no)])})
    frame["county_no"] = world_.towns["county_no"].to_numpy()[frame["town_no"]]
    frame["opened_on"] = np.concatenate([old_day, world.days_in(rng, month_no)]).astype("datetime64[s]")
    frame["closed_on"] = NO_DAY
    spare = np.flatnonzero(frame.index < len(old_town)) if scale > 1 else _spare(frame.iloc[: len(old_town)])
    closing = rng.choice(spare, CLOSED * scale, replace=False)
    frame.loc[closing, "closed_on"] = world.days_between(rng, FIRST + 30, LAST - 20, len(closing))
    nef = rng.random(len(frame)) < 0.2
    lately = np.flatnonzero(frame["opened_on"] >= np.datetime64("2023-01-01"))
    nef[lately] = False
    nef[rng.choice(lately, NEF_OPENED * scale, replace=False)] = True
    return frame.assign(nef=world.flags(nef))


def _types(rng: np.random.Generator, county_no: np.ndarray) -> np.ndarray:
    """Each county has its own exact mixture."""
    types = np.full(len(county_no), "", dtype=object)
    for no, weights in enumerate(TYPE):
        mine = np.flatnonzero(county_no == no)
        types[rng.permutation(mine)] = np.repeat(TYPES, world.share(len(mine), weights))
    return types


def _spare(old: pd.DataFrame) -> np.ndarray:
    """Stations that are not their town's first."""
    return np.flatnonzero(world.serials(old["town_no"].to_numpy()) > 1)


def _placed(rng: np.random.Generator, world_: World, frame: pd.DataFrame) -> None:
    """Coordinates in the system that the county's file declares."""
    lon, lat = places.scatter(rng, world_.towns, frame["town_no"].to_numpy())
    frame["crs"] = np.array(CRS, dtype=object)[frame["county_no"]]
    for crs, convert in places.CONVERT.items():
        mine = np.flatnonzero(frame["crs"] == crs)
        lon[mine], lat[mine] = convert(lon[mine], lat[mine])
    frame["lon"], frame["lat"] = lon.round(6), lat.round(6)


def _mapped(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """About four in five are found on a map, mostly on more than one."""
    found = rng.random(len(frame)) < 0.84 - 0.03 * (COUNTY_CARE[frame["county_no"]] - 1) * 10
    gaode = rng.random(len(frame)) < 0.85
    frame["on_gaode"] = world.flags(found & gaode)
    frame["on_baidu"] = world.flags(found & (~gaode | (rng.random(len(frame)) < 0.5)))
    frame["on_tencent"] = world.flags(found & (rng.random(len(frame)) < 0.4))


def _described(world_: World, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.sort_values(["county_no", "opened_on"], kind="stable").reset_index(drop=True)
    county = np.array(list(COUNTIES), dtype=object)[frame["county_no"]]
    frame["station_no"] = world.numbered("ZD" + county + "-", world.serials(county), 3)
    frame["town"] = world_.towns["code"].to_numpy()[frame["town_no"]]
    town_name = world_.towns["name"].to_numpy()[frame["town_no"]]
    stem = town_name + frame["venue"].map(VENUE_NAME).to_numpy()
    number = world.serials(stem)
    frame["name"] = [f"{s}示例{n:02d}号工会驿站" for s, n in zip(stem, number, strict=True)]
    return frame


def visits(world_: World, stations_: pd.DataFrame) -> pd.DataFrame:
    """Columns of the source `station_visit`, and county_no: every full month a station was open."""
    rng = world_.rng("station_visit")
    begin = stations_["opened_on"].to_numpy().astype("datetime64[M]") + 1
    gone = stations_["closed_on"].fillna(pd.Timestamp("2023-07-01")).to_numpy().astype("datetime64[M]")
    stale = np.where(stations_["county_no"] == STALE_COUNTY, STALE_MONTH + 1, np.datetime64("2023-07", "M"))
    month = MONTHS[:, None]
    month_no, row = np.nonzero((month >= begin) & (month < np.minimum(gone, stale)))
    busy = stations_["type"].map({"basic": 1, "benchmark": 2.2, "h24": 1.8}).to_numpy()
    base = rng.gamma(4.0, 75.0, len(stations_)) * busy
    grown = VISIT_SEASON[month_no % 12] * (1 + 0.006 * month_no) * rng.uniform(0.8, 1.2, len(row))
    method = world.choose(rng, {"register": 60, "estimate": 40}, len(stations_))
    method = np.where(stations_["type"] == "basic", method, "counter").astype(object)
    often = np.where(stations_["type"] == "benchmark", 0.42, 0.12)
    frame = pd.DataFrame({"station_no": stations_["station_no"].to_numpy()[row]})
    frame["county_no"] = stations_["county_no"].to_numpy()[row]
    frame["month"] = (MONTHS[month_no] + 1).astype("datetime64[D]") - 1
    frame["visits"] = (base[row] * grown).astype(np.int64)
    frame["count_method"] = method[row]
    frame["activities"] = rng.poisson(often[row])
    return frame


def checks(world_: World, stations_: pd.DataFrame) -> pd.DataFrame:
    """Columns of the source `station_check`, and county_no: two rounds a year, four stations in five."""
    rng = world_.rng("station_check")
    parts = []
    for no, month in enumerate(ROUNDS):
        day = world.days_in(rng, np.full(len(stations_), np.searchsorted(MONTHS, np.datetime64(month))))
        there = (stations_["opened_on"] < day - 20) & ~(stations_["closed_on"] <= day)
        rows = np.flatnonzero(there & (rng.random(len(stations_)) < 0.8))
        county_no = stations_["county_no"].to_numpy()[rows]
        frame = pd.DataFrame({"station_no": stations_["station_no"].to_numpy()[rows], "county_no": county_no})
        frame["checked_on"] = day[rows]
        frame["checker_unit"] = np.array(list(COUNTIES.values()), dtype=object)[county_no] + "总工会"
        missing = COUNTY_CARE[county_no] * (1.4 - 0.15 * no)
        for item, part in PASS.items():
            frame[item] = world.flags(rng.random(len(rows)) > (1 - part) * missing)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True).sort_values(["county_no", "checked_on"], kind="stable")
