"""Targets of 2022 and 2023: set a little above or below what was done, so that every lamp is seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.demo.world import BUILDING, CITY, CONTESTS, COUNTIES, EXAMS, STEADY, World

# How well each county does against its plan; and where one does conspicuously worse.
PACE = np.array([1.05, 1.0, 1.12, 1.04, 0.95])
WORSE = {
    ("members_new", 4): 0.74,
    ("unions_new", 4): 0.77,
    ("training_attendances", 1): 0.76,
    ("stations_new", 1): 0.78,
    ("contest_entries", 4): 0.9,
    ("nengji_workers", 1): 0.86,
}
SEASON = {
    "skill_promotions": EXAMS,
    "new_skill_certs": EXAMS,
    "training_attendances": EXAMS,
    "contest_entries": CONTESTS,
    "unions_new": BUILDING,
    "members_new": BUILDING,
    "nef_members_new": BUILDING,
    "stations_new": STEADY,
}
# What the target of 2022 was, against that of 2023.
STOCKS = {
    "enterprises_covered": 0.9,
    "nengji_enterprises": 0.79,
    "nengji_workers": 0.77,
    "stations_open": 0.9,
}
STOCK_PLAN = [90.9, 91.7, 92.5, 93.4, 94.2, 95.0, 95.8, 96.7, 97.5, 98.3, 99.2, 100.0]
# Percent (benchmark_per_town: stations per town) of 2022, of 2023, and what of it stands as a year begins.
RATIOS = {
    "wage_bargain_rate": (75, 80, 94),
    "nengji_above_scale_rate": (40, 46, 88),
    "contract_renewal_rate": (90, 93, 97),
    "union_rate_100": (96, 97, 97),
    "union_rate_25": (80, 83, 95),
    "union_rate_above_scale": (92, 94, 96),
    "benchmark_per_town": (0.9, 1.1, 78),
    "benchmark_share": (10, 10, 90),
    "h24_share": (14, 15, 88),
    "eight_have_rate": (82, 86, 94),
    "mapped_rate": (80, 85, 92),
}
CLEARANCE = (40, 38)  # percent of the baseline, by BUILDING


@dataclass(frozen=True)
class Done:
    """What was done, (5,) by county, in the year 2022 and the first half of 2023 (stocks: at its end)."""

    year: Mapping[str, np.ndarray]
    half: Mapping[str, np.ndarray]


def targets(world_: World, done: Done) -> pd.DataFrame:
    """Columns of the source `target`: both years, the city and its counties; counts of counties add up."""
    rng = world_.rng("target")
    rows = []
    for key, season in SEASON.items():
        plan = _cumulated(season)
        for year, actual, part in ((2022, done.year[key], 1.0), (2023, done.half[key], plan[5] / 100)):
            rows += _counts(key, year, actual / (part * _pace(rng, key)), plan)
    for key, before_part in STOCKS.items():
        reached = done.half[key] / (STOCK_PLAN[5] / 100 * (0.5 + _pace(rng, key) / 2))
        rows += _counts(key, 2022, reached * before_part, STOCK_PLAN)
        rows += _counts(key, 2023, reached, STOCK_PLAN)
    for key, (before, now, begin) in RATIOS.items():
        plan = [round(begin + (100 - begin) * month / 12, 1) for month in range(1, 13)]
        rows += _rates(key, 2022, before, plan) + _rates(key, 2023, now, plan)
    for year, rate in zip((2022, 2023), CLEARANCE, strict=True):
        rows += _rates("clearance_rate", year, rate, _cumulated(BUILDING))
    return pd.DataFrame(rows)


def _pace(rng: np.random.Generator, key: str) -> np.ndarray:
    pace = PACE + rng.uniform(-0.05, 0.05, len(PACE))
    for (indicator, county_no), worse in WORSE.items():
        if indicator == key:
            pace[county_no] = worse
    return pace


def _cumulated(season: tuple[float, ...]) -> list[float]:
    return [round(float(x), 1) for x in np.cumsum(season) / sum(season) * 100]


def _counts(key: str, year: int, ideal: np.ndarray, plan: list[float]) -> list[dict[str, object]]:
    """Round numbers for the counties, their sum for the city."""
    step = np.select([ideal >= 5000, ideal >= 500, ideal >= 60], [100, 10, 5], 1)
    annual = np.maximum(np.round(ideal / step) * step, 1).astype(np.int64)
    places = [CITY[0], *COUNTIES]
    return [_row(key, p, year, int(a), plan) for p, a in zip(places, [annual.sum(), *annual], strict=True)]


def _rates(key: str, year: int, annual: float, plan: list[float]) -> list[dict[str, object]]:
    return [_row(key, place, year, annual, plan) for place in (CITY[0], *COUNTIES)]


def _row(key: str, district: str, year: int, annual: float, plan: list[float]) -> dict[str, object]:
    months = {f"plan_{no:02d}": percent for no, percent in enumerate(plan, start=1)}
    document = f"{year}年度重点工作目标（演示）"
    return {
        "indicator": key,
        "district": district,
        "year": year,
        "annual": annual,
        **months,
        "document": document,
    }


def counted(frames: Mapping[str, pd.DataFrame], firm_counts: Mapping[str, np.ndarray]) -> Done:
    """Count by county what the targets lean on. `firm_counts`: the enterprise stocks of the last day."""
    certificate, member = frames["certificate"], frames["member_event"]
    joins = member[member["event"] == "join"]
    rows = {
        "skill_promotions": (certificate[certificate["promotion"]], "issued_on", None),
        "new_skill_certs": (certificate, "issued_on", None),
        "training_attendances": (frames["training"], "held_on", "attendances"),
        "contest_entries": (frames["contest"], "held_on", "entries"),
        "unions_new": (frames["union"], "approved_on", None),
        "members_new": (joins, "event_on", "persons"),
        "nef_members_new": (joins[joins["group"] == "nef"], "event_on", "persons"),
        "stations_new": (frames["station"], "opened_on", None),
    }
    year = {key: _by_county(*what, "2022-01-01", "2023-01-01") for key, what in rows.items()}
    half = {key: _by_county(*what, "2023-01-01", "2023-07-01") for key, what in rows.items()}
    station = frames["station"]
    still = station[station["closed_on"].isna()]
    half["stations_open"] = _by_county(still, "opened_on", None, "1990-01-01", "2023-07-01")
    return Done(year, {**half, **firm_counts})


def _by_county(frame: pd.DataFrame, day: str, measure: str | None, begin: str, end: str) -> np.ndarray:
    rows = frame[(frame[day] >= np.datetime64(begin)) & (frame[day] < np.datetime64(end))]
    weights = rows[measure].to_numpy() if measure else None
    return np.bincount(rows["county_no"].to_numpy(), weights, len(COUNTIES)).astype(float)
