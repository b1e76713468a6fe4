"""Rules about where: rows in the declared district, coordinates in the row's county."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cockpit import districts
from etl import geo
from etl.contract.frame import Fault, Frame
from etl.contract.keys import towns
from etl.contract.known import Known
from etl.contract.rules import given, mask
from etl.contract.values import areas

# The boundaries are generalised: stations near a border may fall just outside.
TOLERANCE_M = 1500.0


def declared(frame: Frame, known: Known, status: str) -> Iterator[Fault]:
    """Every row lies in the district that the sheet's title declares."""
    if not any(sheet.title.district for sheet in frame.sheets):
        return
    column, codes = towns(frame, known, status)
    for number, sheet in enumerate(frame.sheets):
        district = sheet.title.district
        if district is not None:
            there = pc.starts_with(codes, districts.prefix(district))
            rows = (frame.sheet_of == number) & mask(pc.invert(there))
            yield Fault(rows, column, f"{areas()[district]}的记录（标题写明的区划）")


def coordinates(frame: Frame) -> Iterator[Fault]:
    """Longitude and latitude fall into the row's county once converted to WGS84."""
    if frame.source.name != "station":
        return
    known = given(frame.values["town"]) & given(frame.values["crs"])
    known &= given(frame.values["lon"]) & given(frame.values["lat"])
    lon, lat = wgs84(frame, known)
    county = pc.utf8_slice_codeunits(frame.values["town"], 0, 6).to_numpy(zero_copy_only=False)
    outside = np.zeros(len(frame), dtype=bool)
    for code in set(county[known]):
        rows = known & (county == code)
        outside[rows] = ~geo.inside(lon[rows], lat[rows], code, TOLERANCE_M)
    names = areas()
    yield Fault(
        outside,
        "lon",
        lambda row: f"{names[county[row]]}境内的坐标（按所填坐标系换算后），请核对经纬度与坐标系",
    )


def wgs84(frame: Frame, rows: np.ndarray) -> tuple[geo.Floats, geo.Floats]:
    """Converted coordinates of the chosen rows; NaN elsewhere."""
    lon, lat = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    chosen = pa.array(rows)
    sent = [frame.values[key].filter(chosen).to_numpy() for key in ("lon", "lat")]
    lon[rows], lat[rows] = geo.to_wgs84(sent[0], sent[1], frame.values["crs"].filter(chosen).to_pylist())
    return lon, lat
