"""工会组建: three union rates and their targets, the clearance ledger, how unions come about, new members."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.site import LEDGER, UNION_RATES

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
        st.html(charts.bars(page.breakdown("unions_new", "method"), NEW))
with centre:
    with page.tile("burndown"):
        baseline, _, added = page.readings(LEDGER)
        reasons = page.breakdown("clearance_closed", "close_reason")
        figure = drawn(page, "burndown", lambda: charts.burndown(baseline, reasons, added))
        ui.chart(figure, "burndown", baseline.reason or added.reason or "")
    with page.tile("trend"):
        series = page.series("members_new", 24)
        ui.chart(drawn(page, "trend", lambda: charts.trend(series, JOINED)), "trend")
with right:
    with page.tile("ranking"):
        ui.ranking(page.children("unions_new"))
    with page.tile("groups"):
        st.html(charts.bars(page.breakdown("members_new", "member_group"), JOINED))
ui.records(page, "unions_new")
