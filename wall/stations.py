"""户外站点 on the wall."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.ui.blocks import block

OPEN, VISITS, ITEMS = (CATALOGUE[key] for key in ("stations_open", "station_visits", "eight_have_item_rate"))

page = shell.screen("wall-stations")
with st.container(key="wall-theme"):
    with page.headlines():
        ui.wall.cards(page.readings(), page.marks())
    with page.tile("items"):
        by_item = page.breakdown(ITEMS.key, "item")
        block(charts.bars(by_item, ITEMS, ordered=True), page.reading(ITEMS.key))
    with page.tile("types"):
        block(charts.bars(page.breakdown(OPEN.key, "station_type"), OPEN), page.reading(OPEN.key))
    with page.tile("ranking"):
        ui.wall.ranking(page.children("stations_per_10k_workers"), 8)
    with page.tile("trend"):
        ui.chart(drawn(page, "trend", lambda: charts.trend(page.series(VISITS.key, 24), VISITS)), "trend")
    with page.tile("open"):
        ui.chart(drawn(page, "open", lambda: charts.trend(page.series(OPEN.key, 24), OPEN)), "open")
    with page.tile("eight"):
        ui.wall.ranking(page.children("eight_have_rate"), 8)
