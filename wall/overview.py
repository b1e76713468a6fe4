"""综合: eight headline figures, one of them in turn on the map, in the ranking and over time."""

import streamlit as st

from cockpit import attention, charts, handbook, maps, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.site import HEADLINES

page = shell.screen("wall-overview")
focus = page.in_turn(HEADLINES)
indicator, here = CATALOGUE[focus], page.slice.district
with st.container(key="wall-overview"):
    with page.headlines():
        ui.wall.cards(page.readings(), page.marks(), focus)
    with page.tile("map", of=indicator):
        places = page.children(focus)
        unknown = ui.wall.unknown(places)
        area = None if unknown else drawn(page, f"map {focus}", lambda: maps.area_map(places, 720, 620))
        ui.picture(area, "area", unknown)
    with page.tile("plan", of=indicator):
        series = page.series(focus, 24)
        target = page.target(focus)
        ui.chart(drawn(page, f"plan {focus}", lambda: charts.plan_curve(series, indicator, target)), "plan")
    with page.tile("trend", of=indicator):
        ui.chart(
            drawn(page, f"trend {focus}", lambda: charts.trend(page.series(focus, 24), indicator, True)),
            "trend",
        )
    with page.tile("ranking", of=indicator):
        ui.wall.ranking(page.children(focus), 8)
    with page.tile("attention"):
        readings = page.readings() + [reading for key in HEADLINES for reading in page.children(key)]
        contracts = page.children("contracts_expiring_90d")
        listed = attention.items(readings, contracts, handbook.reports(page.snapshot, here.code))
        ui.wall.attention(listed, attention.clear(readings))
