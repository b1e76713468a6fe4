"""总览: where the city stands, who is behind, what needs attention."""

import streamlit as st

from cockpit import attention, charts, handbook, maps, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.shell.neighbours import around
from cockpit.site import HEADLINES

page = shell.page("overview", also=("focus",))
here, wide = page.slice.district.code, around(page)
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body-overview"):
    left, centre, right = ui.columns(32, 42, 46)
with centre, page.tile("map"):
    focus = page.choice("focus", "看哪一项", {key: CATALOGUE[key].name for key in HEADLINES})
    places, indicator, reason = wide.children(focus), CATALOGUE[focus], page.reading(focus).reason or ""
    ui.deck(drawn(page, f"map {focus}", lambda: maps.area_map(places, 600, 455, here)), "area")
with left:
    series = page.series(focus, 24)
    target = page.target(focus)
    with page.tile("plan"):
        figure = drawn(page, f"plan {focus}", lambda: charts.plan_curve(series, indicator, target))
        ui.chart(figure, "plan", reason)
    with page.tile("trend"):
        figure = drawn(page, f"trend {focus}", lambda: charts.trend(series, indicator, narrow=True))
        ui.chart(figure, "trend", reason)
with right:
    with page.tile("ranking"):
        ui.ranking(places, here)
    with page.tile("attention"):
        readings = wide.readings() + [reading for key in HEADLINES for reading in wide.children(key)]
        contracts = wide.children("contracts_expiring_90d")
        listed = attention.items(readings, contracts, handbook.reports(page.snapshot, here))
        ui.attention(listed, attention.clear(readings))
