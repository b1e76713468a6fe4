"""工资集体协商: how far talks have come, the law's steps in time, who is covered, what expires."""

import streamlit as st

from cockpit import charts, shell, ui
from cockpit.indicators import CATALOGUE

EXPIRING = ["镇街", "合同编号", "合同类别", "期满日期"]

page = shell.page("bargaining")
with page.headlines():
    ui.cards(page.readings(), page.sparks())
with st.container(key="body"):
    left, centre, right = ui.columns(1, 1, 1)
with left:
    with page.tile("funnel"):
        st.html(charts.funnel(page.breakdown("bargain_stages", "stage")))
    with page.tile("steps"):
        on_time = page.breakdown("bargain_step_on_time", "step")
        st.html(charts.bars(on_time, CATALOGUE["bargain_step_on_time"], ordered=True))
with centre:
    with page.tile("split"):
        parts, covered = (
            page.breakdown("enterprises_covered", "coverage_split"),
            page.reading("enterprises_covered"),
        )
        st.html(charts.split(parts, covered.numerator or 0))
    with page.tile("more"):
        st.html(charts.facts(page.readings(page.site.tile("more").indicators)))
with right:
    with page.tile("ranking"):
        ui.ranking(page.children("nengji_enterprises"))
    with page.tile("expiring"):
        soon = page.records("contracts_expiring_90d").sort_values("期满日期")
        ui.table(soon[EXPIRING], "90天内没有到期的合同。")
ui.records(page, "nengji_enterprises")
