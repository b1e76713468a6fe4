"""Unions and what joint unions cover: counts of new unions are exact, rates follow from size and district."""

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import BUILDING, FIRST, LAST, NO_DAY, SHORT, World

# New unions in 2021, 2022 and the first half of 2023 (179, of which 29 新业态), by what they are.
NEW = {
    "firm": (221, 240, 124),
    "joint": (30, 34, 18),
    "federation": (14, 16, 8),
    "nef": (45, 56, 29),
}
OLD = {"joint": 210, "federation": 60, "nef": 15, "institution": 330}
AHEAD = np.array([1.0, 0.98, 1.03, 1.0, 0.965])  # by county
METHODS = {
    "firm": {"single": 82, "party": 10, "fallback": 8},
    "joint": {"area": 65, "industry": 20, "fallback": 15},
    "federation": {"industry": 60, "area": 40},
    "nef": {"industry": 55, "area": 30, "fallback": 10, "party": 5},
    "institution": {"area": 60, "industry": 40},
}
KINDS = {
    "firm": "single",
    "joint": "joint",
    "federation": "federation",
    "nef": "joint",
    "institution": "joint",
}
ENDINGS = {
    "joint": "联合工会",
    "federation": "工会联合会",
    "nef": "新就业形态联合工会",
    "institution": "事业单位联合工会",
}


def unionise(world_: World, firms: pd.DataFrame) -> np.ndarray:
    """'own', 'joint' or '' per firm: what it has by the last day (or had when it closed)."""
    rng = world_.rng("unionise")
    size = firms["employees"].to_numpy()
    listed = firms["above_scale_years"].str.contains("2023").to_numpy()
    rate = np.select([size >= 100, listed, size >= 25], [0.985, 0.95, 0.66], 0.42)
    rate = np.minimum(rate * AHEAD[firms["county_no"]], np.where(size >= 100, 0.992, 0.975))
    rate = np.where(firms["opened_on"] > np.datetime64("2022-10-01"), 0.0, rate)
    own = np.select([size >= 100, listed, size >= 25], [0.95, 0.66, 0.5], 0.12)
    has = rng.random(len(firms)) < rate
    return np.where(has, np.where(rng.random(len(firms)) < own, "own", "joint"), "").astype(object)


def unions(world_: World, firms: pd.DataFrame, state: np.ndarray) -> pd.DataFrame:
    """Columns of the source `union`, and firm_no, town_no, county_no, role for the other themes."""
    rng = world_.rng("union")
    parts = [_of_firms(rng, world_, firms, state)]
    for role in ("joint", "federation", "nef", "institution"):
        parts.append(_of_towns(rng, world_, role))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["county_no", "approved_on"], kind="stable").reset_index(drop=True)
    frame["town"] = world_.towns["code"].to_numpy()[frame["town_no"]]
    frame["kind"] = frame["role"].map(KINDS)
    frame["nef"] = world.flags((frame["role"] == "nef").to_numpy())
    for role, weights in METHODS.items():
        mine = np.flatnonzero(frame["role"] == role)
        frame.loc[mine, "method"] = world.choose(rng, weights, len(mine))
    county = np.array(list(SHORT), dtype=object)[frame["county_no"]]
    frame["union_id"] = world.numbered("GH" + county + "-", world.serials(county), 5)
    frame["name"] = _names(world_, firms, frame)
    return frame


def _of_firms(
    rng: np.random.Generator, world_: World, firms: pd.DataFrame, state: np.ndarray
) -> pd.DataFrame:
    counts = world.monthly([n * world_.scale for n in NEW["firm"]], BUILDING)
    county_no, month_no = world.spread(counts)
    slots = pd.DataFrame({"county_no": county_no, "day": world.days_in(rng, month_no)})
    approved = pd.Series(NO_DAY, index=firms.index)
    own = firms[state == "own"]
    for no, group in own.groupby("county_no"):
        days = slots.loc[slots["county_no"] == no, "day"].sort_values()
        approved[_new_firms(rng, group, days)] = days.to_numpy()
    old = own.index[approved[own.index].isna().to_numpy()]
    approved[old] = world.days_between(rng, firms.loc[old, "opened_on"] + _DAY * 40, FIRST - 20, len(old))
    late = old[(approved[old] >= FIRST).to_numpy()]  # too young to have an old union: none
    kept = own.index.difference(late)
    frame = firms.loc[kept, ["town_no", "county_no", "uscc"]].reset_index(names="firm_no")
    frame["approved_on"] = approved[kept].to_numpy()
    frame["dissolved_on"] = firms.loc[kept, "closed_on"].to_numpy()
    frame["role"] = "firm"
    return frame


_DAY = np.timedelta64(1, "D")


def _new_firms(rng: np.random.Generator, group: pd.DataFrame, days: pd.Series) -> np.ndarray:
    """Which firms get the new unions, in the order of `days`: all young ones that fit, then old ones."""
    lasting = group[group["closed_on"].isna()]
    young = lasting[lasting["opened_on"] > np.datetime64("2020-09-01")].sort_values("opened_on")
    young = young[young["opened_on"] < np.datetime64("2022-06-01")].tail(len(days) // 3)
    old = lasting[lasting["opened_on"] < np.datetime64("2020-06-01")]
    size = old["employees"].to_numpy()
    weight = np.select([size >= 100, size >= 25], [0.12, 1.0], 0.5)
    fill = rng.choice(old.index.to_numpy(), len(days) - len(young), replace=False, p=weight / weight.sum())
    return np.concatenate([fill, young.index.to_numpy()])


def _of_towns(rng: np.random.Generator, world_: World, role: str) -> pd.DataFrame:
    """Unions without a host firm: the old ones spread over all towns, the new ones by quota."""
    old_no, old_day = _old(rng, world_, role)
    new = world.monthly([n * world_.scale for n in NEW.get(role, (0, 0, 0))], BUILDING)
    county_no, month_no = world.spread(new)
    town_no = np.concatenate([old_no, world_.pick_towns(rng, county_no)])
    frame = pd.DataFrame({"firm_no": -1, "town_no": town_no, "uscc": None, "role": role})
    frame["county_no"] = world_.towns["county_no"].to_numpy()[town_no]
    frame["approved_on"] = np.concatenate([old_day, world.days_in(rng, month_no)])
    frame["dissolved_on"] = NO_DAY
    return frame


def _old(rng: np.random.Generator, world_: World, role: str) -> tuple[np.ndarray, np.ndarray]:
    number = OLD[role] * world_.scale
    weight = world_.towns["weight"].to_numpy()
    town_no = np.repeat(np.arange(len(weight)), world.share(number, weight))
    begin = np.datetime64("2017-01-01" if role == "nef" else "2004-01-01")
    return town_no, world.days_between(rng, begin, FIRST - 30, number)


def _names(world_: World, firms: pd.DataFrame, frame: pd.DataFrame) -> np.ndarray:
    town = world_.towns["name"].to_numpy()[frame["town_no"]]
    number = world.serials((frame["role"] + frame["town_no"].astype(str)).to_numpy())
    firm_names = firms["name"].to_numpy()
    return np.array(
        [
            f"{firm_names[firm]}工会委员会" if role == "firm" else f"{place}示例{n:02d}号{ENDINGS[role]}"
            for role, firm, place, n in zip(frame["role"], frame["firm_no"], town, number, strict=True)
        ],
        dtype=object,
    )


def coverage(world_: World, firms: pd.DataFrame, state: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of the source `union_coverage`, and firm_no, county_no: every 'joint' firm under a joint union
    of its own town."""
    rng = world_.rng("union_coverage")
    firm_no = np.flatnonzero(state == "joint")
    joint = frame[frame["role"] == "joint"]
    by_town = {no: group.index.to_numpy() for no, group in joint.groupby("town_no")}
    town_no = firms["town_no"].to_numpy()[firm_no]
    fits = np.isin(town_no, joint["town_no"].to_numpy())
    firm_no, town_no = firm_no[fits], town_no[fits]
    old_first = rng.random(len(town_no)) ** 1.6  # unions stand in the order of approval
    chosen = np.array(
        [by_town[no][int(at * len(by_town[no]))] for no, at in zip(town_no, old_first, strict=True)]
    )
    approved = frame["approved_on"].to_numpy()[chosen]
    opened = firms["opened_on"].to_numpy()[firm_no]
    late = (rng.random(len(firm_no)) < 0.3) * rng.integers(30, 1500, len(firm_no))
    begin = np.maximum(approved, opened + rng.integers(40, 300, len(firm_no)) * _DAY) + late * _DAY
    cover = pd.DataFrame({"firm_no": firm_no, "union_id": frame["union_id"].to_numpy()[chosen]})
    cover["county_no"] = firms["county_no"].to_numpy()[firm_no]
    cover["uscc"] = firms["uscc"].to_numpy()[firm_no]
    cover["covered_from"] = begin.astype("datetime64[D]")
    cover["covered_to"] = firms["closed_on"].to_numpy()[firm_no]
    gone = cover["covered_to"].notna() & (cover["covered_from"] >= cover["covered_to"])
    return cover[~gone & (cover["covered_from"] <= LAST)].reset_index(drop=True)
