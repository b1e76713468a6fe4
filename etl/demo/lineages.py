"""Who bargains: firms and areas with wage and 能级 contracts, as lineages of contracts to be laid."""

import numpy as np
import pandas as pd

from etl.demo import world

NENGJI_FIRMS, NENGJI_WORKERS = 2087, 191200  # in force on the last day
NENGJI_SHARE = (0.235, 0.165, 0.235, 0.23, 0.135)
ABOVE_SCALE_PART = 0.70
AREA_ONLY, IN_BOTH, PER_AREA = 48, 60, 12
FORMER = 90  # firms whose 能级 contract ran out and was not renewed
LAPSE = 0.16  # of wage contracts of single firms, since 2021
OWN_RATE = np.array([0.34, 0.31, 0.42, 0.35, 0.28])  # of unionised firms, a wage contract of their own
AREA_RATE = np.array([0.50, 0.46, 0.54, 0.50, 0.44])


def unionised_since(firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame) -> pd.Series:
    since = pd.Series(np.datetime64("2099-01-01", "s"), index=firms.index)
    since[cover["firm_no"].to_numpy()] = cover["covered_from"].to_numpy()
    hosts = unions[unions["firm_no"] >= 0]
    since[hosts["firm_no"].to_numpy()] = hosts["approved_on"].to_numpy()
    return since


def nengji_firms(rng: np.random.Generator, fit: pd.DataFrame, scale: int) -> tuple[np.ndarray, pd.Series]:
    """The firms under a 能级 contract on the last day, and their covered workers: both sums are exact."""
    lasting = fit[fit["closed_on"].isna()]
    listed = lasting["above_scale_years"].str.contains("2023")
    chosen = []
    for no, quota in enumerate(world.share(NENGJI_FIRMS * scale, NENGJI_SHARE)):
        above = round(quota * ABOVE_SCALE_PART)
        for flag, number in ((True, above), (False, int(quota) - above)):
            here = lasting[(lasting["county_no"] == no) & (listed == flag)]
            weight = here["employees"].to_numpy() ** 0.5
            chosen.append(rng.choice(here.index, number, replace=False, p=weight / weight.sum()))
    firm_no = np.sort(np.concatenate(chosen))
    weight = fit.loc[firm_no, "employees"].to_numpy() * rng.uniform(0.9, 1.0, len(firm_no))
    return firm_no, pd.Series(world.share(NENGJI_WORKERS * scale, weight), index=firm_no)


def lineages(
    rng: np.random.Generator, fit: pd.DataFrame, nengji: np.ndarray, scale: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lineages (line_no, scope, topic, firm_no, town_no, county_no, term, lapsed, since) and their firms."""
    shuffled = rng.permutation(nengji)
    only, both = AREA_ONLY * scale, IN_BOTH * scale
    old = fit.index[fit["joined"] < np.datetime64("2020-01-01")]
    rest = np.setdiff1d(old.to_numpy(), nengji)
    former = rng.choice(rest, FORMER * scale, replace=False)
    own_wage, area_wage = (
        _wage_firms(rng, fit, OWN_RATE, 0.4, 1.5),
        _wage_firms(rng, fit, AREA_RATE, 1.45, 0.7),
    )
    parts = [
        single(rng, fit, np.sort(shuffled[only:]), "nengji", 0.0),
        single(rng, fit, np.sort(former), "nengji", 1.0),
        single(rng, fit, own_wage, "wage", LAPSE),
    ]
    groups = [
        _grouped(fit, np.sort(shuffled[: only + both]), "nengji", "county_no"),
        _grouped(fit, area_wage, "wage", "town_no"),
    ]
    return _numbered(rng, parts + groups)


def _wage_firms(
    rng: np.random.Generator, fit: pd.DataFrame, rate: np.ndarray, small: float, large: float
) -> np.ndarray:
    """Firms with a wage contract, by the county's rate; firms below 25 join areas, larger ones sign alone."""
    chance = rate[fit["county_no"].to_numpy()] * np.where(fit["employees"] < 25, small, large)
    return fit.index.to_numpy()[rng.random(len(fit)) < chance]


def _numbered(rng: np.random.Generator, parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One running number over all lineages, and which firms belong to each."""
    lines, members, at = [], [], 0
    for part in parts:
        part["line_no"] = part["group"] + at
        line = part.drop_duplicates("group")
        members.append(part[["line_no", "firm_no"]])
        lines.append(_habits(rng, line))
        at += len(line)
    return pd.concat(lines, ignore_index=True), pd.concat(members, ignore_index=True)


def single(
    rng: np.random.Generator, fit: pd.DataFrame, firm_no: np.ndarray, topic: str, lapse: float
) -> pd.DataFrame:
    place = fit.loc[firm_no, ["town_no", "county_no", "joined"]].reset_index(drop=True)
    lapsed = rng.random(len(firm_no)) < lapse
    return place.assign(
        firm_no=firm_no, group=np.arange(len(firm_no)), scope="enterprise", topic=topic, lapsed=lapsed
    )


def _grouped(fit: pd.DataFrame, firm_no: np.ndarray, topic: str, by: str) -> pd.DataFrame:
    """Area and industry lineages of about twelve firms of one town (or county); each covers them all."""
    place = fit.loc[firm_no, ["town_no", "county_no"]].reset_index(drop=True).assign(firm_no=firm_no)
    place["joined"] = np.datetime64("2000-01-01", "s")  # the area's own, whichever firms come later
    place = place.sort_values([by, "firm_no"], kind="stable").reset_index(drop=True)
    many = place.groupby(by)["firm_no"].transform("size").to_numpy()
    groups = np.maximum(many // PER_AREA, 1)
    cell = world.serials(place[by].to_numpy()) % groups
    number = pd.factorize(place[by].to_numpy() * 10_000 + cell)[0]
    scope = np.where(number % 3 == 0, "industry", "area").astype(object)
    return place.assign(group=number, scope=scope, topic=topic, lapsed=False)


def _habits(rng: np.random.Generator, line: pd.DataFrame) -> pd.DataFrame:
    """Term in years and year of adoption: 能级 contracts spread from 2020 on and last longer."""
    number = len(line)
    young = (line["topic"] == "nengji").to_numpy()
    term = np.where(
        young, rng.choice((1, 2, 3), number, p=(0.5, 0.35, 0.15)), rng.choice((1, 2), number, p=(0.85, 0.15))
    )
    late = rng.choice((2020, 2021, 2022, 2023), number, p=(0.42, 0.27, 0.21, 0.10))
    early = rng.choice((2018, 2021, 2022, 2023), number, p=(0.76, 0.10, 0.09, 0.05))
    since = np.where(young, late, early) - 1970
    return line.assign(term=term, since=since.astype("datetime64[Y]").astype("datetime64[s]"), renewal=False)
