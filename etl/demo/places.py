"""Towns with a position each, points scattered around them, and the coordinate systems districts use."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.world import COUNTIES

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


def read_rings() -> dict[str, np.ndarray]:
    """County code to the ring of its boundary, (n, 2) lon and lat."""
    collection = json.loads((REFERENCE / "boundaries_county.geojson").read_text(encoding="utf-8"))
    shapes = {f["properties"]["adcode"]: f["geometry"]["coordinates"][0] for f in collection["features"]}
    return {code: np.asarray(shapes[code], dtype=float) for code in COUNTIES}


def inside(ring: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Even-odd rule for points against one ring."""
    x1, y1 = ring[:-1, 0], ring[:-1, 1]
    x2, y2 = ring[1:, 0], ring[1:, 1]
    spans = (y1 > lat[:, None]) != (y2 > lat[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = (x2 - x1) * (lat[:, None] - y1) / (y2 - y1) + x1
    return (spans & (lon[:, None] < crossing)).sum(axis=1) % 2 == 1


def scatter(
    rng: np.random.Generator, towns: pd.DataFrame, town_no: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A WGS-84 point near each town's position and inside its county, about 1 km away, at most 4 km."""
    centre = towns[["lon", "lat"]].to_numpy()[town_no]
    county = towns["county"].to_numpy()[town_no]
    point = centre.copy()
    rings = read_rings()
    open_rows = np.arange(len(town_no))
    for _ in range(8):
        step = rng.normal(0, 0.010, (len(open_rows), 2)).clip(-0.03, 0.03)
        trial = centre[open_rows] + step
        good = np.zeros(len(open_rows), dtype=bool)
        for code, ring in rings.items():
            mine = np.flatnonzero(county[open_rows] == code)
            good[mine] = inside(ring, trial[mine, 0], trial[mine, 1])
        point[open_rows[good]] = trial[good]
        open_rows = open_rows[~good]
    return point[:, 0], point[:, 1]


def to_gcj02(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """WGS-84 to GCJ-02, the published approximation (Krasovsky ellipsoid)."""
    x, y, pi = lon - 105.0, lat - 35.0, np.pi
    wave = 20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (wave + 20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (wave + 20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3
    radius, flat = 6378245.0, 0.00669342162296594323
    magic = 1 - flat * np.sin(lat / 180 * pi) ** 2
    north = north * 180 / (radius * (1 - flat) / (magic * np.sqrt(magic)) * pi)
    east = east * 180 / (radius / np.sqrt(magic) * np.cos(lat / 180 * pi) * pi)
    return lon + east, lat + north


def to_bd09(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """WGS-84 to BD-09, by way of GCJ-02."""
    x, y = to_gcj02(lon, lat)
    turn = np.pi * 3000 / 180
    far = np.sqrt(x * x + y * y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006
