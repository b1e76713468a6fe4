"""Contracts of all lineages, offers that came to nothing, and which firms each contract covers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.demo import contracts, lineages, world
from etl.demo.contracts import DAY
from etl.demo.world import LAST, NO_DAY, World

DEAD_OFFERS, NEW_OFFERS, OTHER_TOPICS = 200, 240, 500


@dataclass(frozen=True)
class Bargaining:
    contracts: pd.DataFrame  # columns of the source `contract`, and county_no
    coverage: pd.DataFrame  # columns of the source `contract_coverage`, and county_no


def bargaining(world_: World, firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame) -> Bargaining:
    rng = world_.rng("contract")
    firms = firms.assign(joined=lineages.unionised_since(firms, unions, cover) + 45 * DAY)
    fit = firms[(firms["joined"] < np.datetime64("2023-06-01")).to_numpy()]
    nengji, workers = lineages.nengji_firms(rng, fit, world_.scale)
    lines, members = lineages.lineages(rng, fit, nengji, world_.scale)
    frame = _contracts(rng, world_, fit, lines)
    coverage = _coverage(rng, firms, frame, members, workers)
    return Bargaining(_cut_short(firms, frame), coverage)


def _contracts(
    rng: np.random.Generator, world_: World, fit: pd.DataFrame, lines: pd.DataFrame
) -> pd.DataFrame:
    chains = contracts.chain(rng, lines)
    signed = contracts.backwards(rng, chains)
    signed["terminated_on"] = _terminated(rng, signed)
    parts = [
        signed,
        contracts.renewals(rng, chains),
        _offers(rng, fit, world_.scale),
        _others(rng, fit, world_.scale),
    ]
    frame = contracts.described(world_, pd.concat(parts, ignore_index=True))
    uscc = fit["uscc"].reindex(frame["firm_no"]).to_numpy()
    frame["uscc"] = pd.Series(uscc, dtype=object).where(frame["scope"] == "enterprise", None)
    return frame


def _terminated(rng: np.random.Generator, signed: pd.DataFrame) -> np.ndarray:
    """A few earlier contracts were ended by agreement before their term."""
    ends = signed["ends_on"].to_numpy().astype("datetime64[D]")
    early = (rng.random(len(signed)) < 0.02) & (signed["age"] > 0).to_numpy() & (ends < LAST)
    return np.where(early, ends - rng.integers(30, 240, len(signed)), NO_DAY).astype("datetime64[s]")


def _offers(rng: np.random.Generator, fit: pd.DataFrame, scale: int) -> pd.DataFrame:
    """First offers of firms without any contract: fresh ones at all stages, old ones that came to nothing."""
    lasting = fit.index[fit["closed_on"].isna()].to_numpy()
    parts = []
    for number, begin, end, stop in (
        (NEW_OFFERS * scale, "2023-03-20", "2023-06-29", 0.15),
        (DEAD_OFFERS * scale, "2021-01-11", "2023-02-20", 1.0),
    ):
        firm_no = rng.choice(lasting, number, replace=False)
        line = lineages.single(rng, fit, firm_no, "wage", 0.0)
        day = world.days_between(rng, begin, end, number)
        line = line.assign(offered_on=day, term=1, line_no=-1, age=0, renewal=False)
        parts.append(contracts.forwards(rng, line, stop))
    return pd.concat(parts, ignore_index=True)


def _others(rng: np.random.Generator, fit: pd.DataFrame, scale: int) -> pd.DataFrame:
    """综合, 女职工, 安全 contracts: sent with the others, counted by no wage indicator."""
    firm_no = rng.choice(fit.index.to_numpy(), OTHER_TOPICS * scale, replace=False)
    line = lineages.single(rng, fit, firm_no, "wage", 0.0).assign(term=3, line_no=-1, age=0, renewal=False)
    line["topic"] = world.choose(rng, {"general": 55, "women": 30, "safety": 15}, len(line))
    begin = world.days_between(rng, "2020-03-01", "2023-06-20", len(line))
    return contracts.backwards(
        rng, line.assign(effective_on=begin, ends_on=contracts.years_after(begin, line["term"].to_numpy()))
    )


def _coverage(
    rng: np.random.Generator,
    firms: pd.DataFrame,
    frame: pd.DataFrame,
    members: pd.DataFrame,
    workers: pd.Series,
) -> pd.DataFrame:
    """One row per contract that was signed and firm that stood when it took effect."""
    signed = frame[frame["signed_on"].notna()]
    lined = signed[signed["line_no"] >= 0].drop(columns="firm_no").merge(members, on="line_no")
    single = signed[(signed["line_no"] < 0) & (signed["firm_no"] >= 0)]
    rows = pd.concat([lined, single], ignore_index=True)
    firm = firms.iloc[rows["firm_no"].to_numpy()].reset_index(drop=True)
    begin = rows["effective_on"].fillna(rows["filed_on"] + 15 * DAY).fillna(rows["signed_on"] + 25 * DAY)
    there = ~(firm["closed_on"] <= begin + 30 * DAY) & ~(firm["joined"] >= rows["ends_on"])
    count = firm["employees"] * rng.uniform(0.75, 1.0, len(rows))
    rows["workers"] = _workers(rows, workers).fillna(count).clip(lower=1).astype(np.int64)
    rows["uscc"], rows["joined"], rows["closed_on"] = firm["uscc"], firm["joined"], firm["closed_on"]
    rows["covered_from"] = rows["joined"].where(rows["joined"] > begin)
    rows["covered_to"] = rows["closed_on"].where(rows["closed_on"] < rows["ends_on"])
    rows = rows[there.to_numpy() & ~(rows["covered_to"] <= rows["covered_from"]).to_numpy()]
    return rows.sort_values(["county_no", "contract_id", "firm_no"], kind="stable").reset_index(drop=True)


def _workers(rows: pd.DataFrame, workers: pd.Series) -> pd.Series:
    """Workers under 能级 contracts: the firm's exact number in its own contract of the last day, fewer in an
    area's beside it and in earlier ones; nothing for the firms without an exact number."""
    nengji = rows["topic"] == "nengji"
    single = rows["scope"] == "enterprise"
    has_own = rows["firm_no"].isin(rows.loc[single & nengji, "firm_no"])
    part = np.where(~single & has_own, 0.8, 1.0) * 0.96 ** rows["age"]
    return (rows["firm_no"].map(workers) * part).where(nengji)


def _cut_short(firms: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """A firm's own contract ends with the firm; what the firm would have signed later never was."""
    closed = firms["closed_on"].reindex(frame["firm_no"]).to_numpy()
    own = (frame["scope"] == "enterprise").to_numpy()
    begin = frame["effective_on"].fillna(frame["filed_on"] + 15 * DAY).to_numpy()
    ends = frame["terminated_on"].fillna(frame["ends_on"]).to_numpy()
    inside = own & (closed > begin) & (closed < ends)
    frame = frame.assign(terminated_on=np.where(inside, closed, frame["terminated_on"].to_numpy()))
    never = own & (closed <= begin + 30 * DAY)
    return frame[~never].reset_index(drop=True)


def stocks(made: Bargaining) -> dict[str, np.ndarray]:
    """By county, on the last day: enterprises covered, and firms and workers under 能级 contracts."""
    columns = ["contract_id", "topic", "county_no", "effective_on", "filed_on", "ends_on", "terminated_on"]
    contract = made.contracts[columns]
    begin = contract["effective_on"].fillna(contract["filed_on"] + 15 * DAY)
    ends = contract["terminated_on"].fillna(contract["ends_on"])
    held = contract[(begin <= LAST) & (ends > LAST) & contract["topic"].isin(["wage", "nengji"])]
    rows = made.coverage[["contract_id", "uscc", "covered_to", "workers"]].merge(held, on="contract_id")
    rows = rows[~(rows["covered_to"] <= LAST)]
    covered = rows.drop_duplicates("uscc")
    nengji = rows[rows["topic"] == "nengji"].groupby("uscc").agg({"workers": "max", "county_no": "first"})
    return {
        "enterprises_covered": np.bincount(covered["county_no"], minlength=5).astype(float),
        "nengji_enterprises": np.bincount(nengji["county_no"], minlength=5).astype(float),
        "nengji_workers": np.bincount(nengji["county_no"], nengji["workers"], 5),
    }
