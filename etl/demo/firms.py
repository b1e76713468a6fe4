"""Enterprises of the demonstration: fictitious names, valid codes, sizes with a heavy tail."""

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import FIRST, LAST, NO_DAY, SHORT, World

ALIVE, LEFT = 9000, 600  # per scale: still there on the last day; closed or moved out since 2021
ABOVE_SCALE = {2021: 2980, 2022: 3150, 2023: 3300}
TRADES = {
    "C": ("纺织", "机械", "新材料", "电子", "家居", "食品", "电器", "包装"),
    "E": ("建设", "安装"),
    "F": ("商贸", "供应链"),
    "G": ("物流", "快运"),
    "H": ("餐饮", "酒店"),
    "I": ("软件", "信息"),
    "L": ("人力", "商务"),
    "O": ("家政", "维修"),
}
INDUSTRY = {"C": 52, "F": 15, "E": 8, "G": 7, "H": 6, "L": 5, "I": 4, "O": 3}
OWNERSHIP = {"private": 86, "foreign": 5, "hmt": 4, "state": 3, "collective": 2}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def firms(world_: World) -> pd.DataFrame:
    """Columns of the source `enterprise`, and town_no, county_no for the other themes."""
    rng = world_.rng("enterprise")
    total = (ALIVE + LEFT) * world_.scale
    county_no = np.repeat(np.arange(5), world.share(total, world.COUNTY_WEIGHT))
    town_no = world_.pick_towns(rng, county_no)
    frame = pd.DataFrame({"town_no": town_no, "county_no": county_no})
    frame["town"] = world_.towns["code"].to_numpy()[town_no]
    frame["industry"] = world.choose(rng, INDUSTRY, total)
    frame["ownership"] = world.choose(rng, OWNERSHIP, total)
    frame["employees"] = np.exp(rng.normal(3.27, 1.27, total)).clip(3, 6000).astype(np.int64)
    frame["opened_on"] = _opened(rng, total)
    frame["uscc"] = credit_codes(world_.towns["county"].to_numpy()[town_no], np.arange(total))
    _leave(rng, frame, LEFT * world_.scale)
    frame["above_scale_years"] = _above_scale(rng, frame, world_.scale)
    listed = frame["above_scale_years"] != ""
    frame["reform_pilot"] = world.flags(listed.to_numpy() & (rng.random(total) < 0.08))
    frame["employees_on"] = np.where(frame["closed_on"].isna(), LAST, frame["closed_on"])
    frame["name"] = _names(rng, frame)
    return frame


def _opened(rng: np.random.Generator, total: int) -> np.ndarray:
    years = (rng.beta(2.6, 1.5, total) * 26 * 365).astype(np.int64)
    return np.datetime64("1997-01-06") + years


def _leave(rng: np.random.Generator, frame: pd.DataFrame, leaving: int) -> None:
    """Some firms close or move out between 2021 and the last day, small ones more often."""
    before = frame["opened_on"] < np.datetime64("2020-06-01")
    weight = before / (15.0 + frame["employees"])
    gone = np.sort(rng.choice(len(frame), leaving, replace=False, p=(weight / weight.sum()).to_numpy()))
    frame["closed_on"] = NO_DAY
    frame["exit"] = None
    frame.loc[gone, "closed_on"] = world.days_between(rng, FIRST + 15, LAST - 10, leaving)
    frame.loc[gone, "exit"] = world.choose(rng, {"deregistered": 7, "moved_out": 3}, leaving)


def _above_scale(rng: np.random.Generator, frame: pd.DataFrame, scale: int) -> np.ndarray:
    """The yearly frozen list: the largest by a noisy score among those there when the year began."""
    score = np.log(frame["employees"]) + 0.5 * (frame["industry"] == "C") + rng.normal(0, 0.55, len(frame))
    years = np.full(len(frame), "", dtype=object)
    for year, most in ABOVE_SCALE.items():
        begin = np.datetime64(f"{year}-01-01")
        there = (frame["opened_on"] < begin) & ~(frame["closed_on"] < begin)
        ranked = score.where(there, -np.inf).sort_values(ascending=False, kind="stable")
        listed = ranked.index[: most * scale].to_numpy()
        years[listed] = years[listed] + f";{year}"
    return np.array([text.lstrip(";") for text in years], dtype=object)


def credit_codes(counties: np.ndarray, number: np.ndarray) -> np.ndarray:
    """统一社会信用代码 of GB 32100-2015: '91', division, a body no registry issues ('DEM…'), check digit."""
    digits = np.empty((len(number), 17), dtype=np.int64)
    digits[:, :2] = (9, 1)
    digits[:, 2:8] = np.array([[int(c) for c in code] for code in counties])
    digits[:, 8:11] = [ALPHABET.index(c) for c in "DEM"]
    for place in range(6):
        digits[:, 16 - place] = number // 31**place % 31
    weights = np.array([pow(3, place, 31) for place in range(17)])
    check = (31 - (digits * weights).sum(axis=1) % 31) % 31
    letters = np.array(list(ALPHABET))[np.column_stack([digits, check])]
    return np.array(["".join(row) for row in letters], dtype=object)


def _names(rng: np.random.Generator, frame: pd.DataFrame) -> np.ndarray:
    trade = np.empty(len(frame), dtype=object)
    for industry, words in TRADES.items():
        mine = np.flatnonzero(frame["industry"] == industry)
        trade[mine] = rng.choice(np.array(words, dtype=object), len(mine))
    place = np.array(list(SHORT.values()), dtype=object)[frame["county_no"]]
    stem = place + "示例" + trade
    number = world.serials(stem)
    return np.array([f"{s}{n:03d}号有限公司" for s, n in zip(stem, number, strict=True)], dtype=object)
