"""Boundaries and town positions as delivered, read once."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from cockpit import districts
from cockpit.districts import REFERENCE
from cockpit.maps.view import Box


@cache
def counties() -> dict[str, dict[str, Any]]:
    """County code -> GeoJSON feature of the root city; the geometry is never changed."""
    with (REFERENCE / "boundaries_county.geojson").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    wanted = {district.code for district in districts.children(districts.ROOT.code)}
    return {f["properties"]["adcode"]: f for f in features if f["properties"]["adcode"] in wanted}


def label(county: str) -> tuple[float, float]:
    """Where a county's name stands, as delivered."""
    properties = counties()[county]["properties"]
    return properties["lon"], properties["lat"]


@cache
def towns() -> dict[str, tuple[float, float]]:
    """Town code -> label position; no open township boundaries exist, and not every town has a position."""
    with (REFERENCE / "town_points.csv").open(encoding="utf-8", newline="") as file:
        placed = (row for row in csv.DictReader(file) if row["lon"])
        return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in placed}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from _points(part)


def box(codes: tuple[str, ...]) -> Box:
    """The box of some counties."""
    return Box.around(p for code in codes for p in _points(counties()[code]["geometry"]["coordinates"]))
