"""总览: where the city stands, who is behind, what needs attention."""

from dataclasses import replace

import streamlit as st

from cockpit import attention, charts, districts, maps, shell, ui
from cockpit.indicators import CATALOGUE
from cockpit.shell.drawn import drawn
from cockpit.site import HEADLINES

page = shell.page("overview", also=("focus",))
ui.cards(page.readings(), page.sparks())
here = page.slice.district
around = replace(page, slice=page.slice.at(districts.get(here.parent))) if here.level == "town" else page
left, centre, right = ui.columns(31, 43, 46)
with centre, page.tile("map"):
    focus = page.choice("focus", "看哪一项", {key: CATALOGUE[key].name for key in HEADLINES})
    districts_below = around.children(focus)
    ui.deck(drawn(around, f"map {focus} {here.code}", lambda: maps.area_map(districts_below, 660, 500, here.code)), "area")
with left:
    with page.tile("trend"):
        target = page.snapshot.targets.get((focus, here.code, page.slice.period.end.year))
        series = page.series(focus, 24)
        ui.chart(drawn(page, f"plan {focus}", lambda: charts.plan_curve(series, CATALOGUE[focus], target)), "plan")
with right:
    with page.tile("ranking"):
        ui.ranking(districts_below, here.code)
    with page.tile("attention"):
        readings = [reading for key in HEADLINES for reading in around.children(key)]
        ui.attention(attention.items(readings, around.children("contracts_expiring_90d")))
ui.records(page, focus)
