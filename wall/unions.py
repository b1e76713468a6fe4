"""工会组建 on the wall."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.site import LEDGER, UNION_RATES
from cockpit.ui.blocks import block

NEW, JOINED = CATALOGUE["unions_new"], CATALOGUE["members_new"]

page = shell.screen("wall-unions")
with st.container(key="wall-theme"):
    with page.headlines():
        ui.wall.cards(page.readings(), page.marks())
    with page.tile("rates"):
        st.html(charts.bullets(page.readings(UNION_RATES)))
    with page.tile("burndown"):
        baseline, _, added = page.readings(LEDGER)
        reasons = page.breakdown("clearance_closed", "close_reason")
        figure = drawn(page, "burndown", lambda: charts.burndown(baseline, reasons, added))
        ui.chart(figure, "burndown", baseline.reason or added.reason or "")
    with page.tile("ranking"):
        ui.wall.ranking(page.children("unions_new"), 8)
    with page.tile("methods"):
        block(charts.bars(page.breakdown("unions_new", "method"), NEW), page.reading("unions_new"))
    with page.tile("trend"):
        ui.chart(drawn(page, "trend", lambda: charts.trend(page.series("members_new", 24), JOINED)), "trend")
    with page.tile("groups"):
        groups = page.breakdown("members_new", "member_group")
        block(
            charts.bars(groups, JOINED),
            page.reading("members_new"),
            page.untold("members_new", "member_group"),
        )
