"""工资集体协商 on the wall: no contract and no enterprise by name."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.ui.blocks import block

KEY = "nengji_enterprises"

page = shell.screen("wall-bargaining")
with st.container(key="wall-theme"):
    with page.headlines():
        ui.wall.cards(page.readings(), page.marks())
    with page.tile("funnel"):
        block(charts.funnel(page.breakdown("bargain_stages", "stage")), page.reading("bargain_stages"))
    with page.tile("split"):
        parts, covered = (
            page.breakdown("enterprises_covered", "coverage_split"),
            page.reading("enterprises_covered"),
        )
        block(charts.split(parts, covered.numerator or 0), covered)
    with page.tile("ranking"):
        ui.wall.ranking(page.children(KEY), 8)
    with page.tile("steps"):
        on_time = page.breakdown("bargain_step_on_time", "step")
        steps = page.reading("bargain_step_on_time")
        block(charts.bars(on_time, steps.indicator, ordered=True), steps)
    with page.tile("trend"):
        ui.chart(drawn(page, "trend", lambda: charts.trend(page.series(KEY, 24), CATALOGUE[KEY])), "trend")
    with page.tile("expiring"):
        ui.wall.ranking(page.children("contracts_expiring_90d"), 8)
