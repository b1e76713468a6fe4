"""Coordinates: known conversions, there and back, and points in the counties as delivered."""

import numpy as np
import pytest

from cockpit import districts
from etl.geo import _rings, inside, to_wgs84, wgs_to_gcj

# Points (lon, lat) with the values that map services publish for them.
GPS = (116.481499, 39.990475)
GAODE = (116.487585177952, 39.991754014757)
# Town halls of the delivered label positions: Wuyang (Deqing), Zhicheng (Changxing).
DEQING, CHANGXING = (119.967, 30.541), (119.905, 31.01)


def at(*points: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p[0] for p in points]), np.array([p[1] for p in points])


def test_the_published_example_of_gaode() -> None:
    lon, lat = to_wgs84(*at(GAODE), ["gcj02"])
    assert (lon[0], lat[0]) == pytest.approx(GPS, abs=1e-5)


def test_there_and_back_is_exact_to_a_millimetre() -> None:
    lon, lat = np.meshgrid(np.linspace(118.0, 123.0, 21), np.linspace(28.0, 31.5, 15))
    back_lon, back_lat = to_wgs84(*wgs_to_gcj(lon.ravel(), lat.ravel()), ["gcj02"] * lon.size)
    assert np.abs(back_lon - lon.ravel()).max() < 1e-8
    assert np.abs(back_lat - lat.ravel()).max() < 1e-8


def test_at_huzhou_gcj_is_half_a_kilometre_off() -> None:
    lon, lat = wgs_to_gcj(*at((120.09, 30.89)))
    metres = np.hypot((lon[0] - 120.09) * 95_500, (lat[0] - 30.89) * 111_320)
    assert 400 < metres < 600


def test_baidu_adds_its_own_shift_to_gcj() -> None:
    """BD-09 of a GCJ-02 point by the public formula, back to the same WGS84 point."""
    x, y = GAODE
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * np.pi * 3000 / 180)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * np.pi * 3000 / 180)
    baidu = (radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006)
    lon, lat = to_wgs84(*at(baidu, GPS, GPS), ["bd09", "wgs84", "cgcs2000"])
    assert (lon[0], lat[0]) == pytest.approx(GPS, abs=1e-5)
    assert (lon[1], lat[2]) == GPS


def test_points_in_counties() -> None:
    lon, lat = at(DEQING, CHANGXING)
    assert inside(lon, lat, "330521").tolist() == [True, False]
    assert inside(lon, lat, "330522").tolist() == [False, True]


def test_every_county_of_the_city_has_a_boundary() -> None:
    lon, lat = at(DEQING)
    found = [county.code for county in districts.children("330500") if inside(lon, lat, county.code)[0]]
    assert found == ["330521"]


def test_the_tolerance_is_in_metres() -> None:
    """Deqing's easternmost point, moved 1 km and 2 km further east."""
    east = max((tuple(p) for ring in _rings()["330521"] for p in ring), key=lambda p: p[0])
    step = 1_000 / (111_320 * np.cos(np.radians(east[1])))
    lon, lat = at((east[0] + step, east[1]), (east[0] + 2 * step, east[1]))
    assert inside(lon, lat, "330521").tolist() == [False, False]
    assert inside(lon, lat, "330521", 1_500).tolist() == [True, False]
