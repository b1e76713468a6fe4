"""What the maps are made of: areas, bubbles, tooltips, and the deck with its labels."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pydeck as pdk

from cockpit import districts, theme
from cockpit.maps import colours, shapes

GLOW = [255, 255, 255, 50]
PIXELS = pdk.types.String("pixels")


@dataclass(frozen=True)
class Picture:
    """A deck and the HTML that lies over it; both at `width` x `height` design pixels."""

    deck: pdk.Deck
    labels: str
    width: int
    height: int


def tooltip(html: str) -> dict[str, Any]:
    """What a pointer shows; `{name}` stands for a property of the object."""
    style = {
        "background": theme.PANEL_RAISED,
        "color": theme.TEXT,
        "border": f"1px solid {theme.ACCENT}",
        "borderRadius": "4px",
        "fontSize": "16px",
        "lineHeight": "1.5",
        "fontFamily": theme.FONT,
    }
    return {"html": html, "style": style}


def areas(features: list[dict[str, Any]], layer_id: str, **more: Any) -> pdk.Layer:
    """Polygons filled by their property `fill`; the geometry is drawn as delivered."""
    return pdk.Layer(
        "GeoJsonLayer",
        id=layer_id,
        data={"type": "FeatureCollection", "features": features},
        get_fill_color="properties.fill",
        get_line_color=colours.rgba(theme.ACCENT, 200),
        line_width_units=PIXELS,
        get_line_width=1.5,
        **more,
    )


def ground(counties: list[str]) -> pdk.Layer:
    """Counties as a dark ground under points."""
    fill = {"fill": colours.rgba(theme.PANEL_RAISED, 170)}
    return areas([{**shapes.counties()[code], "properties": fill} for code in counties], "ground")


def bubbles(rows: list[dict[str, Any]], layer_id: str) -> pdk.Layer:
    """Circles; rows: at [lon, lat], radius in design pixels, fill, line, and what the tooltip names."""
    return pdk.Layer(
        "ScatterplotLayer",
        id=layer_id,
        data=rows,
        get_position="at",
        get_radius="radius",
        radius_units=PIXELS,
        get_fill_color="fill",
        stroked=True,
        get_line_color="line",
        get_line_width=2,
        line_width_units=PIXELS,
        pickable=True,
        auto_highlight=True,
        highlight_color=GLOW,
    )


def approval() -> str:
    """The 审图号 line of the union's own reviewed map, when it is set."""
    number = districts.SITE.get("map_approval", "")
    return f"审图号：{escape(number)}" if number else ""
