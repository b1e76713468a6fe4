"""Towns with a position each, points scattered around them, and the coordinate systems districts use."""

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.world import COUNTIES
from etl.geo import inside, wgs_to_gcj

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"

# The label positions that town_points.csv lacks: approximate, inside the county, for the demonstration only.
APPROXIMATE = {
    "330502002": (120.100, 30.860),
    "330502006": (120.073, 30.875),
    "330502009": (120.170, 30.925),
    "330502013": (120.135, 30.865),
    "330502105": (120.030, 30.700),
    "330503001": (120.375, 30.875),
    "330521002": (119.985, 30.525),
    "330521003": (119.945, 30.575),
    "330521004": (120.035, 30.525),
    "330521005": (120.035, 30.560),
    "330522004": (119.890, 31.000),
    "330523001": (119.680, 30.650),
    "330523002": (119.690, 30.625),
    "330523003": (119.665, 30.605),
    "330523004": (119.615, 30.645),
    "330523110": (119.770, 30.790),
}
KIND = {"0": "街道", "1": "镇"}
Points = tuple[np.ndarray, np.ndarray]


def read_towns(rng: np.random.Generator) -> pd.DataFrame:
    """Towns of the five counties: code, name, kind, county, county_no, lon, lat (WGS-84), weight."""
    divisions = pd.read_csv(REFERENCE / "divisions.csv", dtype=str)
    towns = (
        divisions[divisions["parent_code"].isin(list(COUNTIES))].sort_values("code").reset_index(drop=True)
    )
    points = pd.read_csv(REFERENCE / "town_points.csv", dtype={"code": str}).set_index("code")
    placed = points[["lon", "lat"]].dropna()
    lacking = pd.DataFrame.from_dict(APPROXIMATE, orient="index", columns=["lon", "lat"])
    position = pd.concat([lacking[~lacking.index.isin(placed.index)], placed])
    towns["county"] = towns["parent_code"]
    towns["county_no"] = towns["county"].map({code: no for no, code in enumerate(COUNTIES)})
    towns["kind"] = towns["code"].str[6].map(KIND).fillna("乡")
    towns = towns.join(position, on="code")
    size = towns["kind"].map({"街道": 1.2, "镇": 1.0, "乡": 0.4}).to_numpy()
    towns["weight"] = size * rng.gamma(6.0, 1 / 6.0, len(towns)).clip(0.4, 2.2)
    return towns[["code", "name", "kind", "county", "county_no", "lon", "lat", "weight"]]


def scatter(rng: np.random.Generator, towns: pd.DataFrame, town_no: np.ndarray) -> Points:
    """A WGS-84 point near each town's position and inside its county, about 1 km away, at most 4 km."""
    point = towns[["lon", "lat"]].to_numpy()[town_no]
    county = towns["county"].to_numpy()[town_no]
    lacking = np.arange(len(town_no))
    for _ in range(8):
        trial = point[lacking] + rng.normal(0, 0.010, (len(lacking), 2)).clip(-0.03, 0.03)
        good = np.zeros(len(lacking), dtype=bool)
        for code in COUNTIES:
            mine = np.flatnonzero(county[lacking] == code)
            good[mine] = inside(trial[mine, 0], trial[mine, 1], code)
        point[lacking[good]] = trial[good]
        lacking = lacking[~good]
    return point[:, 0], point[:, 1]


def to_bd09(lon: np.ndarray, lat: np.ndarray) -> Points:
    """WGS-84 to BD-09, by way of GCJ-02 (the public formula; etl.geo has the way back)."""
    x, y = wgs_to_gcj(lon, lat)
    turn = np.pi * 3000 / 180
    far = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006


CONVERT = {"bd09": to_bd09, "gcj02": wgs_to_gcj}
