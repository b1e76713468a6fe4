"""工资集体协商: how far talks have come, the law's steps in time, who is covered, what expires."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.neighbours import around
from cockpit.ui.blocks import block

ON_TIME = CATALOGUE["bargain_step_on_time"]
EXPIRING = ["镇街", "合同编号", "合同类别", "期满日期"]

page = shell.page("bargaining")
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(1, 1, 1)
with left:
    with page.tile("funnel"):
        stages = page.breakdown("bargain_stages", "stage")
        block(charts.funnel(stages), page.reading("bargain_stages"))
    with page.tile("steps"):
        steps = page.breakdown(ON_TIME.key, "step")
        block(charts.bars(steps, ON_TIME, ordered=True), page.reading(ON_TIME.key))
with centre:
    with page.tile("split"):
        covered = page.reading("enterprises_covered")
        parts = page.breakdown("enterprises_covered", "coverage_split")
        block(charts.split(parts, covered.numerator or 0), covered)
    with page.tile("more"):
        st.html(charts.facts(page.readings(page.site.tile("more").indicators)))
with right:
    with page.tile("ranking"):
        ui.ranking(around(page).children("nengji_enterprises"), page.slice.district.code)
    with page.tile("expiring"):
        soon = page.records("contracts_expiring_90d").sort_values("期满日期")
        reason = page.reading("contracts_expiring_90d").reason
        ui.table(soon[EXPIRING], reason or "90天内没有到期的合同。")
ui.records(page, "nengji_enterprises")
