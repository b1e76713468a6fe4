"""总览: where the city stands, who is behind, what needs attention."""

from dataclasses import replace

import streamlit as st

from cockpit import attention, charts, districts, handbook, maps, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.site import HEADLINES

page = shell.page("overview", also=("focus",))
here = page.slice.district
wide = districts.get(here.parent) if here.level == "town" and here.parent else here
around = replace(page, slice=page.slice.at(wide))
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body-overview"):
    left, centre, right = ui.columns(32, 42, 46)
with centre, page.tile("map"):
    focus = page.choice("focus", "看哪一项", {key: CATALOGUE[key].name for key in HEADLINES})
    places, indicator = around.children(focus), CATALOGUE[focus]
    ui.deck(
        drawn(page, f"map {focus}", lambda: maps.area_map(places, 590, 430, here.code)), "area", here.code
    )
with left:
    series = page.series(focus, 24)
    target = page.snapshot.targets.get((focus, here.code, page.slice.period.end.year))
    with page.tile("plan"):
        ui.chart(drawn(page, f"plan {focus}", lambda: charts.plan_curve(series, indicator, target)), "plan")
    with page.tile("trend"):
        ui.chart(drawn(page, f"trend {focus}", lambda: charts.trend(series, indicator, narrow=True)), "trend")
with right:
    with page.tile("ranking"):
        ui.ranking(places, here.code)
    with page.tile("attention"):
        readings = [reading for key in HEADLINES for reading in around.children(key)]
        contracts = around.children("contracts_expiring_90d")
        ui.attention(attention.items(readings, contracts, handbook.reports(page.snapshot)))
