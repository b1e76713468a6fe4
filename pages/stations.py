"""户外站点: where they are, what they offer, in what state they are."""

import streamlit as st

from cockpit import charts, maps, shell, stations, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn

FIND = "查找站点名称、镇街或编号"
OPEN, ITEMS = CATALOGUE["stations_open"], CATALOGUE["eight_have_item_rate"]

page = shell.page("stations")
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(45, 40, 38)
with centre, page.tile("list"):
    words = st.text_input("查找", placeholder=FIND, key="find", label_visibility="collapsed")
    frame = stations.named(stations.stations(page.snapshot, page.slice), words)
    ui.grid(stations.listed(frame), "stations", 230)
with left, page.tile("map"):
    here = page.slice.district
    ui.deck(
        drawn(page, f"map {words}", lambda: maps.station_map(frame, here, 620, 440)), "stations", here.code
    )
with right:
    with page.tile("items"):
        st.html(charts.bars(page.breakdown("eight_have_item_rate", "item"), ITEMS, ordered=True))
    with page.tile("ranking"):
        ui.ranking(page.children("stations_per_10k_workers"))
with centre, page.tile("types"):
    st.html(charts.bars(page.breakdown("stations_open", "station_type"), OPEN))
ui.records(page, "stations_open")
