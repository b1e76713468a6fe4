"""Member events by union and day: opening stock, joins, leaves, transfers in pairs; no stock below zero."""

from itertools import pairwise

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import FIRST, LAST, MONTHS, STEADY, World

# New members of 新业态 and others, by founding of new unions and by later joining: 2021, 2022, 2023-H1.
JOINED = {"nef": (8300, 10400, 6473), "rest": (13200, 15900, 8527)}
FOUNDING = {"nef": 0.86, "rest": 0.66}
LATER_ROWS = {"nef": (70, 90, 60), "rest": (620, 720, 420)}
LEAVES, TRANSFERS, RESTORES = 4200, 520, 150  # rows over the thirty months, per scale
MOVES = (("leave", LEAVES, 0.045), ("transfer_out", TRANSFERS, 0.03), ("restore", RESTORES, 0.01))
STARTS = (np.datetime64("2021-01-01"), np.datetime64("2022-01-01"), np.datetime64("2023-01-01"), LAST + 1)
KEY = ["union_no", "event_on", "event", "group"]


def events(world_: World, unions: pd.DataFrame, cover: pd.DataFrame, firms: pd.DataFrame) -> pd.DataFrame:
    """Columns of the source `member_event`, and county_no."""
    rng = world_.rng("member_event")
    opening = _opening(rng, unions, _sizes(rng, unions, cover, firms))
    parts = [opening]
    parts += [_joins(rng, unions, group, world_.scale) for group in JOINED]
    parts += _moves(rng, unions, opening, world_.scale)
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[_allowed(unions, frame)]
    frame = frame.groupby(KEY, sort=False).agg({"persons": "sum"}).reset_index()
    frame = pd.concat([frame, _farewells(unions, frame)], ignore_index=True)
    frame["female"] = (frame["persons"] * rng.uniform(0.2, 0.6, len(frame))).astype(np.int64)
    frame["union_id"] = unions["union_id"].to_numpy()[frame["union_no"]]
    frame["county_no"] = unions["county_no"].to_numpy()[frame["union_no"]]
    return frame.sort_values(["county_no", "event_on", "union_no"], kind="stable").reset_index(drop=True)


def _sizes(
    rng: np.random.Generator, unions: pd.DataFrame, cover: pd.DataFrame, firms: pd.DataFrame
) -> np.ndarray:
    """Members of each union when the records begin."""
    employees = firms["employees"].to_numpy()
    covered = pd.Series(employees[cover["firm_no"]]).groupby(cover["union_id"].to_numpy()).sum()
    host = np.where(unions["firm_no"] >= 0, employees[unions["firm_no"]], 0)
    base = host + unions["union_id"].map(covered).fillna(0).to_numpy()
    of_role = {"institution": 640, "nef": 220, "federation": 60, "joint": 20}
    extra = unions["role"].map(of_role).fillna(0).to_numpy() * rng.gamma(4.0, 0.25, len(unions))
    return (base * rng.uniform(0.88, 0.99, len(unions)) + extra).astype(np.int64)


def _opening(rng: np.random.Generator, unions: pd.DataFrame, size: np.ndarray) -> pd.DataFrame:
    old = np.flatnonzero((unions["approved_on"] < FIRST).to_numpy() & (size > 0))
    nef = (unions["nef"] == "yes").to_numpy()[old]
    migrant = np.where(nef, 0, size[old] * rng.uniform(0.2, 0.5, len(old))).astype(np.int64)
    counts = {
        "other": np.where(nef, 0, size[old] - migrant),
        "migrant": migrant,
        "nef": np.where(nef, size[old], 0),
    }
    frames = [pd.DataFrame({"union_no": old, "group": g, "persons": n}) for g, n in counts.items()]
    frame = pd.concat(frames).sort_values("union_no", kind="stable")
    return frame[frame["persons"] > 0].assign(event="opening", event_on=FIRST).astype({"group": object})


def _joins(rng: np.random.Generator, unions: pd.DataFrame, group: str, scale: int) -> pd.DataFrame:
    """Founding members of new unions and later joins, with the exact total of each year."""
    is_group = (unions["nef"] == "yes") == (group == "nef")
    parts = []
    for no, (begin, end) in enumerate(pairwise(STARTS)):
        total = JOINED[group][no] * scale
        fresh = unions.index[is_group & (unions["approved_on"] >= begin) & (unions["approved_on"] < end)]
        founding = round(total * FOUNDING[group])
        parts.append(_founding(rng, unions, fresh.to_numpy(), founding, end))
        lasting = unions["dissolved_on"].isna() & (unions["approved_on"] < begin)
        older = unions.index[is_group & lasting].to_numpy()
        rows = LATER_ROWS[group][no] * scale
        parts.append(_later(rng, older, total - founding, rows, no))
    frame = pd.concat(parts, ignore_index=True)
    kind = np.where(rng.random(len(frame)) < 0.35, "migrant", "other").astype(object)
    frame["group"] = "nef" if group == "nef" else kind
    return frame.assign(event="join")


def _founding(
    rng: np.random.Generator, unions: pd.DataFrame, fresh: np.ndarray, total: int, end: np.datetime64
) -> pd.DataFrame:
    day = unions["approved_on"].to_numpy()[fresh].astype("datetime64[D]") + rng.integers(0, 12, len(fresh))
    persons = world.share(total, rng.gamma(5.0, 1.0, len(fresh)))
    return pd.DataFrame({"union_no": fresh, "event_on": np.minimum(day, end - 1), "persons": persons})


def _later(rng: np.random.Generator, older: np.ndarray, total: int, rows: int, year_no: int) -> pd.DataFrame:
    months = world.share(rows, STEADY if year_no < 2 else STEADY[:6])
    month_no = np.repeat(np.arange(len(months)), months) + 12 * year_no
    persons = world.share(total, rng.gamma(2.0, 1.0, rows))
    frame = pd.DataFrame({"union_no": rng.choice(older, rows), "event_on": world.days_in(rng, month_no)})
    return frame.assign(persons=persons)[persons > 0]


def _moves(
    rng: np.random.Generator, unions: pd.DataFrame, opening: pd.DataFrame, scale: int
) -> list[pd.DataFrame]:
    """Leaves, restored memberships and transfers between two unions of the city, which come in pairs."""
    large = opening[(opening["persons"] >= 60) & (opening["union_no"].map(unions["dissolved_on"]).isna())]
    weight = np.sqrt(large["persons"].to_numpy(dtype=float))
    frames = []
    for event, rows, most in MOVES:
        source = large.iloc[rng.choice(len(large), rows * scale, p=weight / weight.sum())]
        month_no = rng.integers(0, len(MONTHS), len(source))
        persons = 1 + (source["persons"].to_numpy() * rng.uniform(0, most, len(source))).astype(np.int64)
        frame = source[["union_no", "group"]].assign(event_on=world.days_in(rng, month_no), event=event)
        frames.append(frame.assign(persons=np.minimum(persons, 45)))
    target = large["union_no"].to_numpy()[rng.choice(len(large), len(frames[1]))]
    other = np.where(target == frames[1]["union_no"], large["union_no"].to_numpy()[0], target)
    frames.append(frames[1].assign(union_no=other, event="transfer_in"))
    return frames


def _allowed(unions: pd.DataFrame, frame: pd.DataFrame) -> np.ndarray:
    """Nothing on a day a union did not exist, but opening stock of the first day."""
    day = frame["event_on"].to_numpy()
    approved = unions["approved_on"].to_numpy()[frame["union_no"]]
    return (day >= approved) & (day <= LAST)


def _farewells(unions: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """When a union is dissolved, whoever is left leaves that day."""
    gone = unions.index[unions["dissolved_on"].notna()]
    rows = frame[frame["union_no"].isin(gone)]
    sign = rows["event"].map({"leave": -1, "transfer_out": -1}).fillna(1).astype(int)
    left = (rows["persons"] * sign).groupby([rows["union_no"], rows["group"]], sort=True).sum()
    last = left[left > 0].rename("persons").reset_index()
    return last.assign(event_on=last["union_no"].map(unions["dissolved_on"]), event="leave")
