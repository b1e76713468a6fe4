"""站点地图: the city, then its counties in turn, with the figures of what is shown."""

from dataclasses import replace
from functools import partial

import streamlit as st

from cockpit import charts, districts, maps, shell, stations, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.ui.blocks import block

OPEN = CATALOGUE["stations_open"]

page = shell.screen("wall-map")
here = page.slice.district
below = districts.children(here.code) if here.level == "city" else []
shown = page.in_turn((here, *below))
zoomed = replace(page, slice=page.slice.at(shown))
with st.container(key="wall-map"):
    with page.headlines():
        ui.wall.cards(zoomed.readings(), zoomed.marks(), whose=zoomed.slice.label())
    with zoomed.tile("map", about=shown.name):
        places = stations.unnamed(stations.stations(page.snapshot, zoomed.slice))
        unknown = ui.wall.unknown([zoomed.reading(OPEN.key)])
        draw = partial(maps.station_map, places, shown, 1080, 780, clicked=False)
        ui.picture(None if unknown else drawn(zoomed, "map", draw), "stations", unknown)
    with zoomed.tile("types", about=shown.name):
        types = zoomed.breakdown(OPEN.key, "station_type")
        block(charts.bars(types, OPEN), zoomed.reading(OPEN.key))
    with page.tile("ranking"):
        ui.wall.ranking(page.children("stations_open"), 6, shown.code)
