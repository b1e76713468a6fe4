"""户外站点: where they are, what they offer, in what state they are."""

import streamlit as st

from cockpit import charts, maps, shell, stations, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.shell.neighbours import around
from cockpit.ui.blocks import block

FIND = "查找站点名称、镇街或编号"
OPEN, ITEMS = CATALOGUE["stations_open"], CATALOGUE["eight_have_item_rate"]

page = shell.page("stations")
here = page.slice.district
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(45, 40, 38)
in_use = page.reading(OPEN.key)
with centre:
    with page.tile("list"):
        words = st.text_input("查找", placeholder=FIND, key="find", label_visibility="collapsed")
        known = drawn(page, "stations", lambda: stations.stations(page.snapshot, page.slice))
        frame = stations.named(known, words)
        ui.grid(stations.listed(frame), "stations", 230, pictured=("镇街", "站点名称", "类型"))
    with page.tile("types"):
        block(charts.bars(page.breakdown(OPEN.key, "station_type"), OPEN), in_use)
with left, page.tile("map"):
    picture = drawn(page, f"map {words}", lambda: maps.station_map(frame, here, 620, 460))
    ui.deck(picture, "stations")
with right:
    with page.tile("items"):
        items = page.breakdown(ITEMS.key, "item")
        block(charts.bars(items, ITEMS, ordered=True), page.reading(ITEMS.key))
    with page.tile("ranking"):
        ui.ranking(around(page).children("stations_per_10k_workers"), here.code)
ui.records(page, OPEN.key)
