"""Stations: by town in a city, one by one in a county, by name in a town."""

from typing import Any

import pandas as pd
import pydeck as pdk

from cockpit import codes, theme
from cockpit.districts import District
from cockpit.maps import area, colours, overlay, shapes
from cockpit.maps.deck import OfflineDeck
from cockpit.maps.picture import Picture, approval, bubbles, ground, tooltip
from cockpit.maps.view import Box, View

TYPE_COLOURS = {"basic": theme.ACCENT, "benchmark": theme.AMBER, "h24": theme.VIOLET}
TOWN = tooltip("<b>{name}</b>　{count}家站点")
STATION = tooltip("<b>{name}</b><br>{type}　24小时开放：{day}<br>设施：{offers}<br>八有检查：{checked}")
LARGEST = 14  # towns of a whole city lie close together
ADVICE = '<span class="advice">；点击进入镇街</span>'  # pictures leave it out: static/cockpit.css
CLOSE = 0.03  # degrees: a town's map shows at least about 3 km


def station_map(
    frame: pd.DataFrame, district: District, width: int, height: int, clicked: bool = True
) -> Picture:
    """Stations of a district; layer id `town` (aggregated, rows carry `code`) or `station`.

    frame: town, town_name, name, station_type, lon, lat and the words of cockpit.stations.
    """
    if district.level == "city":
        return _by_town(frame, width, height, ADVICE if clicked else "")
    return _one_by_one(frame, district, width, height)


def _by_town(frame: pd.DataFrame, width: int, height: int, advice: str) -> Picture:
    """Every town's stations as one bubble at their middle, with their number."""
    view = View.fit(shapes.box(tuple(shapes.counties())), width, height)
    named = {"name": ("town_name", "first"), "count": ("station_no", "count")}
    groups = frame.groupby("town").agg(lon=("lon", "mean"), lat=("lat", "mean"), **named)
    most = int(groups["count"].max()) if len(groups) else 0
    rows = [_town(str(town), group, most) for town, group in groups.iterrows()]
    counts = [overlay.Label(row["at"][0], row["at"][1], (row["count"],)) for row in rows]
    names = [_county(code, frame) for code in shapes.counties()]
    corners = (f"圆点为一个镇街的站点合计，数字为站点数{advice}", approval())
    layers = [ground(list(shapes.counties())), bubbles(rows, "town")]
    text = overlay.html([*names, *counts], view, corners)
    return Picture(OfflineDeck(layers, view, TOWN), text, width, height)


def _town(code: str, group: Any, most: int) -> dict[str, Any]:
    return {
        "code": code,
        "name": group["name"],
        "count": f"{group['count']}",
        "at": [float(group["lon"]), float(group["lat"])],
        "radius": area.radius(float(group["count"]), most, LARGEST),
        "fill": colours.rgba(theme.ACCENT, 110),
        "line": colours.rgba(theme.ACCENT),
    }


def _county(code: str, frame: pd.DataFrame) -> overlay.Label:
    count = int(frame["town"].str.startswith(code).sum())
    name = shapes.counties()[code]["properties"]["name"]
    told = (
        f"{name} {count}家" if len(frame) else name
    )  # without any station it is not known that there are none
    return overlay.Label(*shapes.label(code), (told,), strong=True)


def _one_by_one(frame: pd.DataFrame, district: District, width: int, height: int) -> Picture:
    county = district.code[:6]
    box = shapes.box((county,))
    if district.level == "town" and len(frame):
        box = Box.around(zip(frame["lon"], frame["lat"], strict=True), CLOSE)
    view = View.fit(box, width, height, margin=48 if district.level == "town" else 24)
    rows = [_station(row) for row in frame.to_dict("records")]
    labels = [overlay.Label(row["at"][0], row["at"][1], (row["name"],), row["radius"]) for row in rows]
    shown = labels if district.level == "town" else []
    corners = (_legend(), approval())
    layers: list[pdk.Layer] = [ground([county]), bubbles(rows, "station")]
    return Picture(OfflineDeck(layers, view, STATION), overlay.html(shown, view, corners), width, height)


def _station(row: dict[Any, Any]) -> dict[str, Any]:
    rim = theme.LAMPS["red"].colour if row["eight_pass"] == 0 else theme.GROUND
    return {
        "at": [row["lon"], row["lat"]],
        "name": row["name"],
        "type": row["type"],
        "day": row["around_the_clock"],
        "offers": row["offers"],
        "checked": row["checked"],
        "radius": 8,
        "fill": colours.rgba(TYPE_COLOURS[row["station_type"]], 215),
        "line": colours.rgba(rim),
    }


def _legend() -> str:
    dots = (f'<b style="color:{TYPE_COLOURS[key]}">●</b> {word}' for key, word in codes.STATION_TYPES.items())
    rim = f'<b style="color:{theme.LAMPS["red"].colour}">○</b> 红圈：八有未达标'
    return "　".join((*dots, rim))
