"""Web Mercator in design pixels: which zoom shows a box, and where a place then lies.

The maps are drawn at a fixed design size and scaled as a whole by the page, so text laid over them in HTML
(sharp, in the page's own font) stays in place at every screen size.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan

CLOSEST = 14  # zoom; closer there is nothing to see without streets
WORLD = 512  # deck.gl: pixels of the whole world at zoom 0


@dataclass(frozen=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], least: float = 0.0) -> "Box":
        """The box of (lon, lat) points, at least `least` degrees in each direction."""
        lons, lats = zip(*points, strict=True)
        wide = max(0.0, least - (max(lons) - min(lons))) / 2
        high = max(0.0, least - (max(lats) - min(lats))) / 2
        return cls(min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high)


def _x(lon: float) -> float:
    return (lon + 180) / 360


def _y(lat: float) -> float:
    return (1 - asinh(tan(radians(lat))) / pi) / 2


@dataclass(frozen=True)
class View:
    """What a map of width x height design pixels shows: its centre in degrees and its zoom."""

    lon: float
    lat: float
    zoom: float
    width: int
    height: int

    @classmethod
    def fit(cls, box: Box, width: int, height: int, margin: int = 16, foot: int = 40) -> "View":
        """The closest view that shows the box inside the margin, above a foot kept free for the legend."""
        wide, high = _x(box.east) - _x(box.west), _y(box.south) - _y(box.north)
        pixels = min((width - 2 * margin) / wide, (height - foot - 2 * margin) / high, WORLD * 2**CLOSEST)
        middle = (_y(box.south) + _y(box.north)) / 2 + foot / 2 / pixels
        lat = degrees(atan(sinh(pi * (1 - 2 * middle))))
        return cls((box.west + box.east) / 2, lat, log2(pixels / WORLD), width, height)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Design pixels right of and below the centre."""
        scale = WORLD * 2**self.zoom
        return (_x(lon) - _x(self.lon)) * scale, (_y(lat) - _y(self.lat)) * scale

    def holds(self, lon: float, lat: float) -> bool:
        right, down = self.place(lon, lat)
        return abs(right) <= self.width / 2 and abs(down) <= self.height / 2
