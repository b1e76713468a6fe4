"""The frame of the demonstration: days, districts, exact quotas, seasons, seeded randomness."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Days = np.ndarray[Any, np.dtype[np.datetime64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]

FIRST = np.datetime64("2021-01-01")
LAST = np.datetime64("2023-06-30")
MONTHS = np.arange("2021-01", "2023-07", dtype="datetime64[M]")
NO_DAY = np.datetime64("NaT", "D")
COUNTIES = {
    "330502": "吴兴区",
    "330503": "南浔区",
    "330521": "德清县",
    "330522": "长兴县",
    "330523": "安吉县",
}
SHORT = {code: name[:2] for code, name in COUNTIES.items()}
CITY = ("330500", "湖州市")
COUNTY_WEIGHT = (0.24, 0.18, 0.19, 0.24, 0.15)

# Relative weight of the twelve months: exams end before summer and before the year's end, contests peak in
# April to June and September to November, little happens around 春节.
STEADY = (6, 4, 9, 9, 9, 9, 8, 8, 9, 9, 10, 10)
EXAMS = (5, 3, 8, 10, 12, 13, 7, 6, 9, 10, 10, 7)
CONTESTS = (4, 5, 9, 13, 15, 13, 6, 4, 10, 11, 8, 2)
BUILDING = (5, 3, 8, 9, 11, 12, 10, 9, 10, 9, 8, 6)


@dataclass(frozen=True)
class World:
    """What all themes share. `towns`: code, name, kind, county, county_no 0..4, lon, lat (WGS-84), weight."""

    seed: int
    scale: int
    towns: pd.DataFrame

    def rng(self, theme: str) -> np.random.Generator:
        """One stream per theme, so that a change in one theme leaves the others as they are."""
        return np.random.default_rng([self.seed, self.scale, zlib.crc32(theme.encode())])

    def pick_towns(self, rng: np.random.Generator, county_no: Whole) -> Whole:
        """A town (row number in `towns`) for each county number, larger towns more often."""
        picked = np.zeros(len(county_no), dtype=np.int64)
        for no in range(len(COUNTIES)):
            here = self.towns.index[self.towns["county_no"] == no].to_numpy()
            weight = self.towns.loc[here, "weight"].to_numpy()
            mine = np.flatnonzero(county_no == no)
            picked[mine] = rng.choice(here, len(mine), p=weight / weight.sum())
        return picked


def share(total: int, weights: Sequence[float] | np.ndarray) -> Whole:
    """Split a whole number by weights, exactly (largest remainder)."""
    ideal = np.asarray(weights, dtype=float).ravel()
    ideal = ideal / ideal.sum() * total
    parts = np.floor(ideal).astype(np.int64)
    first = np.argsort(parts - ideal, kind="stable")[: total - int(parts.sum())]
    parts[first] += 1
    return parts


def monthly(
    totals: Sequence[int], season: Sequence[float], counties: Sequence[float] = COUNTY_WEIGHT
) -> Whole:
    """(5 counties, 30 months) counts whose sums over 2021, 2022 and 2023-H1 are exactly `totals`."""
    spans = (slice(0, 12), slice(12, 24), slice(24, 30))
    counts = np.zeros((len(counties), len(MONTHS)), dtype=np.int64)
    for total, span in zip(totals, spans, strict=True):
        weights = np.outer(counties, season[: span.stop - span.start])
        counts[:, span] = share(total, weights).reshape(weights.shape)
    return counts


def spread(counts: Whole) -> tuple[Whole, Whole]:
    """Counts by (county, month) to one (county number, month number) per event, ordered by month."""
    month, county = np.indices(counts.T.shape)
    times = counts.T.ravel()
    return np.repeat(county.ravel(), times), np.repeat(month.ravel(), times)


def days_in(rng: np.random.Generator, month_no: Whole) -> Days:
    """A weekday within each month; in January and February none of the days around 春节."""
    start = MONTHS[month_no].astype("datetime64[D]")
    stop = (MONTHS[month_no] + 1).astype("datetime64[D]")
    span = np.busday_count(start, stop)
    first = (month_no % 12 == 1) * 5  # the first week of February is holiday in every year shown
    last = span - (month_no % 12 == 0) * 6
    return np.busday_offset(start, rng.integers(first, last), roll="forward")


def days_between(rng: np.random.Generator, start: Any, stop: Any, size: int) -> Days:
    """Uniform days in [start, stop); where start is not before stop, start itself."""
    begin = np.broadcast_to(np.asarray(start, dtype="datetime64[D]"), size)
    length = (np.asarray(stop, dtype="datetime64[D]") - begin).astype(np.int64)
    return begin + (rng.random(size) * np.maximum(length, 1)).astype(np.int64)


def choose(rng: np.random.Generator, weights: Mapping[str, float], size: int) -> np.ndarray:
    """`size` words drawn by weight."""
    words = np.array(list(weights), dtype=object)
    share_of = np.array(list(weights.values()), dtype=float)
    return words[rng.choice(len(words), size, p=share_of / share_of.sum())]


def flags(mask: np.ndarray) -> np.ndarray:
    return np.where(mask, "yes", "no").astype(object)


def serials(groups: pd.Series | np.ndarray) -> np.ndarray:
    """1, 2, 3 … within each group, in the order given."""
    return pd.Series(groups).groupby(np.asarray(groups), sort=False).cumcount().to_numpy() + 1


def numbered(prefix: Sequence[str] | np.ndarray, number: np.ndarray, width: int) -> np.ndarray:
    """Prefix and zero-padded number joined, e.g. 'GH330521-00012'."""
    return np.array([f"{p}{n:0{width}d}" for p, n in zip(prefix, number, strict=True)], dtype=object)
