"""GCJ-02 and BD-09 to WGS84 (CGCS2000 agrees with it within decimetres), and points in counties."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

COUNTIES = Path(__file__).resolve().parent.parent / "data" / "reference" / "boundaries_county.geojson"
# Krasovsky 1940 and the constants of the public GCJ-02 and BD-09 formulas.
AXIS, ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
BD_PI = np.pi * 3000.0 / 180.0
METRES_PER_DEGREE = 111_320.0


def to_wgs84(lon: Floats, lat: Floats, crs: Iterable[str]) -> tuple[Floats, Floats]:
    """Degrees in each point's own system ('gcj02', 'bd09', 'cgcs2000', 'wgs84') -> degrees in WGS84."""
    system = np.array(list(crs), dtype=object)
    lon, lat = lon.astype(float), lat.astype(float)
    baidu = system == "bd09"
    lon[baidu], lat[baidu] = _bd_to_gcj(lon[baidu], lat[baidu])
    shifted = baidu | (system == "gcj02")
    lon[shifted], lat[shifted] = _gcj_to_wgs(lon[shifted], lat[shifted])
    return lon, lat


def wgs_to_gcj(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The public GCJ-02 formula; at Huzhou it moves a point by about half a kilometre."""
    x, y = lon - 105.0, lat - 35.0
    shared = 0.1 * x * y + _wave(x, (20, 6), (20, 2))
    root = 0.1 * np.sqrt(np.abs(x))
    north = shared - 100 + 2 * x + 3 * y + 0.2 * y * y + 2 * root
    north += _wave(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    east = shared + 300 + x + 2 * y + 0.1 * x * x + root
    east += _wave(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    phi = np.radians(lat)
    magic = 1 - ECCENTRICITY2 * np.sin(phi) ** 2
    meridian = np.radians(AXIS * (1 - ECCENTRICITY2) / magic**1.5)
    parallel = np.radians(AXIS / np.sqrt(magic) * np.cos(phi))
    return lon + east / parallel, lat + north / meridian


def _wave(x: Floats, *terms: tuple[float, float]) -> Floats:
    """Sum of height * sin(frequency * pi * x), two thirds of it, as the formula has them."""
    return np.sum([height * np.sin(x * np.pi * frequency) for height, frequency in terms], axis=0) * 2 / 3


def _gcj_to_wgs(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The formula has no closed inverse: four corrections leave less than a millimetre."""
    x, y = lon, lat
    for _ in range(4):
        there_x, there_y = wgs_to_gcj(x, y)
        x, y = x + lon - there_x, y + lat - there_y
    return x, y


def _bd_to_gcj(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 0.0065, lat - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * BD_PI)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * BD_PI)
    return radius * np.cos(angle), radius * np.sin(angle)


def inside(lon: Floats, lat: Floats, county: str, tolerance_m: float = 0.0) -> Mask:
    """Points (WGS84 degrees) inside the county of this 6-digit code, or this near to its border."""
    starts, ends = _edges(county)
    (x1, y1), (x2, y2) = starts.T, ends.T
    px, py = lon[:, None], lat[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = ((y1 > py) != (y2 > py)) & (px < (x2 - x1) * (py - y1) / (y2 - y1) + x1)
    within: Mask = crossing.sum(axis=1) % 2 == 1
    outside = np.flatnonzero(~within)
    if tolerance_m and len(outside):
        within[outside] = _distance(lon[outside], lat[outside], starts, ends) <= tolerance_m
    return within


def _distance(lon: Floats, lat: Floats, starts: Floats, ends: Floats) -> Floats:
    """Metres to the nearest edge; flat earth, good to a per mille at the size of a county."""
    scale = np.array([METRES_PER_DEGREE * np.cos(np.radians(lat.mean())), METRES_PER_DEGREE])
    point = (np.stack([lon, lat], axis=1) * scale)[:, None, :]
    a, along = starts * scale, (ends - starts) * scale
    length2 = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip(((point - a) * along).sum(axis=2) / length2, 0, 1)
    gap: Floats = np.linalg.norm(point - (a + share[:, :, None] * along), axis=2).min(axis=1)
    return gap


@cache
def _rings() -> dict[str, list[Floats]]:
    """County code -> its rings, holes included: even-odd counting needs no difference."""
    rings: dict[str, list[Floats]] = {}
    for feature in json.loads(COUNTIES.read_text("utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings[feature["properties"]["adcode"]] = [np.array(ring) for polygon in polygons for ring in polygon]
    return rings


def _edges(county: str) -> tuple[Floats, Floats]:
    rings = _rings()[county]
    return np.concatenate([ring[:-1] for ring in rings]), np.concatenate([ring[1:] for ring in rings])
