"""Collective contracts: chains of renewals, the dates of every step, offers that came to nothing.

A lineage is one firm's or one area's sequence of contracts. Its contract in force on the last day is laid
first, then the earlier ones backwards and the renewal now being negotiated forwards; so what is in force on
the last day is exact by construction.
"""

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import FIRST, LAST, NO_DAY, SHORT, World

DAY = np.timedelta64(1, "D")
# Months in which contracts take effect: after the spring round of offers; few in summer.
EFFECTIVE = (6, 3, 9, 17, 21, 20, 2.6, 2.2, 2.2, 5, 6, 6)
ON_TIME = np.array([0.86, 0.78, 0.94, 0.83, 0.73])  # by county
STEPS = ("offered_on", "replied_on", "drafted_on", "congress_on", "signed_on", "filed_on")
DATES = (*STEPS, "effective_on", "announced_on", "ends_on", "terminated_on")
# Calendar days of each step: in time and late (10 and 15 working days, 10 days; 5 working days to announce).
LAGS = {
    "replied_on": ((2, 12), (19, 40)),
    "drafted_on": ((3, 25), (10, 40)),
    "congress_on": ((3, 18), (27, 50)),
    "signed_on": ((0, 5), (3, 12)),
    "filed_on": ((1, 8), (12, 32)),
    "announced_on": ((0, 5), (13, 28)),
}


def lags(rng: np.random.Generator, county_no: np.ndarray) -> dict[str, np.ndarray]:
    """Days each step took, late where the county's habit and chance say so."""
    took = {}
    for step, (good, bad) in LAGS.items():
        late = rng.random(len(county_no)) > ON_TIME[county_no]
        number = len(county_no)
        took[step] = np.where(late, rng.integers(*bad, size=number), rng.integers(*good, size=number))
    return took


def backwards(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """Step dates for contracts whose `effective_on` is known; nothing of it happened after the last day."""
    frame = lines.reset_index(drop=True)
    took = lags(rng, frame["county_no"].to_numpy())
    effective = frame["effective_on"].to_numpy().astype("datetime64[D]")
    explicit = rng.random(len(frame)) < 0.6
    day = effective - 15 - np.where(explicit, rng.integers(0, 6, len(frame)), 0)
    for step in reversed(STEPS):
        frame[step] = day = np.busday_offset(day, 0, roll="backward")
        day = day - took.get(step, 0)
    frame["effective_on"] = np.where(explicit, effective, NO_DAY)
    begin = np.where(explicit, effective, frame["filed_on"].to_numpy() + np.timedelta64(15, "D"))
    announced = (begin + took["announced_on"] * DAY).astype("datetime64[D]")
    frame["announced_on"] = np.where(announced <= LAST, announced, NO_DAY)
    return frame


def forwards(rng: np.random.Generator, lines: pd.DataFrame, chance_to_stop: float) -> pd.DataFrame:
    """Step dates for negotiations whose `offered_on` is known, as far as they got by the last day."""
    frame = lines.reset_index(drop=True)
    took = lags(rng, frame["county_no"].to_numpy())
    stops = np.where(rng.random(len(frame)) < chance_to_stop, rng.integers(1, 6, len(frame)), 99)
    day = np.busday_offset(frame["offered_on"].to_numpy().astype("datetime64[D]"), 0, roll="backward")
    frame["offered_on"] = day
    for no, step in enumerate(STEPS[1:], start=1):
        day = np.busday_offset(day + took[step], 0, roll="forward")
        frame[step] = np.where((day <= LAST) & (no < stops), day, NO_DAY)
    filed = frame["filed_on"].to_numpy().astype("datetime64[D]")
    frame["effective_on"] = NO_DAY
    announced = filed + 15 + took["announced_on"]
    frame["announced_on"] = np.where(announced <= LAST, announced, NO_DAY)
    signed = frame["signed_on"].notna().to_numpy()
    ends = years_after(np.where(signed, day + 15, LAST), frame["term"].to_numpy())
    frame["ends_on"] = np.where(signed, ends, NO_DAY)
    return frame


def years_after(day: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The same day of the month some years later (the 29th to 31st become the 28th)."""
    start = np.asarray(day, dtype="datetime64[D]")
    month = start.astype("datetime64[M]")
    place = np.minimum((start - month.astype("datetime64[D]")).astype(np.int64), 27)
    return (month + 12 * np.asarray(years, dtype=np.int64)).astype("datetime64[D]") + place


def latest_begin(rng: np.random.Generator, number: int) -> np.ndarray:
    """A day in season within the last year: an effective date of a one-year contract in force."""
    month = rng.choice(12, number, p=np.array(EFFECTIVE) / sum(EFFECTIVE))
    year = np.where(month < 6, 2023, 2022)
    start = ((year - 1970) * 12 + month).astype("datetime64[M]").astype("datetime64[D]")
    return start + rng.integers(0, 28, number)


def chain(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """The contract of each lineage in force on the last day (or the last one, `lapsed`) and all before it."""
    begin = latest_begin(rng, len(lines))
    first = years_after(begin, -rng.integers(0, lines["term"].to_numpy()))
    ago = lines["term"].to_numpy() + rng.choice(3, len(lines), p=(0.45, 0.3, 0.25))
    begin = np.where(lines["lapsed"], years_after(begin, -ago), first)
    begin = np.maximum(begin, np.minimum(lines["joined"].to_numpy(), LAST - 5).astype("datetime64[D]"))
    current = lines.assign(effective_on=begin, ends_on=years_after(begin, lines["term"].to_numpy()), age=0)
    parts = [current]
    while len(current):
        current = _earlier(rng, current)
        parts.append(current)
    return pd.concat(parts, ignore_index=True)


def _earlier(rng: np.random.Generator, current: pd.DataFrame) -> pd.DataFrame:
    """The contracts before these, with overlaps, one-day gaps and long gaps; none before the adoption."""
    number = len(current)
    kind = rng.choice(5, number, p=(0.21, 0.38, 0.10, 0.17, 0.14))
    days = [rng.integers(low, high, number) for low, high in ((-30, 0), (0, 1), (1, 2), (2, 26), (31, 121))]
    ends = current["effective_on"].to_numpy().astype("datetime64[D]") - np.choose(kind, days)
    begin = years_after(ends, -current["term"].to_numpy())
    earlier = current.assign(effective_on=begin, ends_on=ends, age=current["age"] + 1)
    adopted = np.maximum(current["since"].to_numpy(), current["joined"].to_numpy())
    return earlier[(begin >= adopted) & (ends > FIRST - 40)]


def renewals(rng: np.random.Generator, chains: pd.DataFrame) -> pd.DataFrame:
    """Negotiations for contracts that end soon, or ended lately and were not renewed yet."""
    ends = chains["ends_on"].to_numpy().astype("datetime64[D]")
    soon = (ends > LAST) & (ends <= LAST + 80) & (chains["age"] == 0).to_numpy()
    due = chains[soon & (rng.random(len(chains)) < 0.7)]
    day = due["ends_on"].to_numpy().astype("datetime64[D]") - rng.integers(20, 95, len(due))
    due = due.assign(offered_on=day, renewal=True)
    started = due[due["offered_on"] <= LAST - 2]
    return forwards(rng, started, 0.08)


def described(world_: World, frame: pd.DataFrame) -> pd.DataFrame:
    """Identity, number and town; columns of the source `contract` and the lineage's own."""
    frame = frame.sort_values(["county_no", "offered_on", "line_no"], kind="stable").reset_index(drop=True)
    for column in DATES:
        frame[column] = frame[column].astype("datetime64[s]")
    county = np.array(list(SHORT), dtype=object)[frame["county_no"]]
    frame["contract_id"] = world.numbered("HT" + county + "-", world.serials(county), 5)
    year = frame["offered_on"].dt.year.astype(str)
    short = np.array(list(SHORT.values()), dtype=object)[frame["county_no"]]
    words = frame["topic"].map({"wage": "工资协", "nengji": "能级协"}).fillna("集协")
    stem = short + words + "〔" + year + "〕"
    number = world.serials(stem)
    frame["contract_no"] = [f"{s}{n}号" for s, n in zip(stem, number, strict=True)]
    frame["town"] = world_.towns["code"].to_numpy()[frame["town_no"]]
    return frame
