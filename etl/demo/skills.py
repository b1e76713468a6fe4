"""Certificates: every promotion has its earlier, lower certificate of the same person and occupation."""

import hashlib
import hmac
from functools import partial

import numpy as np
import pandas as pd

from cockpit.codes import LEVELS
from etl.demo import world
from etl.demo.world import COUNTIES, EXAMS, LAST, World

PROMOTIONS = (8500, 11000, 7300)
FIRST_CERTIFICATES = (2300, 2700, 1500)
SHARE = (0.235, 0.175, 0.225, 0.23, 0.135)
HOLDERS_ONLY, SAME_AGAIN = 8000, 500  # old holders who never move on; second papers that are no promotion
KEY = b"gonghui-cockpit demonstration key"
RANKS = {1: 75, 2: 17, 3: 6, 4: 2}
CHANNEL = {"training": 38, "assessment": 44, "contest": 18}
LEVEL_OF_RANK = np.array(list(LEVELS), dtype=object)
OCCUPATIONS = (
    ("6-18-01-01", "车工", "C", 12),
    ("6-18-02-04", "焊工", "C", 12),
    ("6-31-01-03", "电工", "C", 16),
    ("6-20-01-01", "钳工", "C", 9),
    ("6-04-04-01", "织布工", "C", 10),
    ("6-29-03-03", "电梯安装维修工", "E", 6),
    ("4-02-07-08", "快递员", "G", 6),
    ("4-08-05-07", "叉车司机", "G", 7),
    ("4-03-02-01", "中式烹调师", "H", 6),
    ("4-10-01-05", "养老护理员", "O", 7),
    ("4-04-05-01", "电子商务师", "I", 5),
    ("4-07-03-04", "企业人力资源管理师", "L", 4),
)


def certificates(world_: World) -> pd.DataFrame:
    """Columns of the source `certificate`, and county_no, promotion."""
    rng = world_.rng("certificate")
    moved = _promotions(rng, world_)
    base = _before(rng, moved)
    first = _first_ones(rng, world_, int(moved["person"].max()) + 1)
    frame = pd.concat([base, moved.drop(columns="root").assign(promotion=True), first], ignore_index=True)
    frame = pd.concat([frame, _again(rng, base, SAME_AGAIN * world_.scale)], ignore_index=True)
    frame["promotion"] = frame["promotion"].eq(True)
    return _described(rng, world_, frame)


def _promotions(rng: np.random.Generator, world_: World) -> pd.DataFrame:
    """One row per promotion; `root` marks a person's first, for which an earlier certificate is due."""
    counts = world.monthly([n * world_.scale for n in PROMOTIONS], EXAMS, SHARE)
    county_no, month_no = world.spread(counts)
    total = len(county_no)
    frame = pd.DataFrame({"county_no": county_no, "issued_on": world.days_in(rng, month_no)})
    frame["town_no"] = world_.pick_towns(rng, county_no)
    frame["occupation"] = _occupations(rng, total)
    frame["rank"] = rng.choice(list(RANKS), total, p=np.array(list(RANKS.values())) / 100) + 1
    frame["person"] = np.arange(total)
    frame["root"] = True
    _climb_again(rng, frame, (month_no < 14), (month_no >= 26), 0.16)
    _climb_again(rng, frame, (month_no >= 24) & (month_no < 26), (month_no == 29), 0.05)
    return frame


def _climb_again(
    rng: np.random.Generator, frame: pd.DataFrame, early: np.ndarray, late: np.ndarray, part: float
) -> None:
    """Some late promotions become the next step of a person promoted early, in the same place and trade."""
    for no in range(len(COUNTIES)):
        mine = (frame["county_no"] == no).to_numpy() & frame["root"].to_numpy()
        parents = np.flatnonzero(mine & early & (frame["rank"] < 5).to_numpy() & ~_is_parent(frame))
        children = np.flatnonzero(mine & late)
        number = min(int(len(children) * part), len(parents))
        parent = rng.choice(parents, number, replace=False)
        child = rng.choice(children, number, replace=False)
        for column in ("person", "town_no", "occupation"):
            frame.loc[child, column] = frame[column].to_numpy()[parent]
        frame.loc[child, "rank"] = frame["rank"].to_numpy()[parent] + 1
        frame.loc[child, "root"] = False


def _is_parent(frame: pd.DataFrame) -> np.ndarray:
    used = frame.loc[~frame["root"], "person"]
    return frame["person"].isin(used).to_numpy()


def _occupations(rng: np.random.Generator, size: int) -> np.ndarray:
    weight = np.array([row[3] for row in OCCUPATIONS], dtype=float)
    return rng.choice(len(OCCUPATIONS), size, p=weight / weight.sum())


def _before(rng: np.random.Generator, moved: pd.DataFrame) -> pd.DataFrame:
    base = moved[moved["root"]].drop(columns="root")
    years = 400 + (rng.gamma(3.0, 0.9, len(base)) * 365).astype(np.int64).clip(0, 2900)
    day = base["issued_on"].to_numpy().astype("datetime64[D]") - years
    return base.assign(rank=base["rank"] - 1, issued_on=np.busday_offset(day, 0, roll="backward"))


def _first_ones(rng: np.random.Generator, world_: World, person: int) -> pd.DataFrame:
    """First certificates of people who have not moved on: those of the window, by quota, and older ones."""
    counts = world.monthly([n * world_.scale for n in FIRST_CERTIFICATES], EXAMS, SHARE)
    county_no, month_no = world.spread(counts)
    old = HOLDERS_ONLY * world_.scale
    old_county = np.repeat(np.arange(5), world.share(old, SHARE))
    old_day = world.days_between(rng, "2012-03-01", "2020-12-01", old)
    frame = pd.DataFrame({"county_no": np.concatenate([county_no, old_county])})
    frame["issued_on"] = np.concatenate([world.days_in(rng, month_no), old_day])
    frame["town_no"] = world_.pick_towns(rng, frame["county_no"].to_numpy())
    frame["occupation"] = _occupations(rng, len(frame))
    higher = np.arange(len(frame)) >= len(county_no)  # the old ones stand one step higher
    frame["rank"] = rng.choice([1, 2, 3], len(frame), p=(0.56, 0.32, 0.12)) + higher
    frame["person"] = person + np.arange(len(frame))
    return frame


def _again(rng: np.random.Generator, base: pd.DataFrame, number: int) -> pd.DataFrame:
    """Same level again, or a first certificate in another occupation: neither is a promotion."""
    fits = base[base["issued_on"] < np.datetime64("2020-06-01")]
    rows = fits.iloc[rng.choice(len(fits), number, replace=False)]
    other = np.where(
        rng.random(number) < 0.6, (rows["occupation"] + 1) % len(OCCUPATIONS), rows["occupation"]
    )
    rank = np.where(other == rows["occupation"], rows["rank"], 1)
    return rows.assign(
        issued_on=world.days_between(rng, "2021-01-04", LAST, number), occupation=other, rank=rank
    )


def _described(rng: np.random.Generator, world_: World, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.sort_values(["county_no", "issued_on", "person"], kind="stable").reset_index(drop=True)
    jobs = np.array(OCCUPATIONS, dtype=object)[frame["occupation"].to_numpy()]
    frame["occupation_code"], frame["occupation"], frame["industry"] = jobs[:, 0], jobs[:, 1], jobs[:, 2]
    frame["level"] = LEVEL_OF_RANK[frame["rank"]]
    frame["town"] = world_.towns["code"].to_numpy()[frame["town_no"]]
    frame["issuer"] = world.choose(rng, {"employer": 58, "social": 42}, len(frame))
    frame["channel"] = world.choose(rng, CHANNEL, len(frame))
    riders = (frame["industry"] == "G").to_numpy() & (rng.random(len(frame)) < 0.4)
    frame["nef"] = world.flags(riders | (rng.random(len(frame)) < 0.01))
    frame["person_key"] = _keys(frame["person"].to_numpy())
    frame["certificate_no"] = _numbers(frame)
    return frame


def _keys(persons: np.ndarray) -> np.ndarray:
    digest = partial(hmac.digest, KEY, digest=hashlib.sha256)
    distinct, position = np.unique(persons, return_inverse=True)
    return np.array([digest(str(p).encode()).hex() for p in distinct], dtype=object)[position]


def _numbers(frame: pd.DataFrame) -> np.ndarray:
    """22 characters: issuer letter, 12 digits, year, level digit (5 初级工 … 1 高级技师), serial."""
    letter = frame["issuer"].map({"employer": "Y", "social": "S"})
    county = np.array(list(COUNTIES), dtype=object)[frame["county_no"]]
    year = frame["issued_on"].dt.strftime("%y")
    stem = letter + "0000" + county + "01" + year + (6 - frame["rank"]).astype(str)
    return world.numbered(stem.to_numpy(), world.serials(stem), 6)
