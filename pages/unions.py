"""工会组建: three union rates and their targets, the clearance ledger, how unions come about, new members."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.shell.neighbours import around
from cockpit.site import LEDGER, UNION_RATES
from cockpit.ui.blocks import block

NEW, JOINED = CATALOGUE["unions_new"], CATALOGUE["members_new"]

page = shell.page("unions")
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(1, 1, 1)
with left:
    with page.tile("rates"):
        st.html(charts.bullets(page.readings(UNION_RATES)))
    with page.tile("methods"):
        block(charts.bars(page.breakdown(NEW.key, "method"), NEW), page.reading(NEW.key))
with centre:
    with page.tile("burndown"):
        baseline, _, added = page.readings(LEDGER)
        reasons = page.breakdown("clearance_closed", "close_reason")
        figure = drawn(page, "burndown", lambda: charts.burndown(baseline, reasons, added))
        ui.chart(figure, "burndown", baseline.reason or added.reason or "")
    with page.tile("trend"):
        series = page.series(JOINED.key, 24)
        figure = drawn(page, "trend", lambda: charts.trend(series, JOINED))
        ui.chart(figure, "trend", page.reading(JOINED.key).reason or "")
with right:
    with page.tile("ranking"):
        ui.ranking(around(page).children(NEW.key), page.slice.district.code)
    with page.tile("groups"):
        groups = charts.bars(page.breakdown(JOINED.key, "member_group"), JOINED)
        block(groups, page.reading(JOINED.key), page.untold(JOINED.key, "member_group"))
ui.records(page, NEW.key)
