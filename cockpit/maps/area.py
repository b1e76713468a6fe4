"""One indicator by district: counties as areas, the towns of a county as bubbles."""

from html import escape
from math import sqrt
from typing import Any

from cockpit import numbers, theme
from cockpit.maps import colours, overlay, shapes
from cockpit.maps.deck import OfflineDeck
from cockpit.maps.picture import GLOW, Picture, approval, areas, bubbles, ground, tooltip
from cockpit.maps.view import View
from cockpit.reading.reading import Reading

TOOLTIP = tooltip("<b>{name}</b>　{told}<br>{lamp}")
SMALLEST, LARGEST = 8, 20  # bubble radius in design pixels


def _told(reading: Reading) -> str:
    i = reading.indicator
    return reading.reason or numbers.figure(reading.value, i.unit, i.decimals)


def _lamp(reading: Reading) -> str:
    return f"{theme.LAMPS[reading.lamp].shape} {theme.LAMPS[reading.lamp].word} {reading.lamp_reason}"


def _properties(reading: Reading, fill: colours.Colour) -> dict[str, Any]:
    district = reading.slice.district
    return {
        "code": district.code,
        "name": district.name,
        "told": _told(reading),
        "lamp": _lamp(reading),
        "fill": fill,
    }


def _fills(readings: list[Reading]) -> list[colours.Colour]:
    places = colours.shares([reading.value for reading in readings])
    return [colours.rgba(theme.MISSING, 90) if p is None else colours.ramp(p) for p in places]


def _short(reading: Reading) -> str:
    digits, unit = numbers.short(reading.value, reading.indicator.unit, reading.indicator.decimals)
    if reading.value is None or unit == "%":
        return numbers.figure(reading.value, reading.indicator.unit, reading.indicator.decimals)
    return f"{digits}{unit}"


def _label(
    reading: Reading, at: tuple[float, float], radius: float = 0.0, strong: bool = False
) -> overlay.Label:
    """Name, value and lamp; towns have no targets, so a lamp would say nothing."""
    district = reading.slice.district
    lamp = None if district.level == "town" else reading.lamp
    return overlay.Label(*at, (district.name, _short(reading)), radius, lamp, strong)


def legend(readings: list[Reading]) -> str:
    """What the colours mean: lowest to highest value, and that grey is missing."""
    known = sorted((r for r in readings if r.value is not None), key=lambda r: r.value or 0.0)
    if not known:
        return ""
    bar = f'<i class="map-ramp" style="background:linear-gradient(90deg,{",".join(colours.RAMP)})"></i>'
    return f"{escape(_short(known[0]))} {bar} {escape(_short(known[-1]))}"


def area_map(readings: list[Reading], width: int, height: int, chosen: str = "") -> Picture:
    """Districts coloured by their value, labelled with name, lamp and value; layer ids `county` and `town`.

    readings: all of one indicator, counties of the root city or towns of one county. `chosen` is outlined.
    """
    if readings[0].slice.district.level == "county":
        return _county_map(readings, width, height)
    return _town_map(readings, width, height, chosen)


def _county_map(readings: list[Reading], width: int, height: int) -> Picture:
    features = []
    for reading, fill in zip(readings, _fills(readings), strict=True):
        shape = shapes.counties()[reading.slice.district.code]
        features.append({**shape, "properties": _properties(reading, fill)})
    codes = tuple(reading.slice.district.code for reading in readings)
    view = View.fit(shapes.box(codes), width, height)
    layer = areas(features, "county", pickable=True, auto_highlight=True, highlight_color=GLOW)
    labels = [_label(r, shapes.label(r.slice.district.code), strong=True) for r in readings]
    text = overlay.html(labels, view, (legend(readings), approval()))
    return Picture(OfflineDeck([layer], view, TOOLTIP), text, width, height)


def radius(value: float, most: float, largest: float = LARGEST) -> float:
    """The area of a bubble grows with a count."""
    return SMALLEST + (largest - SMALLEST) * sqrt(max(value, 0) / most) if most else SMALLEST


def _size(reading: Reading, most: float) -> float:
    """A rate says nothing about size: all its bubbles are alike."""
    known = reading.value is not None and not reading.indicator.is_ratio
    return radius(reading.value or 0.0, most) if known else SMALLEST + 3


def _town_map(readings: list[Reading], width: int, height: int, chosen: str) -> Picture:
    county = readings[0].slice.district.code[:6]
    view = View.fit(shapes.box((county,)), width, height, margin=32, foot=60)
    most = max((r.value or 0.0 for r in readings), default=0.0)
    rows, labels = [], []
    best = sorted(zip(readings, _fills(readings), strict=True), key=lambda pair: -(pair[0].value or 0.0))
    for reading, fill in best:
        code = reading.slice.district.code
        if code in shapes.towns():
            lon, lat = shapes.towns()[code]
            size = _size(reading, most)
            line = colours.rgba(theme.AMBER if code == chosen else theme.ACCENT)
            rows.append(_properties(reading, fill) | {"at": [lon, lat], "radius": size, "line": line})
            labels.append(_label(reading, (lon, lat), size, code == chosen))
    labels.sort(key=lambda label: not label.strong)
    missing = [r.slice.district.name for r in readings if r.slice.district.code not in shapes.towns()]
    notes = f"没有位置资料、未上图：{'、'.join(missing)}" if missing else "圆点为镇街示意位置，不是边界"
    text = overlay.html(labels, view, (legend(readings), notes, approval()))
    layers = [ground([county]), bubbles(rows, "town")]
    return Picture(OfflineDeck(layers, view, TOOLTIP), text, width, height)
